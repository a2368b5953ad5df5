import type { ReadFact, Understanding } from "../../enterprises/index.ts";

/**
 * Question marks and question words. Counting words (几, 多少) alone stand in figures as well (几百万), so they count only
 * with what is asked for.
 */
const ASKS =
  /[?？]|什么|哪些|哪个|哪里|哪家|哪种|怎么|怎样|如何|是否|吗|呢|能不能|可不可以|可以不|有没有|多少(?!人左右)|多久|为什么|为何|谁|几(?:个|家|项|天|条|次)|介绍一下|讲一下|说说|解释|\b(?:what|which|how|when|where|who|why|is|are|does|do|can|could)\b.*\?/iu;

export function isQuestion(text: string): boolean {
  return ASKS.test(text);
}

/** They speak for an enterprise of their own. */
export const OWN = /我(?![国区市省])|咱|本公司|本司|本企业|敝|\b(?:we|our|us|i|my|me)\b/iu;

/** Somebody in danger or with a complaint wants no list of programs, whatever else they say of themselves. */
const NOT_NOW = /着火|起火|火灾|爆炸|泄漏|中毒|伤亡|坍塌|救命|投诉|举报/u;

export interface WordsContext {
  /** Asked in the last turn. */
  asked: readonly string[];
  /** Something of the enterprise is known already. */
  isKnown: boolean;
}

/**
 * Whether a message is for the matching part: a wish to be matched, a description of oneself, an answer to what was asked, a
 * correction. A real question in between is left to the answering part.
 */
export function isForMatching(text: string, understanding: Understanding, context: WordsContext): boolean {
  const { facts, declined, problems, aboutSelf, wishesMatch } = understanding;
  if (wishesMatch && (aboutSelf || OWN.test(text))) return true;
  if (NOT_NOW.test(text)) return false;
  const isOpen = context.asked.length > 0;
  if (isQuestion(text)) {
    // “三十个人，够吗？”: answers and asks; what is said of oneself counts.
    return isOpen && aboutSelf && facts.some(({ field }) => context.asked.includes(field));
  }
  if (aboutSelf && facts.some(isTelling)) return true;
  if (isOpen && (facts.length > 0 || declined.length > 0)) return true;
  if (isOpen && problems.length > 0) return true;
  return context.isKnown && facts.some(({ correction }) => correction);
}

/** A name alone is told by others as well. */
function isTelling({ value }: ReadFact): boolean {
  return value.kind !== "declined";
}
