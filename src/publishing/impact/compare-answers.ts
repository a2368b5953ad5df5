import type { Answer } from "../../answering/index.ts";
import type { Judged } from "../../evaluation/index.ts";
import { isInformative } from "../given-answer.ts";
import type { AnswerChange } from "../types.ts";

/**
 * Whether an asker would notice: another kind, other quotes, or other things that are said not to be stated. What is quoted
 * beside “not stated” as near to the question is no part of the answer.
 */
function isSameAnswer(before: Answer, after: Answer): boolean {
  return (
    before.kind === after.kind &&
    (!isInformative(before) || quotesOf(before) === quotesOf(after)) &&
    [...before.notStated].sort().join("\n") === [...after.notStated].sort().join("\n")
  );
}

function quotesOf({ citations }: Answer): string {
  return citations.map(({ documentId, quote }) => `${documentId}\n${quote}`).join("\n\n");
}

/** Did what its label asks for: a citation of the evidence among the first three, or an honest refusal. */
function isFulfilled({ question, outcome, refused, hitRank }: Judged): boolean {
  if (outcome === "refusal-expected") return refused;
  return (hitRank >= 1 && hitRank <= 3) || (question.partial_evidence && refused);
}

/** Undefined: the answer stays. */
export function compareJudged(before: Judged, after: Judged): AnswerChange | undefined {
  const regression = isFulfilled(before) && !isFulfilled(after);
  if (!regression && isSameAnswer(before.answer, after.answer)) return undefined;
  return {
    question: before.question.question,
    before: summarize(before.answer),
    after: summarize(after.answer),
    regression,
    why: explain(before, after, regression),
  };
}

function summarize({ kind, conclusion, citations }: Answer): AnswerChange["before"] {
  return { kind, conclusion, sections: citations.map(({ section }) => section) };
}

function explain(before: Judged, after: Judged, regression: boolean): string {
  if (regression) {
    if (after.outcome === "refusal-expected") return "原应说明文件未载明，发布后会给出答复，请核对依据";
    return isInformative(before.answer) && !isInformative(after.answer)
      ? "原能答复，发布后答不出"
      : "发布后不再引用应引用的条文";
  }
  if (before.answer.kind !== after.answer.kind) {
    return isFulfilled(after) && !isFulfilled(before) ? "发布后答复符合预期" : "答复类型改变";
  }
  return quotesOf(before.answer) === quotesOf(after.answer) ? "未载明事项改变" : "引用的条文改变";
}
