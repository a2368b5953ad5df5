import type { ClauseIndex } from "../index/clause-index.ts";
import type { ScoredTerm } from "../index/score-postings.ts";
import type { QueryAnalysis, QueryTerm } from "../types.ts";

/** A term with where it comes from, so that its score lands in the right part. */
export interface RankedTerm extends ScoredTerm {
  part: "words" | "grams" | "lexicon";
}

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
): RankedTerm[] {
  const terms = new Map<string, RankedTerm>();
  const add = (term: QueryTerm, factor: number): void => {
    const kind = term.origin === "gram" ? "gram" : "word";
    const key = `${kind} ${term.text}`;
    if (terms.has(key)) return;
    const share = (factor * term.weight) / inverseFrequency(term.documentFrequency, index.size);
    terms.set(key, {
      kind,
      text: term.text,
      weight: factor * term.weight,
      groupWeight: share * inverseFrequency(index.groupFrequency(kind, term.text), index.groupCount),
      part: term.origin === "gram" ? "grams" : term.origin === "word" ? "words" : "lexicon",
    });
  };
  for (const term of analysis.terms) add(term, 1);
  let factor = CONTEXT_WEIGHT;
  for (const question of earlier.toReversed()) {
    for (const term of question.terms) add(term, factor);
    factor /= 2;
  }
  return [...terms.values()];
}

/** BM25's idf in the form that is never negative. */
export function inverseFrequency(frequency: number, count: number): number {
  return Math.log(1 + (Math.max(0, count - frequency) + 0.5) / (frequency + 0.5));
}
