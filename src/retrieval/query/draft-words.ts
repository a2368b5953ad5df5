import type { Lexicon } from "./lexicon.ts";
import type { Mend } from "./mend-ideographs.ts";
import type { Mender } from "./mender.ts";
import type { PhraseMatch, PhraseMatcher } from "./phrase-matcher.ts";
import type { QuestionWords } from "./question-words.ts";
import { isContent, type Piece, type Segmenter } from "./segment.ts";
import type { TermDictionary } from "./term-dictionary.ts";

export interface Alternative {
  term: string;
  origin: "lexicon" | "typo";
  /** Discount, 1 for none. */
  weight: number;
}

/** A content word of the question with what may stand for it. */
export interface WordDraft {
  text: string;
  start: number;
  end: number;
  /** Below 1 for words that mostly belong to the asking. */
  weight: number;
  /** Occur in the index; strongest first. */
  alternatives: Alternative[];
}

export interface DraftingKnowledge {
  lexicon: Lexicon;
  phrases: PhraseMatcher;
  questionWords: QuestionWords;
  segmenter: Segmenter;
  mender: Mender;
  dictionary: TermDictionary;
}

/** What a shorter word inside a phrase or compound counts when it stands for the whole. */
const PART_WEIGHT = 0.6;
const MEND_WEIGHT = 0.9;
/** A word that counts less than this does not carry a phrase's meaning. */
const CARRYING_WEIGHT = 0.5;
const MOST_ALTERNATIVES = 10;

/** The content words of a normalised question, in order. */
export function draftWords(normalized: string, knowledge: DraftingKnowledge): WordDraft[] {
  const pieces = cutKnown(normalized, knowledge);
  const boundaries = new Set(pieces.flatMap(({ start, end }) => [start, end]));
  const phrasing = knowledge.questionWords.findPhrases(normalized, boundaries);
  const said = knowledge.phrases
    .match(normalized, boundaries)
    .filter((phrase) => !phrasing.some((whole) => contains(whole, phrase)));
  const asked = phrasing.filter((phrase) => !said.some((one) => overlap(phrase, one)));
  const content = pieces.filter(isContent);
  const inPhrase = (piece: Piece) => said.some((phrase) => overlap(phrase, piece));
  const free = content.filter(
    (piece) =>
      !inPhrase(piece) &&
      !asked.some((phrase) => overlap(phrase, piece)) &&
      knowledge.questionWords.weightOf(piece.text) > 0,
  );
  const isFree = new Set(free);
  const mends = knowledge.mender.mend(
    content.filter((piece) => !inPhrase(piece)),
    (piece) => isFree.has(piece),
  );
  const drafts = [
    ...said.flatMap((phrase) => draftPhrase(phrase, content, normalized, knowledge)),
    ...mends.map((mend) => draftMend(mend, normalized, knowledge)),
    ...free
      .filter((piece) => !mends.some((mend) => overlap(mend, piece)))
      .map((piece) => draftPiece(piece, knowledge)),
  ];
  const found = drafts.length > 0 ? drafts : draftKnown(content, knowledge.dictionary);
  return mergeRepeated(found.sort((one, other) => one.start - other.start));
}

/** A compound that the index does not know falls apart into its words. */
function cutKnown(normalized: string, { segmenter, dictionary }: DraftingKnowledge): Piece[] {
  return segmenter.cut(normalized).flatMap((piece) => {
    const texts = segmenter.splitCompound(piece.text);
    if (texts.length < 2 || dictionary.documentFrequency(piece.text) > 0) return [piece];
    let end = piece.start;
    return texts.map((text) => {
      const start = end;
      end += text.length;
      return { text, start, end };
    });
  });
}

type Stretch = Pick<Piece, "start" | "end">;

function overlap(one: Stretch, other: Stretch): boolean {
  return one.start < other.end && other.start < one.end;
}

function contains(whole: Stretch, part: Stretch): boolean {
  return whole.start <= part.start && part.end <= whole.end;
}

/**
 * A phrase of the lexicon. When all its words are known to the index they stay words of their own, and what documents
 * write instead is offered for the rarest; else the phrase is one word, for which its parts may stand.
 */
