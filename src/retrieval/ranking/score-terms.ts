import type { ClauseIndex } from "../index/clause-index.ts";
import type { ScoredTerm } from "../index/score-postings.ts";
import { eachGram } from "../query/index.ts";
import type { QueryAnalysis, QueryTerm } from "../types.ts";

/** A term with where it comes from, so that its score lands in the right part. */
export interface RankedTerm extends ScoredTerm {
  part: "words" | "grams" | "lexicon";
  /** In how many clauses it occurs. */
  frequency: number;
}

/** A word with what stands for it: a clause gets the best of them. */
export type RankedTermSet = readonly RankedTerm[];

/** Earlier questions count so much; the one before the last half of it, and so on. */
const CONTEXT_WEIGHT = 0.4;
/** All earlier questions together weigh at most this share of the present one. */
const CONTEXT_SHARE = 0.8;

/**
 * The terms of the question with their weights for clauses and for whole documents. A term of an earlier question counts
 * little, and not at all when the question has it itself.
 */
export function listScoredTerms(
  analysis: QueryAnalysis,
  earlier: readonly QueryAnalysis[],
  index: ClauseIndex,
): RankedTermSet[] {
  const known = new Set<string>();
  const sets = listSets(analysis.terms, 1, known, index);
  sets.push(...listSets(listOtherGrams(analysis, index), 1, known, index));
  let factor = CONTEXT_WEIGHT;
  const context: RankedTermSet[] = [];
  for (const question of earlier.toReversed()) {
    context.push(...listSets(question.terms, factor, known, index));
    factor /= 2;
  }
  return [...sets, ...limitWeight(context, CONTEXT_SHARE * sumWeights(sets))];
}

/** N-grams that the analysis leaves out, across word boundaries and in question words, still tell clauses apart. */
const OTHER_GRAM_WEIGHT = 0.5;
const MAX_OTHER_GRAMS = 400;

function listOtherGrams(analysis: QueryAnalysis, index: ClauseIndex): QueryTerm[] {
  const grams = new Set<string>();
  eachGram(analysis.normalized, (gram) => {
    if (grams.size < MAX_OTHER_GRAMS) grams.add(gram);
  });
  return [...grams].map((text) => {
    const documentFrequency = index.frequency("gram", text);
    const weight = OTHER_GRAM_WEIGHT * inverseFrequency(documentFrequency, index.size);
    return { text, origin: "gram", weight, documentFrequency };
  });
}

function sumWeights(sets: readonly RankedTermSet[]): number {
  return sets.reduce((sum, set) => sum + set.reduce((most, term) => Math.max(most, term.weight), 0), 0);
}

/** A long earlier question must not outvote a short present one. */
function limitWeight(sets: readonly RankedTermSet[], limit: number): readonly RankedTermSet[] {
  const total = sumWeights(sets);
  if (total <= limit) return sets;
  const factor = limit / total;
  return sets.map((set) =>
    set.map((term) => ({ ...term, weight: term.weight * factor, groupWeight: term.groupWeight * factor })),
  );
}

function listSets(
  terms: readonly QueryTerm[],
  factor: number,
  known: Set<string>,
  index: ClauseIndex,
): RankedTermSet[] {
  const sets = new Map<string, RankedTerm[]>();
  // A word of the question comes before the same word as an alternative of another.
  const ordered = [...terms.filter((term) => !term.standsFor), ...terms.filter((term) => term.standsFor)];
  for (const term of ordered) {
    const kind = term.origin === "gram" ? "gram" : "word";
    if (known.has(`${kind} ${term.text}`)) continue;
    known.add(`${kind} ${term.text}`);
    const name = `${kind} ${term.standsFor ?? term.text}`;
    const set = sets.get(name) ?? [];
    set.push(toRankedTerm(term, kind, factor, index));
    sets.set(name, set);
  }
  return [...sets.values()];
}

/**
 * A word that a clause holds scores through its characters as well; what stands for it cannot, and gets that much more.
 * Measured: less loses, more gains nothing.
 */
const ORIGIN_WEIGHTS: Readonly<Record<QueryTerm["origin"], number>> = {
  word: 1,
  gram: 1,
  lexicon: 2,
  typo: 2,
};

function toRankedTerm(
  term: QueryTerm,
  kind: "word" | "gram",
  factor: number,
  index: ClauseIndex,
): RankedTerm {
  const boost = ORIGIN_WEIGHTS[term.origin];
  const share = (boost * term.weight) / inverseFrequency(term.documentFrequency, index.size);
  const groupIdf = inverseFrequency(index.groupFrequency(kind, term.text), index.groupCount);
  return {
    kind,
    text: term.text,
    weight: boost * factor * term.weight,
    groupWeight: factor * share * groupIdf,
    frequency: term.documentFrequency,
    part: term.origin === "gram" ? "grams" : term.origin === "word" ? "words" : "lexicon",
  };
}

/** So many postings are walked in some three milliseconds. */
const POSTINGS_BUDGET = 400_000;
/** Terms of at most this share of the question's weight may be left to the re-ranking. */
const LEFT_SHARE = 0.2;

/**
 * The terms to find candidates with. In a large index the common characters cost most and tell least: from the least
 * weight per posting on they are left out until the walk is short enough. The re-ranking counts them again.
 */
export function chooseFindingTerms(sets: readonly RankedTermSet[]): readonly RankedTermSet[] {
  const costs = sets.map((set) => ({
    set,
    postings: set.reduce((sum, term) => sum + term.frequency, 0),
    weight: set.reduce((most, term) => Math.max(most, term.weight), 0),
  }));
  let postings = costs.reduce((sum, cost) => sum + cost.postings, 0);
  if (postings <= POSTINGS_BUDGET) return sets;
  let spare = LEFT_SHARE * costs.reduce((sum, cost) => sum + cost.weight, 0);
  const left = new Set<RankedTermSet>();
  for (const cost of costs.toSorted((a, b) => a.weight / a.postings - b.weight / b.postings)) {
    if (postings <= POSTINGS_BUDGET || cost.weight > spare) break;
    left.add(cost.set);
    postings -= cost.postings;
    spare -= cost.weight;
  }
  return sets.filter((set) => !left.has(set));
}

/** BM25's idf in the form that is never negative. */
export function inverseFrequency(frequency: number, count: number): number {
  return Math.log(1 + (Math.max(0, count - frequency) + 0.5) / (frequency + 0.5));
}
