import { holdsAnswerKind } from "./answer-kinds.ts";
import type { ProfileWord, QueryProfile, WeightedText } from "./query-profile.ts";

/** The normalised texts of a candidate. */
export interface CandidateText {
  text: string;
  /** The paragraphs that an item hangs on; empty for others. */
  leadIn: string;
  heading: string;
  title: string;
}

/** Sums of idf, so that they stand on one scale with BM25; `kinds` and `coverage` are shares. */
export interface ClauseFeatures {
  /** Words of the question that text, headings or title hold. */
  wordsFound: number;
  bigramsFound: number;
  /** Phrases of four characters that are repeated. */
  runsFound: number;
  /** The same in the best single sentence. */
  sentenceWords: number;
  sentenceBigrams: number;
  /** Neighbouring words of the question that stand close together. */
  closeness: number;
  /** In the headings, and in the first characters, where a numbered item has its own. */
  headingBigrams: number;
  openingBigrams: number;
  /** Holds the kind of thing that is asked for. */
  kinds: number;
  coverage: number;
  /** A title, or what only announces a list (材料如下：), repeats what is asked and answers nothing. */
  isEmpty: boolean;
}

const OPENING_LENGTH = 40;

export function measureClause(profile: QueryProfile, candidate: CandidateText): ClauseFeatures {
  const { text, leadIn, heading, title } = candidate;
  const whole = `${text}\n${leadIn}\n${heading}\n${title}`;
  const words = profile.words.filter((word) => holdsWord(whole, word));
  const bigrams = profile.bigrams.filter((bigram) => whole.includes(bigram.text));
  const wordsFound = words.reduce((sum, word) => sum + word.idf, 0);
  return {
    wordsFound,
    bigramsFound: sumWeights(bigrams),
    runsFound: sumFound(profile.runs, whole),
    ...measureSentences(words, bigrams, text),
    kinds: holdsAnswerKind(profile.answerKind, text),
    closeness: measureCloseness(profile.words, text),
    headingBigrams: sumFound(bigrams, heading),
    openingBigrams: sumFound(bigrams, text.slice(0, OPENING_LENGTH)),
    coverage: profile.wordMass > 0 ? wordsFound / profile.wordMass : 0,
    isEmpty: saysNothing(text, title),
  };
}

/** Opens a list and says nothing itself. */
const ANNOUNCES = /[:：]$/u;
const SIGNS = /[^\p{L}\p{N}]/gu;

function saysNothing(text: string, title: string): boolean {
  return (
    ANNOUNCES.test(text) || (title !== "" && title.replaceAll(SIGNS, "").includes(text.replaceAll(SIGNS, "")))
  );
}

export function holdsWord(text: string, word: ProfileWord): boolean {
  return word.texts.some((form) => text.includes(form));
}

function sumFound(list: readonly WeightedText[], text: string): number {
  let sum = 0;
  for (const entry of list) if (text.includes(entry.text)) sum += entry.weight;
  return sum;
}

function sumWeights(list: readonly WeightedText[]): number {
  return list.reduce((sum, entry) => sum + entry.weight, 0);
}

function measureSentences(words: readonly ProfileWord[], bigrams: readonly WeightedText[], text: string) {
  let sentenceWords = 0;
  let sentenceBigrams = 0;
  for (const sentence of text.split(/[。;!?\n]/u)) {
    let found = 0;
    for (const word of words) if (holdsWord(sentence, word)) found += word.idf;
    sentenceWords = Math.max(sentenceWords, found);
    sentenceBigrams = Math.max(sentenceBigrams, sumFound(bigrams, sentence));
  }
  return { sentenceWords, sentenceBigrams };
}

const FAR = 20;

/** For each pair of neighbouring words of the question, in this order: the nearer in the clause, the more. */
function measureCloseness(words: readonly ProfileWord[], text: string): number {
  let sum = 0;
  for (let index = 0; index + 1 < words.length; index += 1) {
    const left = words[index] as ProfileWord;
    const right = words[index + 1] as ProfileWord;
    const gap = findGap(text, left, right);
    if (gap < FAR) sum += Math.min(left.idf, right.idf) / (1 + gap / 4);
  }
  return sum;
}

const MAX_OCCURRENCES = 8;

function findGap(text: string, left: ProfileWord, right: ProfileWord): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const form of left.texts) {
    let at = text.indexOf(form);
    for (let seen = 0; at >= 0 && seen < MAX_OCCURRENCES; seen += 1) {
      const end = at + form.length;
      for (const next of right.texts) {
        const found = text.indexOf(next, end);
        if (found >= 0) nearest = Math.min(nearest, found - end);
      }
      at = text.indexOf(form, end);
    }
  }
  return nearest;
}
