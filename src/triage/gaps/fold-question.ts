import { Jieba } from "@node-rs/jieba";
import { dict } from "@node-rs/jieba/dict.js";
import { foldUnits } from "../redact/fold-units.ts";
import { ASPECTS, type Aspect, ENGLISH_FRAME, FRAMES, STAYING_ASPECTS, STOP_WORDS } from "./asking-words.ts";
import { SAME_WORDS } from "./same-words.ts";

/** A question as it is compared: its wording without courtesy, what it asks for, what it is about. */
export interface FoldedQuestion {
  /** Equal for wordings that differ in courtesy, width, script or punctuation only. */
  key: string;
  aspects: ReadonlySet<Aspect>;
  /** Words, or marks that stand for a word and its synonyms, with how much their part of speech tells, 0–1. */
  terms: ReadonlyMap<string, number>;
}

/** Stands for a word of `SAME_WORDS`: characters of private use keep it whole. */
const FIRST_MARK = 0xe100;
const marks = new Map<string, string>();
for (const [index, same] of SAME_WORDS.entries()) {
  for (const word of same) {
    if (!marks.has(word)) marks.set(word, String.fromCharCode(FIRST_MARK + index));
  }
}
const WORDS = new RegExp(
  [...marks.keys()]
    .toSorted((one, other) => other.length - one.length)
    .map((word) => (/^[a-z]/u.test(word) ? `(?<![a-z])${escapePattern(word)}(?![a-z])` : escapePattern(word)))
    .join("|"),
  "gu",
);
const MARK = /[\ue100-\uefff]/u;
const COURTESY = FRAMES[0] ?? /$^/gu;
const PLACEHOLDER = /〔[^〔〕]{1,8}〕/gu;
const PIECE = /[\ue100-\uefff]|\p{Script=Han}+|[a-z][a-z\d]*|\d+(?:\.\d+)?[a-z]*/gu;

/** By the first letter of jieba's tag: names and things tell most, function words nothing. */
const TELLS: Readonly<Record<string, number>> = {
  n: 1,
  j: 1,
  i: 0.8,
  l: 0.8,
  b: 0.7,
  v: 0.7,
  a: 0.5,
  z: 0.4,
  t: 0.4,
  s: 0.4,
  f: 0.2,
  m: 0.2,
  q: 0.2,
  g: 0.6,
  k: 0.3,
  x: 0.6,
  e: 0,
};
const CHARACTER = 0.5;
let jieba: Jieba | undefined;

export function foldQuestion(question: string): FoldedQuestion {
  const text = foldUnits(question).replace(PLACEHOLDER, " ");
  const key = text.replace(COURTESY, "").replace(/[吗嘛么呢吧呀啊哦哈啦]|[^\p{L}\p{N}]/gu, "");
  const aspects = new Set<Aspect>();
  let rest = text.replace(WORDS, (word) => ` ${marks.get(word) ?? word} `);
  for (const [aspect, pattern] of ASPECTS) {
    rest = rest.replace(pattern, () => {
      aspects.add(aspect);
      return " ";
    });
  }
  // 申报 beside 什么时候 says nothing of its own.
  if (aspects.size > 1) aspects.delete("way");
  // 补贴怎么领 asks for the way to it; 有没有补贴 and 补多少 ask for it.
  if ([...aspects].every((aspect) => aspect === "amount")) {
    for (const [aspect, pattern] of STAYING_ASPECTS) if (text.search(pattern) >= 0) aspects.add(aspect);
  }
  for (const frame of [...FRAMES, ENGLISH_FRAME]) rest = rest.replace(frame, " ");
  return { key: key === "" ? text.trim() : key, aspects, terms: listTerms(rest) };
}

/** A term that is a word of the lexicon of asking. */
export function isKnownWord(term: string): boolean {
  return MARK.test(term);
}

function escapePattern(word: string): string {
  return word.replace(/[$()*+.?[\\\]^{|}]/gu, "\\$&");
}

function listTerms(rest: string): Map<string, number> {
  jieba ??= Jieba.withDict(dict);
  const terms = new Map<string, number>();
  for (const [piece] of rest.matchAll(PIECE)) {
    if (!/^\p{Script=Han}/u.test(piece)) {
      terms.set(piece, 1);
      continue;
    }
    let lone = "";
    for (const { word, tag } of jieba.tag(piece, false)) {
      const tells = STOP_WORDS.has(word) ? 0 : (TELLS[tag.charAt(0)] ?? 0);
      if (word.length === 1 && tells > 0) {
        terms.set(word, tells * CHARACTER);
        // Characters side by side are an abbreviation that the dictionary does not know: 软著.
        if (lone !== "") terms.set(lone + word, tells);
        lone = word;
        continue;
      }
      lone = "";
      if (tells > 0) terms.set(word, Math.max(tells, terms.get(word) ?? 0));
    }
  }
  return terms;
}
