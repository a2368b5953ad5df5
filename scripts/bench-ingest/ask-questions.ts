import type { AnswerRequest } from "../../src/answering/index.ts";
import type { Application } from "../../src/app.ts";
import { type Cost, measure } from "./meter.ts";

/** Each question once, after a few that do not count. */
export async function askQuestions(
  { answerer }: Pick<Application, "answerer">,
  questions: readonly string[],
  request: Omit<AnswerRequest, "question"> = {},
): Promise<{ costs: Cost[]; answered: number }> {
  for (const question of questions.slice(0, 5)) await answerer.answerQuestion({ ...request, question });
  const costs: Cost[] = [];
  let answered = 0;
  for (const question of questions) {
    const { outcome, cost } = await measure(() => answerer.answerQuestion({ ...request, question }));
    costs.push(cost);
    if (outcome.kind === "answered" || outcome.kind === "partial") answered += 1;
  }
  return { costs, answered };
}
