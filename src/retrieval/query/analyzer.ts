import type { QueryAnalysis, QueryTerm, QueryWord } from "../types.ts";
import { eachGram } from "./grams.ts";
import { normalizeText } from "./normalize.ts";
import { expandShortYears } from "./numerals.ts";
import { createSegmenter, type Token } from "./segment.ts";

/** What the analysis needs to know of the index. Called often: each must be O(1). */
export interface TermDictionary {
  /** In how many clauses a word of `segment` (or, without the next method, an n-gram) occurs. */
  documentFrequency(term: string): number;
  /** The same for n-grams of `eachGram`, when the index counts them apart. */
  gramFrequency?(gram: string): number;
  readonly clauseCount: number;
  /** All words of the index. */
  words(): Iterable<string>;
}

export interface QueryAnalyzerOptions {
  /** Holds words.txt, question-words.txt and synonyms.yaml. */
  lexiconDirectory: string;
  dictionary: TermDictionary;
}

export interface QueryAnalyzer {
  analyze(question: string): QueryAnalysis;
  /** Words of a text for indexing: whole words and, beside compounds, the words inside them. Normalises by itself. */
  segment(text: string): string[];
  normalize(text: string): { text: string };
}

const LONGEST_QUESTION = 2000;
const KEPT_HEAD = 1500;

export function createQueryAnalyzer({ dictionary }: QueryAnalyzerOptions): QueryAnalyzer {
  const segmenter = createSegmenter([]);
  return {
    normalize: (text) => ({ text: normalizeText(text) }),
    segment: (text) =>
      segmenter.tokenize(normalizeText(text)).flatMap((token) => [token.text, ...token.parts]),
    analyze: (question) => {
      const normalized = expandShortYears(normalizeText(shorten(question)));
      const words = segmenter.tokenize(normalized).map((token) => toQueryWord(token, dictionary));
      return { original: question, normalized, words, terms: listTerms(words, normalized, dictionary) };
    },
  };
}

/** Head and tail of an overlong question: the point is made first or last. */
function shorten(question: string): string {
  if (question.length <= LONGEST_QUESTION) return question;
  return `${question.slice(0, KEPT_HEAD)} ${question.slice(KEPT_HEAD - LONGEST_QUESTION)}`;
}

function toQueryWord(token: Token, dictionary: TermDictionary): QueryWord {
  const frequency = dictionary.documentFrequency(token.text);
  const idf = inverseFrequency(frequency, dictionary.clauseCount);
  return { text: token.text, start: token.start, idf, known: frequency > 0, alternatives: [] };
}

function listTerms(words: QueryWord[], normalized: string, dictionary: TermDictionary): QueryTerm[] {
  const terms = new Map<string, QueryTerm>();
  for (const { text, idf } of words) {
    terms.set(`word ${text}`, {
      text,
      origin: "word",
      weight: idf,
      documentFrequency: dictionary.documentFrequency(text),
    });
  }
  const gramFrequency = (gram: string) =>
    dictionary.gramFrequency?.(gram) ?? dictionary.documentFrequency(gram);
  eachGram(normalized, (gram) => {
    const documentFrequency = gramFrequency(gram);
    const weight = inverseFrequency(documentFrequency, dictionary.clauseCount);
    terms.set(`gram ${gram}`, { text: gram, origin: "gram", weight, documentFrequency });
  });
  return [...terms.values()];
}

/** BM25's idf, never negative; the largest for a term that occurs nowhere. */
export function inverseFrequency(documentFrequency: number, clauseCount: number): number {
  return Math.log(1 + (clauseCount - documentFrequency + 0.5) / (documentFrequency + 0.5));
}
