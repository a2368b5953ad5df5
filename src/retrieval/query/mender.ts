import type { Lexicon } from "./lexicon.ts";
import { type Mend, mendIdeographs } from "./mend-ideographs.ts";
import type { Piece, Segmenter } from "./segment.ts";
import { createSoundIndex, type SoundIndex } from "./sound-index.ts";
import { createSpellingIndex, type SpellingIndex } from "./spelling-index.ts";
import type { TermDictionary } from "./term-dictionary.ts";

/** Finds what mistyped words of a question were meant to be. */
export interface Mender {
  /**
   * `pieces`: what the lexicon did not recognise. Only pieces that `mayChange` are held for mistyped; the others, words
   * of asking, can be part of a mended word (上世 → 上市).
   */
  mend(pieces: readonly Piece[], mayChange: (piece: Piece) => boolean): Mend[];
  /** Builds the lookup tables now instead of at the first unknown word (some 0.2 s at 100,000 clauses). */
  warmUp(): void;
}

const LATIN = /^[a-z]{4,}$/;
const MOST_WORDS = 3;
const MOST_LATIN_WORDS = 40;
/** An index of this size holds typos of its own: words below a 20,000th are suspects, below 3 clauses no models. */
const LARGE_INDEX = 20_000;
const MODEL_FREQUENCY = 3;
/** The tables are built again when the index has grown or shrunk by so much. */
const STALE_SHARE = 0.1;

interface Tables {
  sounds: SoundIndex;
  spellings: SpellingIndex;
  clauseCount: number;
}

export function createMender(lexicon: Lexicon, dictionary: TermDictionary, segmenter: Segmenter): Mender {
  let tables: Tables | undefined;
  const readTables = () => {
    if (!tables || isStale(tables, dictionary)) tables = buildTables(lexicon, dictionary);
    return tables;
  };
  const frequency = (word: string) => dictionary.documentFrequency(word);
  return {
    warmUp: () => {
      readTables();
    },
    mend(pieces, mayChange) {
      const rareUpTo = Math.floor(dictionary.clauseCount / LARGE_INDEX);
      const isSuspect = (piece: Piece) =>
        mayChange(piece) && (piece.text.length === 1 || frequency(piece.text) <= rareUpTo);
      if (!pieces.some(isSuspect)) return [];
      const { sounds, spellings } = readTables();
      const latin = pieces.filter(
        (piece) => isSuspect(piece) && LATIN.test(piece.text) && frequency(piece.text) === 0,
      );
      const knowledge = {
        soundingLike: sounds.soundingLike,
        frequency,
        rareUpTo,
        isSuspect,
        isDomainWord: (word: string) => lexicon.domainWords.has(word) || lexicon.targets.has(word),
        isWord: segmenter.isWord,
      };
      return [
        ...mendIdeographs(pieces, knowledge),
        ...latin.slice(0, MOST_LATIN_WORDS).flatMap((piece) => mendLatin(piece, sounds, spellings)),
      ];
    },
  };
}

function isStale(tables: Tables, dictionary: TermDictionary): boolean {
  return Math.abs(dictionary.clauseCount - tables.clauseCount) > tables.clauseCount * STALE_SHARE;
}

function buildTables(lexicon: Lexicon, dictionary: TermDictionary): Tables {
  const isKnown = (word: string) => dictionary.documentFrequency(word) > 0;
  const preferred = new Set<string>();
  for (const word of lexicon.domainWords) if (isKnown(word)) preferred.add(word);
  for (const [said, targets] of lexicon.targets)
    if (targets.some(({ term }) => isKnown(term))) preferred.add(said);
  const least = dictionary.clauseCount >= LARGE_INDEX ? MODEL_FREQUENCY : 1;
  const models: string[] = [];
  for (const word of dictionary.words()) if (dictionary.documentFrequency(word) >= least) models.push(word);
  return {
    sounds: createSoundIndex(preferred, models),
    spellings: createSpellingIndex([...preferred, ...models]),
    clauseCount: dictionary.clauseCount,
  };
}

/** A misspelt English word, one Chinese word in pinyin, or several in one run. */
function mendLatin({ text, start, end }: Piece, sounds: SoundIndex, spellings: SpellingIndex): Mend[] {
  const words = [...spellings.near(text), ...sounds.spelt(text)].slice(0, MOST_WORDS);
  if (words.length > 0) return [{ start, end, words }];
  let position = start;
  return (sounds.split(text) ?? []).map((part) => {
    const mend = {
      start: position,
      end: position + part.length,
      words: sounds.spelt(part).slice(0, MOST_WORDS),
    };
    position = mend.end;
    return mend;
  });
}
