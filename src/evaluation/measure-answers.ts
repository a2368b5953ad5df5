import type { Answer } from "../answering/index.ts";
import type { LabelledQuestion } from "./load-questions.ts";

/** One question, its answer and how it fared. */
export interface Judged {
  question: LabelledQuestion;
  answer: Answer;
  elapsedMs: number;
  /** 1-based rank of the first citation that contains, or lies inside, a gold evidence string; 0: none does. */
  hitRank: number;
  /** Share of cited characters in citations that hit. */
  precision: number;
  outcome: "answer-expected" | "refusal-expected";
  refused: boolean;
  /** Every quote is exactly the published text at its offsets. */
  quotesExact: boolean;
}

/** The measures of one set; shares 0–1, times in milliseconds. */
export interface AnswerMeasures {
  questions: number;
  answerable: number;
  hitAt1: number;
  hitAt3: number;
  answerPrecision: number;
  unanswerable: number;
  correctRefusals: number;
  falseRefusals: number;
  quotesExact: number;
  p50Ms: number;
  p95Ms: number;
}

const REFUSALS: ReadonlySet<string> = new Set([
  "not-in-documents",
  "out-of-scope",
  "refused",
  "smalltalk",
  "needs-clarification",
]);
const KINDS_WITHOUT_ANSWER: ReadonlySet<string> = new Set(["unanswerable", "out-of-scope", "injection"]);

/** Judges one answer. `textOf` gives the normalised text of a document, against which quotes are checked. */
export function judgeAnswer(
  question: LabelledQuestion,
  answer: Answer,
  elapsedMs: number,
  textOf: (documentId: string) => string | undefined,
): Judged {
  const hits = answer.citations.map(({ quote }) =>
    question.evidence.some((gold) => quote.includes(gold) || gold.includes(quote)),
  );
  const cited = answer.citations.reduce((sum, { quote }) => sum + quote.length, 0);
  const hitting = answer.citations.reduce(
    (sum, { quote }, index) => sum + (hits[index] ? quote.length : 0),
    0,
  );
  return {
    question,
    answer,
    elapsedMs,
    hitRank: hits.indexOf(true) + 1,
    precision: cited === 0 ? 0 : hitting / cited,
    outcome: expectsRefusal(question) ? "refusal-expected" : "answer-expected",
    refused: REFUSALS.has(answer.kind) || (question.partial_evidence && answer.kind === "partial"),
    quotesExact: answer.citations.every(
      ({ documentId, quote, start, end }) => textOf(documentId)?.slice(start, end) === quote,
    ),
  };
}

/** Without an answer in the documents: by kind, and follow-ups and others that are labelled without any evidence. */
function expectsRefusal(question: LabelledQuestion): boolean {
  return KINDS_WITHOUT_ANSWER.has(question.kind) || question.evidence.length === 0;
}

export function measureAnswers(judged: readonly Judged[]): AnswerMeasures {
  const withEvidence = judged.filter(
    ({ question, outcome }) => outcome === "answer-expected" && question.evidence.length > 0,
  );
  const unanswerable = judged.filter(({ outcome }) => outcome === "refusal-expected");
  const times = judged.map(({ elapsedMs }) => elapsedMs).sort((left, right) => left - right);
  const isFalseRefusal = ({ refused, answer }: Judged) => refused && answer.kind !== "partial";
  return {
    questions: judged.length,
    answerable: withEvidence.length,
    hitAt1: shareOf(withEvidence, ({ hitRank }) => hitRank === 1),
    hitAt3: shareOf(withEvidence, ({ hitRank }) => hitRank >= 1 && hitRank <= 3),
    answerPrecision:
      withEvidence.length === 0
        ? 0
        : withEvidence.reduce((sum, { precision }) => sum + precision, 0) / withEvidence.length,
    unanswerable: unanswerable.length,
    correctRefusals: shareOf(unanswerable, ({ refused }) => refused),
    falseRefusals: shareOf(withEvidence, isFalseRefusal),
    quotesExact: shareOf(judged, ({ quotesExact }) => quotesExact),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}

function shareOf(items: readonly Judged[], holds: (item: Judged) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
