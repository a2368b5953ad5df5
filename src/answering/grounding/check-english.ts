import { readQuotes } from "./check-quotes.ts";
import { ENGLISH_NAMES, ENGLISH_VERBS, readEnglishWords, WEAK_VERBS } from "./english-glossary.ts";
import type { GroundingProblem, GroundingProblemKind } from "./grounding-types.ts";
import { toSkeleton } from "./normalize-text.ts";
import { readNumerics } from "./read-figures.ts";
import type { Support } from "./read-support.ts";

const SHORTEST_QUOTE = 6;
/** Of the content words, those that the glossary does not know. */
const MOST_UNKNOWN = 0.3;
const HAN = /[\u4e00-\u9fff]/g;

const CHINESE_NEGATION = /不(?![断仅同少低超高多])|未(?![来])|无(?![人形锡线论])|没有|禁止|除外/;
const ENGLISH_NEGATION =
  /\b(?:not|no(?! (?:less|more|fewer) than)|never|without|neither|nor|cannot|prohibit\w*|forbid\w*|except|unless)\b|n't\b/i;
const CLAIM =
  /\b(?:already|currently|now|existing|guarante\w+|ensur\w+|entitled|approved|certainly|definitely|always|all|any|every|immediately|has been|have been|has set|has built|has established|was|were|completed|can (?:get|receive|obtain|enjoy|apply)|will (?:get|receive|obtain|enjoy)|must|should|may)\b/i;

/** Chinese qualifier → the English words for it; both or neither. */
const QUALIFIERS: readonly (readonly [RegExp, RegExp])[] = [
  [/超过(?<!不超过)|突破|余(?=[家人个万])/, /\b(?:more than|over|exceed\w*|above|upwards of)\b/i],
  [/不超过|最高|以内|不高于/, /\b(?:up to|no more than|not exceed\w*|at most|maximum|within)\b/i],
  [
    /(?<=[\d%家个人级])以上|不低于|至少|不少于/,
    /\b(?:at least|or more|no less than|no fewer than|or above|and above|or over)\b/i,
  ],
  [/(?<![节集预])约|左右|大约/, /\b(?:about|approximately|around|roughly|some)\b/i],
  [/日均|每日/, /\b(?:daily|per day|a day|each day|every day)\b/i],
  [/每年|年均/, /\b(?:annual\w*|yearly|per year|a year|each year|every year)\b/i],
];

const NUMBER_WORDS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const MONTHS = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b(?= \d|,)/g;
const MONTH_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SCALE: Readonly<Record<string, number>> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

export interface EnglishReading {
  /** The statement without its Chinese quotes. */
  gloss: string;
  /** The Chinese quotes that it rests on. */
  quotes: string[];
}

export function readEnglish(statement: string): EnglishReading {
  const quotes = readQuotes(statement)
    .map(({ text }) => text)
    .filter((text) => (text.match(HAN)?.length ?? 0) > 0);
  const gloss = quotes.reduce((rest, quote) => rest.replace(quote, " "), statement);
  return { gloss, quotes };
}

/** English words outside of its quotes: then the rules for English hold. */
export function isEnglish(statement: string): boolean {
  const { gloss } = readEnglish(statement);
  const words = gloss.match(/(?<![A-Za-z@.])[A-Za-z]{2,}(?=[\s,;.)])/g)?.length ?? 0;
  return words >= 4 && 2 * words > (gloss.match(HAN)?.length ?? 0);
}

/**
 * An English sentence cannot be compared word by word. It must carry the Chinese quote that it rests on (checked
 * elsewhere, like a Chinese statement), and whatever it adds to that quote fails: figures, names, negations, claims,
 * stronger verbs, and words of the field whose Chinese the quote does not hold.
 */
export function checkEnglish({ gloss, quotes }: EnglishReading, support: Support): GroundingProblem[] {
  const quoted = toSkeleton(quotes.join("。"));
  if ((quoted.match(HAN)?.length ?? 0) < SHORTEST_QUOTE) {
    return [
      { kind: "quote", text: gloss, reason: "an English sentence without the Chinese that it rests on" },
    ];
  }
  const rules: readonly [
    GroundingProblemKind,
    (gloss: string, quoted: string, support: Support) => string[],
  ][] = [
    ["unsupported", findLeftoverHan],
    ["figure", findForeignNumbers],
    ["qualifier", findQualifierChanges],
    ["negation", findNegationChange],
    ["promise", (text) => [CLAIM.exec(text)?.[0]].filter((word) => word !== undefined)],
    ["strength", findVerbChanges],
    ["name", findForeignNames],
    ["unsupported", findForeignWords],
  ];
  return rules.flatMap(([kind, find]) =>
    find(gloss, quoted, support).map((text) => ({
      kind,
      text,
      reason: "not in the Chinese quote beside it",
    })),
  );
}

