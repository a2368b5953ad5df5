import { resolve } from "node:path";
import { createQueryAnalyzer, eachGram, type QueryAnalyzer } from "../../src/retrieval/query/index.ts";

export const LEXICON_DIRECTORY = resolve(import.meta.dirname, "../../knowledge/lexicon");

export interface AnalyzerOverTexts {
  analyzer: QueryAnalyzer;
  /** Adds a clause to the little index that the analyzer sees. */
  addText(text: string): void;
}

/** A query analyzer with the shipped lexicon over a few texts, its dictionary counted the plain way. */
export function createAnalyzerOver(
  texts: readonly string[],
  lexiconDirectory = LEXICON_DIRECTORY,
): AnalyzerOverTexts {
  const words = new Map<string, number>();
  const grams = new Map<string, number>();
  let clauseCount = 0;
  const analyzer = createQueryAnalyzer({
    lexiconDirectory,
    dictionary: {
      documentFrequency: (term) => words.get(term) ?? 0,
      gramFrequency: (gram) => grams.get(gram) ?? 0,
      get clauseCount() {
        return clauseCount;
      },
      words: () => words.keys(),
    },
  });
  const addText = (text: string) => {
    clauseCount += 1;
    count(words, new Set(analyzer.segment(text)));
    const found = new Set<string>();
    eachGram(analyzer.normalize(text).text, (gram) => found.add(gram));
    count(grams, found);
  };
  for (const text of texts) addText(text);
  return { analyzer, addText };
}

function count(frequencies: Map<string, number>, terms: ReadonlySet<string>): void {
  for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
}
