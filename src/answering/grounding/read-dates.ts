import { parseChineseNumeral } from "./read-numerals.ts";

export interface DateMention {
  start: number;
  end: number;
  year?: number;
  month?: number;
  day?: number;
  /** From this day on, or until it; absent when the text does not say. */
  role?: "from" | "until";
  /** 到2026年…: what follows is a target. */
  isDeadline: boolean;
}

const YEAR = "(?<![\\d.])((?:19|20)\\d{2})(?![\\d.%])";
/** A bare year; 2026家 is none. */
const NO_MEASURE = "(?![家个人名项条万亿元户米亩月日天])";
const CHINESE_DIGIT = "[〇零一二三四五六七八九]";
const PATTERNS: readonly { pattern: RegExp; fields: readonly (keyof Fields)[] }[] = [
  { pattern: new RegExp(`${YEAR}年(\\d{1,2})月(\\d{1,2})[日号]`, "g"), fields: ["year", "month", "day"] },
  {
    pattern: new RegExp(`${YEAR}[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)`, "g"),
    fields: ["year", "month", "day"],
  },
  { pattern: new RegExp(`${YEAR}年(\\d{1,2})月`, "g"), fields: ["year", "month"] },
  { pattern: /(?<!\d)(\d{1,2})月(\d{1,2})[日号]/g, fields: ["month", "day"] },
  { pattern: new RegExp(`(?<=[-~至到年])${YEAR}(?:年|${NO_MEASURE})`, "g"), fields: ["year"] },
  { pattern: new RegExp(`${YEAR}(?=年|[-~至到])年?`, "g"), fields: ["year"] },
  { pattern: new RegExp(`${YEAR}${NO_MEASURE}`, "g"), fields: ["year"] },
  { pattern: /(?<![\d个])(\d{1,2})月(?![\d报])/g, fields: ["month"] },
];
const CHINESE_DATE = new RegExp(
  `([一二]${CHINESE_DIGIT}{3})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})日)?)?`,
  "g",
);

interface Fields {
  year: number;
  month: number;
  day: number;
}

/** All dates, in order, none overlapping; the most precise reading wins. */
export function readDates(text: string): DateMention[] {
  const found: DateMention[] = [];
  const isFree = (start: number, end: number) => !found.some((one) => start < one.end && end > one.start);
  for (const { pattern, fields } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (!isFree(match.index, end)) continue;
      const values = Object.fromEntries(fields.map((field, index) => [field, Number(match[index + 1])]));
      found.push({ start: match.index, end, ...values, ...readRole(text, match.index, end) });
    }
  }
  for (const match of text.matchAll(CHINESE_DATE)) {
    const end = match.index + match[0].length;
    if (!isFree(match.index, end)) continue;
    found.push({ start: match.index, end, ...readChineseFields(match), ...readRole(text, match.index, end) });
  }
  return found.sort((one, other) => one.start - other.start);
}

function readChineseFields(match: RegExpExecArray | RegExpMatchArray): Partial<Fields> {
  const fields: Partial<Fields> = {};
  const names = ["year", "month", "day"] as const;
  names.forEach((name, index) => {
    const part = match[index + 1];
    const value = part === undefined ? undefined : parseChineseNumeral(part);
    if (value !== undefined) fields[name] = value;
  });
  return fields;
}

function readRole(text: string, start: number, end: number): Pick<DateMention, "role" | "isDeadline"> {
  const before = text.slice(Math.max(0, start - 2), start);
  const after = text.slice(end, end + 3);
  const isDeadline =
    /[到至]$/.test(before) && !/\d年?[到至]$/.test(text.slice(Math.max(0, start - 3), start));
  if (/^(以来|之后|以后|后|起|开始)/.test(after)) return { role: "from", isDeadline: false };
  if (/^(年?底?(之前|以前|前|止|截止))/.test(after)) return { role: "until", isDeadline: true };
  if (/[到至]$/.test(before)) return { role: "until", isDeadline };
  if (/[自从]$/.test(before)) return { role: "from", isDeadline: false };
  return { isDeadline: false };
}

/** Whether `told` says no more than `known`: every field that it has is the same. */
export function isCoveredBy(told: DateMention, known: DateMention): boolean {
  return (["year", "month", "day"] as const).every(
    (field) => told[field] === undefined || told[field] === known[field],
  );
}
