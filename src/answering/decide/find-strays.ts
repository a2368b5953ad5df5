import type { QueryAnalysis } from "../../retrieval/index.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import { isKnown } from "./measure-topic.ts";

/** Clauses that tell what the documents reach. */
const NEAR = 5;

/**
 * A year that the question names and that the documents do not reach: outside the planning periods, or absent where other
 * years stand.
 */
export function findStrayYear(
  question: UnderstoodQuestion,
  evidence: readonly Evidence[],
  periods: readonly { from: number; to: number }[],
): number | undefined {
  const texts = evidence.slice(0, NEAR).map(({ hit }) => `${hit.clause.title}\n${hit.clause.text}`);
  const isStray = (year: number) => {
    if (texts.some((text) => text.includes(String(year)))) return false;
    if (periods.length > 0) return !periods.some(({ from, to }) => year >= from && year <= to);
    return texts.some((text) => /20\d{2}\s*年/.test(text));
  };
  return question.years.length > 0 && question.years.every(isStray) ? question.years[0] : undefined;
}

/** 第二批, 第三届: when the clauses know another one only. */
export function findStrayOrdinal(
  question: UnderstoodQuestion,
  evidence: readonly Evidence[],
): string | undefined {
  const asked = /第[一二三四五六七八九十\d]+(批|期|届|轮)/.exec(question.normalized);
  if (!asked) return undefined;
  const texts = evidence.slice(0, NEAR).map(({ hit }) => `${hit.clause.title}\n${hit.clause.text}`);
  const hasOther = texts.some((text) => new RegExp(`第[一二三四五六七八九十\\d]+${asked[1]}`).test(text));
  return hasOther && !texts.some((text) => text.includes(asked[0])) ? asked[0] : undefined;
}

/** 收多少咨询费: the thing whose figure is asked occurs in no document. */
export function findUnknownThing(question: UnderstoodQuestion, { words }: QueryAnalysis): string | undefined {
  const at = /(多少|几(个|十|百|千|万)?)(?=[\u4e00-\u9fa5]{2})/.exec(question.normalized);
  if (!at) return undefined;
  const start = at.index + at[0].length;
  return words.find(
    (word) =>
      word.start === start &&
      word.text.length > 1 &&
      !isKnown(word) &&
      (word.partOfSpeech ?? "n").startsWith("n"),
  )?.text;
}
