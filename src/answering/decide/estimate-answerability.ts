import type { TopicMeasures } from "./measure-topic.ts";

/**
 * Logistic weights over the topic measures, fitted by `scripts/train-answerability.ts` on the `tune` halves of the sets
 * that this project wrote.
 */
const WEIGHTS: Readonly<Record<keyof TopicMeasures, number>> = {
  words: 1.71,
  asking: 1.14,
  pairs: 3.38,
  rarest: 1.2,
  missing: 1.05,
  sentence: -0.17,
  lead: 0.65,
};
const INTERCEPT = -3.77;

/** 0–1: how likely the best clauses treat the matter of the question. */
export function estimateAnswerability(measures: TopicMeasures): number {
  const names = Object.keys(WEIGHTS) as (keyof TopicMeasures)[];
  const sum = names.reduce((total, name) => total + WEIGHTS[name] * measures[name], INTERCEPT);
  return 1 / (1 + Math.exp(-sum));
}
