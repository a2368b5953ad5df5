import type { ClauseIndex } from "../index/clause-index.ts";
import type { ScoredTerm } from "../index/score-postings.ts";
import { eachGram } from "../query/index.ts";
import type { QueryAnalysis, QueryTerm } from "../types.ts";

/** A term with where it comes from, so that its score lands in the right part. */
export interface RankedTerm extends ScoredTerm {
  part: "words" | "grams" | "lexicon";
}

/** A word with what stands for it: a clause gets the best of them. */
export type RankedTermSet = readonly RankedTerm[];

/** Earlier questions count so much; the one before the last half of it, and so on. */
const CONTEXT_WEIGHT = 0.3;

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
  for (const question of earlier.toReversed()) {
    sets.push(...listSets(question.terms, factor, known, index));
    factor /= 2;
  }
  return sets;
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

function toRankedTerm(
  term: QueryTerm,
  kind: "word" | "gram",
  factor: number,
  index: ClauseIndex,
): RankedTerm {
  const share = term.weight / inverseFrequency(term.documentFrequency, index.size);
  const groupIdf = inverseFrequency(index.groupFrequency(kind, term.text), index.groupCount);
  return {
    kind,
    text: term.text,
    weight: factor * term.weight,
    groupWeight: factor * share * groupIdf,
    part: term.origin === "gram" ? "grams" : term.origin === "word" ? "words" : "lexicon",
  };
}

/** BM25's idf in the form that is never negative. */
export function inverseFrequency(frequency: number, count: number): number {
  return Math.log(1 + (Math.max(0, count - frequency) + 0.5) / (frequency + 0.5));
}
