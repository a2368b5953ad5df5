import { join } from "node:path";
import { readWordList } from "./lexicon.ts";
import { normalizeText } from "./normalize.ts";
import { createPhraseMatcher, type PhraseMatch } from "./phrase-matcher.ts";

/** The words of asking, which say nothing of the subject. */
export interface QuestionWords {
  /** 0: dropped; between: counts less; 1: counts fully. */
  weightOf(word: string): number;
  /** Dropped phrases of three and more characters in a text. */
  findPhrases(text: string, boundaries: ReadonlySet<number>): PhraseMatch[];
}

const SHORTEST_PHRASE = 3;
const LATIN = /^[a-z']+$/;

/** Reads question-words.txt. Throws an AppError `configuration` when it is missing or malformed. */
export function loadQuestionWords(directory: string): QuestionWords {
  const weights = new Map<string, number>();
  for (const [word, weight] of readWordList(join(directory, "question-words.txt"))) {
    weights.set(normalizeText(word), weight ?? 0);
  }
  const phrases = [...weights]
    .filter(([word, weight]) => weight === 0 && word.length >= SHORTEST_PHRASE && !LATIN.test(word))
    .map(([word]) => word);
  const matcher = createPhraseMatcher(phrases);
  return {
    weightOf: (word) => weights.get(word) ?? 1,
    findPhrases: (text, boundaries) => matcher.match(text, boundaries),
  };
}
