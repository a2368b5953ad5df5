import { compareQuestions } from "./compare-questions.ts";
import { foldQuestion } from "./fold-question.ts";
import type { TermWeights } from "./weigh-terms.ts";

/** The wording that is most like all others, by how often each was used; of equals the shorter. Undefined: there is none. */
export function chooseTypical(
  wordings: readonly { text: string; count: number }[],
  weights: TermWeights,
): string | undefined {
  const folded = wordings.map(({ text, count }) => ({ text, count, question: foldQuestion(text) }));
  let best: { text: string; score: number } | undefined;
  for (const one of folded) {
    let score = 0;
    for (const other of folded) {
      score += other.count * (other === one ? 1 : compareQuestions(one.question, other.question, weights));
    }
    const gain = score - (best?.score ?? -1);
    if (!best || gain > 1e-9 || (gain > -1e-9 && one.text.length < best.text.length)) {
      best = { text: one.text, score };
    }
  }
  return best?.text;
}
