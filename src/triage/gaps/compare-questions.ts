import { NEAR_ASPECTS } from "./asking-words.ts";
import { type FoldedQuestion, isKnownWord } from "./fold-question.ts";
import type { TermWeights } from "./weigh-terms.ts";

/**
 * From here two wordings ask for the same thing. The tune pairs whose words the lexicon knows would bear 0.5; those written
 * before their words were added did best at 0.3, and unknown words are what comes.
 */
export const SAME_QUESTION = 0.3;
/** The share of likeness that is left when both say what they ask for, and it is not the same. */
const OTHER_ASPECT = 0.25;
/** And when each names something telling that the other does not: 备案 here, 租金 there. */
const OTHER_MATTER = 0.6;
const TELLING = 0.16;
/** How much vectors count, and the cosine that unlike sentences of one field have anyway. */
const MEANING_SHARE = 0.4;
const MEANING_FLOOR = 0.5;
/** 处罚 and 罚款, 软著 and 著作权: words that share characters are alike, never the same. */
const SHARED_CHARACTERS = 0.7;
const LEAST_SHARED = 0.5;

export type Comparable = Pick<FoldedQuestion, "aspects" | "terms">;

/**
 * The weighted share of what both say (soft: words that share characters count in part), lowered where the questions ask for
 * different things of one matter; 0–1. `meaning`: cosine of their vectors where there is a model.
 */
export function compareQuestions(
  one: Comparable,
  other: Comparable,
  weights: TermWeights,
  meaning?: number,
): number {
  if (one.terms.size === 0 || other.terms.size === 0) return onlyAspects(one, other);
  const left = cover(one, other, weights);
  const right = cover(other, one, weights);
  const words = (left.covered + right.covered) / (left.total + right.total);
  const likeness = words * (left.names && right.names ? OTHER_MATTER : 1);
  return blend(likeness, meaning) * (disagree(one, other) ? OTHER_ASPECT : 1);
}

/** How much of what one says the other says too; `names`: it says something telling that the other does not. */
function cover(one: Comparable, other: Comparable, weights: TermWeights) {
  let [covered, total, names] = [0, 0, false];
  for (const [term, tells] of one.terms) {
    const square = (tells * weights.weigh(term)) ** 2;
    const share = other.terms.has(term) ? 1 : nearest(term, other.terms.keys());
    covered += square * share;
    total += square;
    if (share < LEAST_SHARED && square >= TELLING) names = true;
  }
  return { covered, total, names };
}

function nearest(term: string, others: Iterable<string>): number {
  if (term.length < 2 || isKnownWord(term)) return 0;
  let best = 0;
  for (const other of others) {
    if (other.length < 2) continue;
    let common = 0;
    for (const character of term) if (other.includes(character)) common += 1;
    const share = common / Math.min(term.length, other.length);
    if (share >= LEAST_SHARED) best = Math.max(best, Math.min(1, share) * SHARED_CHARACTERS);
  }
  return best;
}

function blend(words: number, meaning: number | undefined): number {
  if (meaning === undefined) return words;
  const near = Math.max(0, (meaning - MEANING_FLOOR) / (1 - MEANING_FLOOR));
  return (1 - MEANING_SHARE) * words + MEANING_SHARE * near;
}

/** 联系电话是多少, 有没有咨询电话: nothing but what is asked for. */
function onlyAspects(one: Comparable, other: Comparable): number {
  if (one.terms.size > 0 || other.terms.size > 0 || one.aspects.size === 0) return 0;
  return disagree(one, other) || other.aspects.size === 0 ? 0 : 1;
}

function disagree({ aspects: one }: Comparable, { aspects: other }: Comparable): boolean {
  if (one.size === 0 || other.size === 0) return false;
  for (const aspect of one) if (other.has(aspect)) return false;
  return !NEAR_ASPECTS.some(([a, b]) => (one.has(a) && other.has(b)) || (one.has(b) && other.has(a)));
}
