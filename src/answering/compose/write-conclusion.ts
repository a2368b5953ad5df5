import type { Decision } from "../decide/decision.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import { type Sentence, splitPhrases } from "../evidence/split-sentences.ts";
import type { Attribute } from "../question/load-lexicon.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import { describeSection } from "./describe-section.ts";
import { joinNames, nameDocument } from "./words.ts";

/** Longest part of a sentence that a conclusion repeats. */
const CONCLUSION_LIMIT = 110;

type Score = (text: string) => number;

/** The first sentence of an answer that rests on evidence. What stands in “ ” is verbatim. */
export function writeConclusion(
  decision: Decision,
  question: UnderstoodQuestion,
  status: string,
  score: Score,
): string {
  const [best] = decision.evidence;
  if (!best) return "";
  const quote = choosePart(best, question.attributes, score);
  const source = nameDocument(best.hit.clause.title, status, question.language);
  const place = describeSection(best.hit.clause.section);
  if (question.language === "en") {
    const tail =
      decision.kind === "partial" && decision.notStated.length > 0
        ? ` The document does not state: ${joinNames(decision.notStated, "en")}.`
        : "";
    return `${source}, section ${place}, says: “${quote}”${tail}`;
  }
  const tail =
    decision.kind === "partial" && decision.notStated.length > 0
      ? `；但未载明${joinNames(decision.notStated, "zh")}。`
      : "。";
  return `根据${source}${place}，${leadIn(question)}“${trimEnd(quote)}”${tail}`;
}

/** Whether something holds for the asker: no clause settles that by itself. */
const ELIGIBILITY =
  /(能不能|能否|可以|可不可以|能.{0,12}(吗|么|不)|享受|够不够|符合|行不行|给不给|有.{0,6}(优惠|补贴|奖励).{0,3}(吗|么|没))/;

function leadIn(question: UnderstoodQuestion): string {
  if (question.form === "yes-no" && ELIGIBILITY.test(question.normalized)) {
    return "文件的相关表述如下，是否适用于您的情形须以正式文件和主管部门认定为准：";
  }
  if (question.form === "list") return "文件列明：";
  if (question.form === "definition") return "文件的表述是：";
  if (question.form === "yes-no" || question.form === "choice") return "文件的相关表述是：";
  return "文件提出：";
}

function trimEnd(text: string): string {
  return text.replace(/[。；;，]$/, "");
}

/**
 * The whole sentence when it is short; otherwise the run of its phrases that bears on the question and states what is
 * asked for. A run starts with the phrase before when that holds a qualifier (到2026年, 力争), which must not be lost.
 */
function choosePart(evidence: Evidence, asked: readonly Attribute[], score: Score): string {
  const { sentence } = evidence;
  if (sentence.text.length <= CONCLUSION_LIMIT) return sentence.text;
  const phrases = splitPhrases(sentence);
  const worth = phrases.map(
    (phrase) =>
      score(phrase.text) * (asked.some((attribute) => attribute.stated.test(phrase.text)) ? 1.5 : 1),
  );
  const bestIndex = worth.indexOf(Math.max(...worth));
  let first = bestIndex;
  let last = bestIndex;
  const fits = (from: number, to: number) => lengthOf(phrases, from, to) <= CONCLUSION_LIMIT;
  while (first > 0 && fits(first - 1, last)) first -= 1;
  while (last + 1 < phrases.length && fits(first, last + 1)) last += 1;
  const start = phrases[first]?.start ?? sentence.start;
  const end = phrases[last]?.end ?? sentence.end;
  return sentence.text.slice(start - sentence.start, end - sentence.start);
}

function lengthOf(phrases: readonly Sentence[], first: number, last: number): number {
  return (phrases[last]?.end ?? 0) - (phrases[first]?.start ?? 0);
}
