import type { QueryAnalysis } from "../types.ts";
import { type AnswerKind, expectAnswerKind } from "./answer-kinds.ts";

/** What the re-ranking looks for in a clause; made once for each question. */
export interface QueryProfile {
  words: readonly ProfileWord[];
  /** Sum of the words' idf. */
  wordMass: number;
  bigrams: readonly WeightedText[];
  /** Four characters that stand together in the question: a phrase that the clause repeats. */
  runs: readonly WeightedText[];
  answerKind: AnswerKind | undefined;
}

export interface ProfileWord {
  /** The word itself and what the lexicon offers for it. */
  texts: readonly string[];
  idf: number;
}

export interface WeightedText {
  text: string;
  weight: number;
}

const RUN_LENGTH = 4;
/** A question longer than this is compared by its first characters only. */
const MAX_RUNS = 200;
const MAX_BIGRAMS = 200;

/** The words alone: enough to score a piece of text. */
export function listProfileWords(analysis: QueryAnalysis): Pick<QueryProfile, "words" | "wordMass"> {
  const words = analysis.words.map(({ text, alternatives, idf }) => ({
    texts: [text, ...alternatives],
    idf,
  }));
  return { words, wordMass: words.reduce((sum, word) => sum + word.idf, 0) };
}

export function createQueryProfile(analysis: QueryAnalysis): QueryProfile {
  const grams = new Map<string, number>();
  for (const term of analysis.terms) if (term.origin === "gram") grams.set(term.text, term.weight);
  const bigrams = [...grams].filter(([text]) => text.length > 1).map(([text, weight]) => ({ text, weight }));
  return {
    ...listProfileWords(analysis),
    bigrams: bigrams.slice(0, MAX_BIGRAMS),
    runs: listRuns(analysis.normalized, grams),
    answerKind: expectAnswerKind(analysis.normalized),
  };
}

/** A run weighs what its weakest bigram weighs, so that 的 and question words in it make it worthless. */
function listRuns(normalized: string, grams: ReadonlyMap<string, number>): WeightedText[] {
  const runs = new Map<string, number>();
  for (let start = 0; start + RUN_LENGTH <= normalized.length && runs.size < MAX_RUNS; start += 1) {
    const text = normalized.slice(start, start + RUN_LENGTH);
    let weight = Number.POSITIVE_INFINITY;
    for (let inner = 0; inner + 2 <= RUN_LENGTH; inner += 1) {
      weight = Math.min(weight, grams.get(text.slice(inner, inner + 2)) ?? 0);
    }
    if (weight > 0) runs.set(text, weight);
  }
  return [...runs].map(([text, weight]) => ({ text, weight }));
}
