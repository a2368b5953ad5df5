import { NUMERAL_IDIOMS, UNIT_PATTERN } from "./figure-units.ts";
import { maskSpans, type Span } from "./normalize-text.ts";
import { type DateMention, readDates } from "./read-dates.ts";
import { CHINESE_NUMERAL, parseArabicNumeral, parseChineseNumeral } from "./read-numerals.ts";

/** A number with its unit. A range has two values. Percentages have the unit %, whatever their spelling. */
export interface Figure extends Span {
  values: number[];
  /** Empty when nothing that we know as a unit follows: then the other text must have none either. */
  unit: string;
  /** 第3条 is no amount. */
  isOrdinal: boolean;
  /** 30余家, 6万多人. */
  isMore: boolean;
}

export interface NumericReading {
  figures: Figure[];
  dates: DateMention[];
  /** The text with all of them blanked. */
  masked: string;
}

const NUMBER = `(\\d+(?:,\\d{3})*(?:\\.\\d+)?)([十百千万亿]{0,3})|(${CHINESE_NUMERAL}+(?:点[零〇一二三四五六七八九]+)?)`;
const FIGURE = new RegExp(`(第)?(?:${NUMBER})([余多几](?!种|样|方|元))?(${UNIT_PATTERN})?`, "g");
const FRACTION = new RegExp(
  `(百|${CHINESE_NUMERAL}{1,3})分之(\\d+(?:\\.\\d+)?|${CHINESE_NUMERAL}+(?:点[零〇一二三四五六七八九]+)?)`,
  "g",
);
const TENTHS = /([一二三四五六七八九]|\d(?:\.\d)?)成(?![立为果员熟长本功都效就交分套品])/g;

/** Numbers, percentages and dates of a skeleton text. */
export function readNumerics(skeleton: string): NumericReading {
  const dates = readDates(skeleton);
  let text = maskSpans(skeleton, dates);
  const shares = [...readFractions(text), ...readTenths(text)];
  text = maskSpans(text, shares);
  const idioms = [...text.matchAll(NUMERAL_IDIOMS)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
  const counted = mergeRanges(readCounted(maskSpans(text, idioms)), skeleton);
  const figures = [...shares, ...counted].sort((one, other) => one.start - other.start);
  return { figures, dates, masked: maskSpans(text, counted) };
}

function readFractions(text: string): Figure[] {
  return [...text.matchAll(FRACTION)].flatMap((match) => {
    const [whole, below = "", above = ""] = match;
    const denominator = parseChineseNumeral(below);
    const numerator = /\d/.test(above) ? Number(above) : parseChineseNumeral(above);
    if (!denominator || numerator === undefined) return [];
    const value = denominator === 100 ? numerator : round((numerator / denominator) * 100);
    return [{ start: match.index, end: match.index + whole.length, ...percentage(value) }];
  });
}

function percentage(value: number): Omit<Figure, keyof Span> {
  return { values: [value], unit: "%", isOrdinal: false, isMore: false };
}

function readTenths(text: string): Figure[] {
  return [...text.matchAll(TENTHS)].flatMap((match) => {
    const [whole, digit = ""] = match;
    const value = /\d/.test(digit) ? Number(digit) : parseChineseNumeral(digit);
    if (value === undefined) return [];
    return [{ start: match.index, end: match.index + whole.length, ...percentage(value * 10) }];
  });
}

function readCounted(text: string): Figure[] {
  const figures: Figure[] = [];
  for (const match of text.matchAll(FIGURE)) {
    const [, ordinal, digits, multipliers, chinese, more, unit = ""] = match;
    const value =
      digits === undefined ? parseChineseNumeral(chinese ?? "") : parseArabicNumeral(digits, multipliers);
    if (value === undefined || !isAmount({ chinese, unit, value, ordinal })) continue;
    const before = match[0].length - unit.length - (more?.length ?? 0);
    figures.push({
      start: match.index,
      // 余 and 多 stay outside, where the qualifiers are read, unless a unit follows them.
      end: match.index + (unit ? match[0].length : before),
      values: [value],
      unit,
      isOrdinal: ordinal !== undefined,
      isMore: more === "余" || more === "多",
    });
  }
  return figures;
}

/** Arabic digits always count; Chinese ones where a measure word follows (第三方 counts nothing) or written out large. */
function isAmount(token: {
  chinese: string | undefined;
  unit: string;
  value: number;
  ordinal: string | undefined;
}): boolean {
  if (token.chinese === undefined || token.unit !== "") return true;
  return token.ordinal === undefined && /[一二三四五六七八九两]/.test(token.chinese) && token.value >= 10;
}

/** 3-5年, 3年至5年, 30%~50%: one figure with two values. */
function mergeRanges(figures: readonly Figure[], text: string): Figure[] {
  const merged: Figure[] = [];
  for (const figure of figures) {
    const previous = merged.at(-1);
    const isRange =
      previous &&
      previous.values.length === 1 &&
      /^[-~至到]$/.test(text.slice(previous.end, figure.start)) &&
      (previous.unit === "" || previous.unit === figure.unit);
    if (!isRange) merged.push(figure);
    else {
      merged[merged.length - 1] = {
        ...figure,
        start: previous.start,
        values: [scaleLike(previous, figure, text), ...figure.values],
      };
    }
  }
  return merged;
}

/** In 3-5万元 the first number shares the multiplier of the second. */
function scaleLike(first: Figure, second: Figure, text: string): number {
  const [value = 0] = first.values;
  const multiplier = /[百千万亿]+(?=\D*$)/.exec(text.slice(second.start, second.end))?.[0];
  const hasOwn = /[百千万亿]/.test(text.slice(first.start, first.end));
  return multiplier && !hasOwn ? parseArabicNumeral(String(value), multiplier) : value;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
