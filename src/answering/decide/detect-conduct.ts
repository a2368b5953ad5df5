import type { QueryAnalysis } from "../../retrieval/index.ts";
import type { ConductReply } from "../compose/write-conduct.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import type { AnswerKind } from "../types.ts";

export interface Conduct {
  reply: ConductReply;
  kind: AnswerKind;
}

const LONGEST_QUESTION = 2000;

/** “？？？”, “……”. */
const MARKS = /^\s*[?？!！….。~～]+\s*$/u;

/** Messages that get a short reply without any document: recognised before retrieval. */
export function detectConduct(question: UnderstoodQuestion, analysis: QueryAnalysis): Conduct | undefined {
  if (MARKS.test(question.text)) return { reply: "particles", kind: "smalltalk" };
  if (!/[\p{L}\p{N}]/u.test(question.text)) return { reply: "empty", kind: "needs-clarification" };
  if (question.text.length > LONGEST_QUESTION) return { reply: "too-long", kind: "needs-clarification" };
  switch (question.conduct) {
    case "injection":
      return { reply: "injection", kind: "refused" };
    case "human":
    case "complaint":
    case "greeting":
    case "thanks":
    case "identity":
    case "abuse":
    case "urging":
    case "particles":
      return { reply: question.conduct, kind: "smalltalk" };
    case "chatter":
      return { reply: "chatter", kind: "out-of-scope" };
    case "other_matters":
      return holdsUnknownMatter(question, analysis)
        ? { reply: "other-matters", kind: "out-of-scope" }
        : undefined;
    default:
      return undefined;
  }
}

/** An everyday matter is out of scope only when its own words do not all occur in published clauses. */
function holdsUnknownMatter({ conductSpan }: UnderstoodQuestion, { words }: QueryAnalysis): boolean {
  if (!conductSpan) return false;
  const own = words.filter(
    ({ text, start }) => start < conductSpan.end && start + text.length > conductSpan.start,
  );
  return own.length === 0 || own.some(({ known }) => !known);
}
