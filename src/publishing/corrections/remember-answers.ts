import type { Audience } from "../../access/index.ts";
import type { Answer, Answerer, AnswerRequest } from "../../answering/index.ts";

const MAX_KEPT = 2_000;

/** Many ask the same: over one state of what is published, one question of askers with the same sight is answered once. */
export function rememberAnswers(answerer: Answerer): Answerer {
  const kept = new Map<string, Promise<Answer>>();
  const states = new Map<AnswerRequest["preview"], number>();
  return {
    answerQuestion(request) {
      const { preview, audience, ...rest } = request;
      const state = states.get(preview) ?? states.size;
      states.set(preview, state);
      const key = JSON.stringify([state, audience && sightOf(audience), rest]);
      const known = kept.get(key);
      if (known) return known;
      if (kept.size >= MAX_KEPT) kept.clear();
      const answer = answerer.answerQuestion(request);
      kept.set(key, answer);
      answer.catch(() => kept.delete(key));
      return answer;
    },
  };
}

/** What decides which documents an audience sees: in a group the group, in a direct chat the roles. */
function sightOf({ chatKind, chat, roles }: Audience): unknown {
  return chatKind === "group" ? [chatKind, chat] : [chatKind, [...roles].sort()];
}