function findLeftoverHan(gloss: string): string[] {
  return gloss.match(/[\u4e00-\u9fff]+/g)?.filter((text) => text !== "原文") ?? [];
}

function findForeignNumbers(gloss: string, quoted: string): string[] {
  const { figures, dates } = readNumerics(quoted);
  const known = new Set(figures.flatMap(({ values }) => values));
  for (const { year, month, day } of dates) for (const part of [year, month, day]) if (part) known.add(part);
  const numbers = [
    ...gloss.matchAll(/(\d[\d,]*(?:\.\d+)?)(?:\s*(thousand|million|billion|trillion))?/gi),
  ].map(([text, digits = "", scale]) => ({
    text,
    value: Number(digits.replaceAll(",", "")) * (scale ? (SCALE[scale.toLowerCase()] ?? 1) : 1),
  }));
  const words = NUMBER_WORDS.flatMap((word, value) =>
    value > 1 && new RegExp(`\\b${word}\\b`, "i").test(gloss) ? [{ text: word, value }] : [],
  );
  const months = [...gloss.matchAll(MONTHS)].map(([text, name = ""]) => ({
    text,
    value: MONTH_NAMES.indexOf(name) + 1,
  }));
  const isPercent = /%|per ?cent/i.test(gloss) && !figures.some(({ unit }) => unit === "%");
  const foreign = [...numbers, ...words, ...months]
    .filter(({ value }) => !known.has(value))
    .map(({ text }) => text);
  return isPercent ? [...foreign, "%"] : foreign;
}

function findQualifierChanges(gloss: string, quoted: string): string[] {
  if (!/\d/.test(quoted) && !/\d/.test(gloss)) return [];
  return QUALIFIERS.filter(([chinese, english]) => chinese.test(quoted) !== english.test(gloss)).map(
    ([, english]) => english.exec(gloss)?.[0] ?? "a qualifier of the quote",
  );
}

function findNegationChange(gloss: string, quoted: string): string[] {
  const english = ENGLISH_NEGATION.exec(gloss)?.[0];
  return CHINESE_NEGATION.test(quoted) === (english !== undefined)
    ? []
    : [english ?? "a negation of the quote"];
}

function findVerbChanges(gloss: string, quoted: string): string[] {
  const text = gloss.toLowerCase();
  const added = ENGLISH_VERBS.flatMap(([english, chinese]) => {
    const word = english.exec(text)?.[0];
    return word !== undefined && !chinese.test(quoted) ? [word] : [];
  });
  const dropped = WEAK_VERBS.flatMap(([chinese, english]) => {
    const word = chinese.exec(quoted)?.[0];
    return word !== undefined && !english.test(text) ? [word] : [];
  });
  return [...added, ...dropped];
}

/** Capitals inside of a sentence mark names; each must be known, and its Chinese in the clauses. */
function findForeignNames(gloss: string, _quoted: string, support: Support): string[] {
  let rest = gloss;
  const foreign: string[] = [];
  for (const [name, chinese] of ENGLISH_NAMES) {
    rest = rest.replace(name, (word) => {
      if (!support.text.includes(chinese)) foreign.push(word);
      return " ";
    });
  }
  const known = support.text.toLowerCase();
  const capitals = [...rest.matchAll(/(?<=[a-z,;:)]\s+)[A-Z][A-Za-z&-]*/g)].map(([word]) => word);
  return [
    ...foreign,
    ...capitals.filter(
      (word) => !known.includes(word.toLowerCase()) && !MONTH_NAMES.includes(word.slice(0, 3)),
    ),
  ];
}

function findForeignWords(gloss: string, quoted: string, support: Support): string[] {
  const latin = support.text.toLowerCase();
  const words = readEnglishWords(
    gloss.replace(/\b[A-Z][A-Za-z&-]*/g, (word, at: number) => (at === 0 ? word : " ")),
  );
  const foreign = words
    .filter(({ chinese }) => chinese !== undefined && !chinese.test(quoted))
    .map(({ word }) => word);
  const verbs = ENGLISH_VERBS.map(([english]) => english);
  const unknown = words.filter(
    ({ word, chinese }) =>
      chinese === undefined && !latin.includes(word) && !verbs.some((verb) => verb.test(word)),
  );
  if (unknown.length > words.length * MOST_UNKNOWN) foreign.push(unknown.map(({ word }) => word).join(" "));
  return foreign;
}
