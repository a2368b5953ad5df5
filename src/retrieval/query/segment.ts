import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";

/** A word of a normalised text with its position. `parts`: shorter words inside it, indexed beside it. */
export interface Token {
  text: string;
  start: number;
  parts: readonly string[];
}

export interface Segmenter {
  /** Words of a normalised text in order, punctuation and function words dropped. */
  tokenize(normalized: string): Token[];
}

const CONTENT = /[\p{L}\p{N}]/u;
const ALPHANUMERIC = /^[a-z0-9]/;
const PIECES = /[a-z]+|\d+(?:\.\d+)?/g;
/** jieba's own frequencies end at some 320,000 (的); this keeps a domain word whole against its parts. */
const DOMAIN_FREQUENCY = 20_000;
/** Function words that carry nothing in documents either. */
const FUNCTION_WORDS = new Set(
  [
    ..."的了和与及或在是为对以由从到于将把被按并等之其该此本各而但则且也都又就还很更最让向往个所着过地得",
  ].concat(["以及", "或者", "并且", "对于", "关于", "由于"]),
);

/** jieba with the domain words added. Compounds of four characters and more also yield the shorter words inside them. */
export function createSegmenter(domainWords: Iterable<string>): Segmenter {
  const plain = Jieba.withDict(dict);
  const words = new Set(domainWords);
  const partsOf = new Map<string, readonly string[]>();
  for (const word of words) if (word.length >= 4) partsOf.set(word, findParts(word, words, plain));
  const jieba = Jieba.withDict(dict);
  jieba.loadDict(Buffer.from([...words].map((word) => `${word} ${DOMAIN_FREQUENCY} n\n`).join("")));
  return { tokenize: (normalized) => tokenize(normalized, jieba, partsOf) };
}

function findParts(word: string, words: ReadonlySet<string>, plain: Jieba): string[] {
  const parts = new Set<string>();
  for (let start = 0; start < word.length; start += 1) {
    for (let end = start + 2; end <= word.length; end += 1) {
      const part = word.slice(start, end);
      if (part !== word && words.has(part)) parts.add(part);
    }
  }
  for (const part of plain.cut(word, false)) if (part !== word && part.length > 1) parts.add(part);
  return [...parts];
}

function tokenize(
  normalized: string,
  jieba: Jieba,
  partsOf: ReadonlyMap<string, readonly string[]>,
): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  for (const text of jieba.cut(normalized, true)) {
    if (CONTENT.test(text) && !FUNCTION_WORDS.has(text)) {
      tokens.push({ text, start, parts: partsOf.get(text) ?? splitAlphanumeric(text) });
    }
    start += text.length;
  }
  return tokens;
}

const NO_PARTS: readonly string[] = [];

function splitAlphanumeric(text: string): readonly string[] {
  if (!ALPHANUMERIC.test(text)) return NO_PARTS;
  const pieces = text.match(PIECES) ?? [];
  return pieces.length < 2 ? NO_PARTS : pieces;
}
