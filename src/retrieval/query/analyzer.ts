import type { QueryAnalysis } from "../types.ts";
import { draftWords } from "./draft-words.ts";
import { loadLexicon } from "./lexicon.ts";
import { listTerms, toQueryWord } from "./list-terms.ts";
import { createMender } from "./mender.ts";
import { normalizeText } from "./normalize.ts";
import { expandShortYears } from "./numerals.ts";
import { createPhraseMatcher } from "./phrase-matcher.ts";
import { loadQuestionWords } from "./question-words.ts";
import { createSegmenter, isContent, type Segmenter } from "./segment.ts";
import type { TermDictionary } from "./term-dictionary.ts";

export interface QueryAnalyzerOptions {
  /** Holds words.txt, question-words.txt and synonyms.yaml. */
  lexiconDirectory: string;
  dictionary: TermDictionary;
}

export interface QueryAnalyzer {
  /** What is asked, in the terms of the index. Any input is fine; of a very long one head and tail count. */
  analyze(question: string): QueryAnalysis;
  /** Words of a text for indexing: whole words and, beside compounds, the words inside them. Normalises by itself. */
  segment(text: string): string[];
  normalize(text: string): { text: string };
  /** Builds the tables of typo repair ahead of the first question that needs them. Call it when idle. */
  warmUp(): void;
}

const LONGEST_QUESTION = 2000;
const KEPT_HEAD = 1500;
/** Single characters can unfold to eighteen. */
const LONGEST_NORMALIZED = 4000;

/** Throws an AppError `configuration` when a lexicon file is missing or malformed. */
export function createQueryAnalyzer({ lexiconDirectory, dictionary }: QueryAnalyzerOptions): QueryAnalyzer {
  const lexicon = loadLexicon(lexiconDirectory);
  const segmenter = createSegmenter(lexicon.domainWords);
  const mender = createMender(lexicon, dictionary, segmenter);
  const knowledge = {
    lexicon,
    phrases: createPhraseMatcher(lexicon.targets.keys()),
    questionWords: loadQuestionWords(lexiconDirectory),
    segmenter,
    mender,
    dictionary,
  };
  return {
    normalize: (text) => ({ text: normalizeText(text) }),
    segment: (text) => listIndexWords(normalizeText(text), segmenter),
    warmUp: mender.warmUp,
    analyze: (question) => {
      const normalized = expandShortYears(normalizeText(shorten(question))).slice(0, LONGEST_NORMALIZED);
      const drafts = draftWords(normalized, knowledge);
      return {
        original: question,
        normalized,
        words: drafts.map((draft) => toQueryWord(draft, dictionary, segmenter.tagOf)),
        terms: listTerms(drafts, normalized, dictionary),
      };
    },
  };
}

function listIndexWords(normalized: string, segmenter: Segmenter): string[] {
  const words: string[] = [];
  for (const piece of segmenter.cut(normalized)) {
    if (!isContent(piece)) continue;
    words.push(piece.text);
    for (const part of segmenter.partsOf(piece.text)) words.push(part);
  }
  return words;
}

/** Head and tail of an overlong question: the point is made first or last. */
function shorten(question: string): string {
  if (question.length <= LONGEST_QUESTION) return question;
  return `${question.slice(0, KEPT_HEAD)} ${question.slice(KEPT_HEAD - LONGEST_QUESTION)}`;
}
