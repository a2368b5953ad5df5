import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** A piece of a normalised text; all pieces joined give the text. */
export interface Piece {
  text: string;
  start: number;
  end: number;
}

export interface Segmenter {
  /** Everything in order, with blanks and punctuation; a number is one piece with the unit behind it (2000万, 8家). */
  cut(normalized: string): Piece[];
  /** What to index of a piece besides itself: the shorter words in a compound, the letters and digits of v2.0. */
  partsOf(word: string): readonly string[];
  /** A compound as consecutive shorter words; the word itself when it is none. */
  splitCompound(word: string): readonly string[];
  /** The dictionary words within a word that no document uses: 软件园 → 软件. */
  wordsWithin(word: string): readonly string[];
  /** The dictionary's tag of a word (n, v, vn, ns, eng …): of its last piece, which carries a compound. */
  tagOf(word: string): string;
  /** Whether the general or the domain dictionary has the word. */
  isWord(text: string): boolean;
}

const CONTENT = /[\p{L}\p{N}]/u;
const DIGITS = /^\d+$/;
const ENDS_IN_DIGIT = /^[a-z0-9.]*\d$/;
const NUMBER = /^\d+(?:\.\d+)?$/;
const ALPHANUMERIC = /^[a-z0-9]/;
const ALPHANUMERIC_PIECES = /[a-z]+|\d+(?:\.\d+)?/g;
/** Numbers with units are put together by themselves; jieba's word lines cannot hold blanks. */
const ADDABLE = /^(?=\S*\p{Script=Han})(?!\d)\S+$/u;
const IDEOGRAPHS = /^\p{Script=Han}+$/u;
/** What may be glued to a number: its unit, and the first character of pieces such as 万元. */
const UNITS = new Set([..."%万亿家人名项年月日天岁亩元批轮次条号章倍个位周"]);
const UNIT_PIECE = /^(?:[万亿][元级人家名亩个平]|年[度底末初]|个月)$/u;

/** jieba's own frequencies reach 320,000 (的); these keep a domain word whole against its parts. */
const LONG_WORD_FREQUENCY = 20_000;
const SHORT_WORD_FREQUENCY = 3_000;
/** From this length on a domain word is a compound, indexed with the words in it. */
const COMPOUND_LENGTH = 3;

/** Function words, which carry nothing in documents either. */
const FUNCTION_WORDS = new Set([
  ..."的了和与及或在是为对以由从到于将把被按并等之其该此本各而但则且也都又就还很更最让向往个所着过地得",
  ...["以及", "或者", "并且", "对于", "关于", "由于"],
]);

/** Whether a piece is worth indexing: it has a letter, digit or ideograph and is no function word. */
export function isContent(piece: Piece): boolean {
  return CONTENT.test(piece.text) && !FUNCTION_WORDS.has(piece.text);
}

/**
 * jieba with the domain words added, without its guessing of new words: that glues 想拿|地建|厂房, and names are found by
 * their characters anyway.
 */
export function createSegmenter(domainWords: ReadonlySet<string>): Segmenter {
  const jieba = Jieba.withDict(dict);
  const compounds = new Map<string, { pieces: readonly string[]; parts: readonly string[] }>();
  const added: string[] = [];
  for (const word of domainWords) {
    if (!ADDABLE.test(word)) continue;
    const pieces = jieba.cut(word, false);
    if (pieces.length > 1) added.push(word);
    if (word.length >= COMPOUND_LENGTH) {
      const parts = findParts(word, domainWords, pieces);
      if (parts.length > 0) compounds.set(word, { pieces, parts });
    }
  }
  const lines = added.map(
    (word) => `${word} ${word.length > 2 ? LONG_WORD_FREQUENCY : SHORT_WORD_FREQUENCY} n\n`,
  );
  jieba.loadDict(Buffer.from(lines.join("")));
  return {
    cut: (normalized) => joinNumbers(jieba.cut(normalized, false)),
    partsOf: (word) => compounds.get(word)?.parts ?? splitAlphanumeric(word),
    splitCompound: (word) => compounds.get(word)?.pieces ?? [word],
    wordsWithin: (word) => jieba.cutAll(word).filter((part) => part.length > 1 && part !== word),
    tagOf: (word) => jieba.tag(word, false).at(-1)?.tag ?? "x",
    isWord: (text) => jieba.cut(text, false).length === 1,
  };
}

function findParts(word: string, words: ReadonlySet<string>, pieces: readonly string[]): string[] {
  const parts = new Set<string>();
  for (let start = 0; start < word.length; start += 1) {
    for (let end = start + 2; end <= word.length; end += 1) {
      const part = word.slice(start, end);
      if (part !== word && words.has(part)) parts.add(part);
    }
  }
  for (const piece of pieces) if (piece !== word && piece.length > 1) parts.add(piece);
  return [...parts];
}

/** Puts together what jieba takes apart: decimals and versions (v2.0), numbers and their units (2000万, 70%, 8家). */
function joinNumbers(texts: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let isComplete = false;
  for (const [index, text] of texts.entries()) {
    const end = start + text.length;
    const last = pieces.at(-1);
    const joined: string | undefined =
      last && !isComplete ? joinTo(last.text, text, texts[index + 1]) : undefined;
    if (last && joined !== undefined) {
      last.text = joined;
      last.end = end;
      isComplete = !/[\d.]$/.test(joined);
    } else {
      pieces.push({ text, start, end });
      isComplete = false;
    }
    start = end;
  }
  return pieces;
}

function joinTo(last: string, text: string, next: string | undefined): string | undefined {
  if (last.endsWith(".") && last.length > 1 && DIGITS.test(text)) return last + text;
  if (!ENDS_IN_DIGIT.test(last)) return undefined;
  if (text === "." && next !== undefined && DIGITS.test(next)) return `${last}.`;
  return NUMBER.test(last) && (UNITS.has(text) || UNIT_PIECE.test(text)) ? last + text.charAt(0) : undefined;
}

const NO_PARTS: readonly string[] = [];

/** v2.0 → v, 2.0; 70% → 70; 2000万 → 2000. */
function splitAlphanumeric(text: string): readonly string[] {
  if (!ALPHANUMERIC.test(text) || IDEOGRAPHS.test(text)) return NO_PARTS;
  const pieces = text.match(ALPHANUMERIC_PIECES) ?? NO_PARTS;
  return pieces.length > 1 || pieces[0] !== text ? pieces : NO_PARTS;
}
