import type { ClauseIndex } from "./index/clause-index.ts";
import type { RankingParameters } from "./index/norms.ts";
import { WEIGHT_UNITS } from "./index/segment.ts";
import { holdsWord } from "./ranking/clause-features.ts";
import { listProfileWords } from "./ranking/query-profile.ts";
import type { QueryAnalysis } from "./types.ts";

/**
 * BM25 of a piece of text by itself, its terms found as substrings: no segmentation, so that every sentence of an answer
 * can be scored.
 */
export function scoreText(
  analysis: QueryAnalysis,
  normalized: string,
  index: ClauseIndex,
  { k1, b }: RankingParameters,
): { score: number; coverage: number } {
  const profile = listProfileWords(analysis);
  const averageGrams = index.size > 0 ? index.totals.grams / index.size / WEIGHT_UNITS : 1;
  // Uni- and bigrams: about two for each character.
  const norm = k1 * (1 - b + (b * 2 * normalized.length) / Math.max(1, averageGrams));
  let score = 0;
  for (const term of analysis.terms) {
    const count = countOccurrences(normalized, term.text);
    if (count > 0) score += (term.weight * (k1 + 1) * count) / (count + norm);
  }
  const found = profile.words.reduce((sum, word) => sum + (holdsWord(normalized, word) ? word.idf : 0), 0);
  return { score, coverage: profile.wordMass > 0 ? found / profile.wordMass : 0 };
}

function countOccurrences(text: string, part: string): number {
  if (part === "") return 0;
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) count += 1;
  return count;
}
