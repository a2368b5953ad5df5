import type { Sentiment, Urgency } from "../types.ts";
import type { TriageSignals } from "./signals-schema.ts";

export function judgeSentiment(
  folded: string,
  urgency: Urgency,
  sentiment: TriageSignals["sentiment"],
): Sentiment {
  if (sentiment.angry.test(folded)) return "愤怒";
  if (urgency === "紧急") return "焦急";
  if (sentiment.upset.test(folded) && urgency !== "高") return "不满";
  if (urgency === "高" || sentiment.anxious.test(folded)) return "焦急";
  return "平";
}

/** Advertising, fraud and gibberish; not what somebody says about them. */
export function detectSpam(folded: string, spam: TriageSignals["spam"]): boolean {
  if (spam.exclusions.some((pattern) => pattern.test(folded))) return false;
  return spam.patterns.some((pattern) => pattern.test(folded));
}