function draftPhrase(
  phrase: PhraseMatch,
  content: readonly Piece[],
  normalized: string,
  knowledge: DraftingKnowledge,
): WordDraft[] {
  const { questionWords, dictionary } = knowledge;
  const parts = content.filter((piece) => overlap(phrase, piece));
  const alternatives = listTargets(phrase.phrase, knowledge);
  const text = normalized.slice(phrase.start, phrase.end);
  if (parts.length === 1 && parts[0]?.text === text && alternatives.length === 0) {
    return questionWords.weightOf(text) > 0 ? [draftPiece(parts[0], knowledge)] : [];
  }
  const carrying = parts.filter((piece) => questionWords.weightOf(piece.text) >= CARRYING_WEIGHT);
  const isKnown = (piece: Piece) => dictionary.documentFrequency(piece.text) > 0 && piece.text.length > 1;
  if (
    parts.length > 1 &&
    (alternatives.length === 0 || (carrying.length === parts.length && parts.every(isKnown)))
  ) {
    const drafts = parts
      .filter((piece) => questionWords.weightOf(piece.text) > 0)
      .map((piece) => draftPiece(piece, knowledge));
    return offerForRarest(drafts, alternatives, dictionary);
  }
  const shorter = parts.length > 1 ? carrying.map((piece) => piece.text) : knowledge.segmenter.partsOf(text);
  const weight = parts.length === 1 ? questionWords.weightOf(text) || 1 : 1;
  const own = phrase.phrase === text ? [] : [{ term: phrase.phrase, origin: "lexicon" as const, weight: 1 }];
  return [
    {
      text,
      start: phrase.start,
      end: phrase.end,
      weight,
      alternatives: keepKnown([...own, ...alternatives, ...asParts(shorter)], text, dictionary),
    },
  ];
}

function offerForRarest(
  drafts: WordDraft[],
  alternatives: readonly Alternative[],
  dictionary: TermDictionary,
): WordDraft[] {
  const frequency = (draft: WordDraft) => dictionary.documentFrequency(draft.text);
  const rarest = drafts.reduce<WordDraft | undefined>(
    (found, draft) => (found && frequency(found) <= frequency(draft) ? found : draft),
    undefined,
  );
  if (!rarest || alternatives.length === 0) return drafts;
  const others = new Set(drafts.map((draft) => draft.text));
  const offered = alternatives.filter(({ term }) => !others.has(term));
  rarest.alternatives = keepKnown([...offered, ...rarest.alternatives], rarest.text, dictionary);
  return drafts;
}

function draftMend(mend: Mend, normalized: string, knowledge: DraftingKnowledge): WordDraft {
  const text = normalized.slice(mend.start, mend.end);
  const meant = mend.words.flatMap((word) => [
    { term: word, origin: "typo" as const, weight: MEND_WEIGHT },
    ...listTargets(word, knowledge).map((one) => ({ ...one, weight: one.weight * MEND_WEIGHT })),
  ]);
  return {
    text,
    start: mend.start,
    end: mend.end,
    weight: 1,
    alternatives: keepKnown(meant, text, knowledge.dictionary),
  };
}

function draftPiece({ text, start, end }: Piece, knowledge: DraftingKnowledge): WordDraft {
  const { segmenter, questionWords, dictionary } = knowledge;
  const isKnown = dictionary.documentFrequency(text) > 0;
  const parts = [...segmenter.partsOf(text), ...(isKnown ? [] : segmenter.wordsWithin(text))];
  return {
    text,
    start,
    end,
    weight: questionWords.weightOf(text),
    alternatives: keepKnown(asParts(parts), text, dictionary),
  };
}

/** A question of nothing but question words is searched by those that the documents use. */
function draftKnown(content: readonly Piece[], dictionary: TermDictionary): WordDraft[] {
  return content
    .filter(({ text }) => dictionary.documentFrequency(text) > 0)
    .map(({ text, start, end }) => ({ text, start, end, weight: CARRYING_WEIGHT, alternatives: [] }));
}

function listTargets(said: string, { lexicon, dictionary }: DraftingKnowledge): Alternative[] {
  return (lexicon.targets.get(said) ?? [])
    .filter(({ term }) => dictionary.documentFrequency(term) > 0)
    .map(({ term, weight }) => ({ term, origin: "lexicon" as const, weight }));
}

function asParts(words: readonly string[]): Alternative[] {
  const meaningful = words.filter((word) => word.length > 1);
  return meaningful.map((term) => ({ term, origin: "lexicon", weight: PART_WEIGHT }));
}

function keepKnown(
  alternatives: readonly Alternative[],
  word: string,
  dictionary: TermDictionary,
): Alternative[] {
  const kept = new Map<string, Alternative>();
  for (const one of alternatives) {
    if (one.term === word || dictionary.documentFrequency(one.term) === 0) continue;
    if ((kept.get(one.term)?.weight ?? 0) < one.weight) kept.set(one.term, one);
  }
  return [...kept.values()].sort((one, other) => other.weight - one.weight).slice(0, MOST_ALTERNATIVES);
}

function mergeRepeated(drafts: readonly WordDraft[]): WordDraft[] {
  const byText = new Map<string, WordDraft>();
  for (const draft of drafts) if (!byText.has(draft.text)) byText.set(draft.text, draft);
  return [...byText.values()];
}
