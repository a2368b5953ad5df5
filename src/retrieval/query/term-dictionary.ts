/** What the analysis needs to know of the index. Called often: each but `words` must be O(1). */
export interface TermDictionary {
  /** In how many clauses a word of `segment` (or, without the next method, an n-gram) occurs. */
  documentFrequency(term: string): number;
  /** The same for n-grams of `eachGram`, when the index counts them apart. */
  gramFrequency?(gram: string): number;
  readonly clauseCount: number;
  /** All words of the index. Read when the first unknown word is met, and again after the index has changed much. */
  words(): Iterable<string>;
}

/** BM25's idf, never negative; the largest for a term that occurs nowhere. */
export function inverseFrequency(documentFrequency: number, clauseCount: number): number {
  return Math.log(1 + (clauseCount - documentFrequency + 0.5) / (documentFrequency + 0.5));
}
