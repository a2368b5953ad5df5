import { z } from "zod";
import type { ConversationStore, FeedbackStore, TurnRecord } from "../../storage/index.ts";
import type { FeedbackCause } from "./feedback-types.ts";

/** What tells that the documents, or what was found of them, did not answer. */
const TELLING: ReadonlySet<string> = new Set<FeedbackCause>(["wrong-clause", "incomplete"]);
/** The kind of answer under which a judged turn is read; see `readTurn` of the gaps. */
const JUDGED_LACKING = "judged-lacking";

const answerSchema = z.object({ kind: z.string(), resolvedQuestion: z.string().optional().catch(undefined) });

/**
 * The turns, and among them, at the instant of the judgement, those that counted as answered and that somebody judged to be
 * wrong or incomplete. What was not answered anyway is no news.
 */
export function withDisputedTurns(
  turns: Pick<ConversationStore, "eachTurnSince" | "turnOf">,
  feedback: Pick<FeedbackStore, "list">,
): Pick<ConversationStore, "eachTurnSince"> {
  return {
    async eachTurnSince(since, batchSize, onBatch) {
      const disputed = await readDisputed(turns, feedback, since);
      await turns.eachTurnSince(since, batchSize, async (batch) => {
        const last = batch.at(-1)?.at ?? "";
        const later = disputed.findIndex(({ at }) => at > last);
        const due = disputed.splice(0, later < 0 ? disputed.length : later);
        await onBatch([...batch, ...due].sort((left, right) => (left.at < right.at ? -1 : 1)));
      });
      if (disputed.length > 0) await onBatch(disputed);
    },
  };
}

/** Oldest first. */
async function readDisputed(
  turns: Pick<ConversationStore, "turnOf">,
  feedback: Pick<FeedbackStore, "list">,
  since: Date,
): Promise<TurnRecord[]> {
  const judged = await feedback.list({ from: since.toISOString() }, { verdict: "unhelpful" });
  const disputed: TurnRecord[] = [];
  for (const { channel, messageKey, cause, at } of judged.toReversed()) {
    if (cause === null || !TELLING.has(cause)) continue;
    const turn = await turns.turnOf(channel, messageKey);
    const answer = answerSchema.safeParse(turn?.answer).data;
    if (!turn || answer?.kind !== "answered") continue;
    const { resolvedQuestion } = answer;
    disputed.push({
      ...turn,
      ...{ at, turnId: `judged:${turn.turnId}` },
      answer: { kind: JUDGED_LACKING, notStated: [], resolvedQuestion },
    });
  }
  return disputed;
}
