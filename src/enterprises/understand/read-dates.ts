import { addDays, addMonths, monthStart } from "./calendar.ts";
import type { Span } from "./span.ts";

/** A date or period of time named in words: [from, to). */
export interface DateMention extends Span {
  from: string;
  to: string;
  /** The one calendar year that it lies in. */
  year: number;
  /** Named by the year alone (去年, 2024年): may be the period of a figure. */
  yearOnly: boolean;
}

const NUMBER = "(?:\\d{1,2}|[一二三四五六七八九十]{1,3})";
const PART = `(年?[底末初]|年?中(?!国|心|间|试|标|介|药|医)|上半年|下半年|第?[一二三四1-4]季度|q[1-4])`;
const ABSOLUTE = new RegExp(
  `((?:19|20)\\d{2}|[一二][零〇九][零〇一二三四五六七八九]{2}|(?<!\\d)\\d{2}|(?<![零〇一二三四五六七八九十百千万])[零〇一二九][零〇一二三四五六七八九])\\s*年(?:\\s*${PART}|\\s*(${NUMBER})\\s*月份?(?:\\s*([底末初])|\\s*(${NUMBER})\\s*[日号])?)?`,
  "gu",
);
const RELATIVE = new RegExp(
  `(大前年|前年|去年|上年度?|上一年度?|今年|本年度?|明年|后年)(?:\\s*(?:的)?${PART}|\\s*(${NUMBER})\\s*月份?(?:\\s*([底末初])|\\s*(${NUMBER})\\s*[日号])?)?`,
  "gu",
);
const ISO = /((?:19|20)\d{2})([-/.])(0?[1-9]|1[0-2])(?:\2(3[01]|[12]\d|0?[1-9]))?(?![\d%万亿人])/gu;
const COMPACT = /(?<![\da-z])((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\da-z万亿元人])/gu;
const NEAR = /(上个?月|这个?月|本月|昨天|今天|前几天|上周)/gu;

const OFFSETS: Readonly<Record<string, number>> = {
  大前年: -3,
  前年: -2,
  去年: -1,
  上年: -1,
  上年度: -1,
  上一年: -1,
  上一年度: -1,
  今年: 0,
  本年: 0,
  本年度: 0,
  明年: 1,
  后年: 2,
};

/** After a two-digit year: what makes it a year and not a number of years. */
const YEAR_GOES_ON =
  /^(?:就|才|刚|我们|公司|正式)*(?:注册|成立|创办|创立|创建|设立|建厂|建的|开的?|登记|营收|收入|产值|销售|利润|纳税|研发|的时候|起|全年|做了|拿|评|获|融|底|初|(?:是|有|大概|约|将近|近)?\d+(?:\.\d+)?多?(?:万|亿|千万))/u;

/** Dates of folded text in reading order, none overlapping. */
export function readDates(text: string, today: string): DateMention[] {
  const year = Number(today.slice(0, 4));
  const found: DateMention[] = [];
  for (const match of text.matchAll(ABSOLUTE)) {
    const named = readYear(text, match, year);
    if (named !== undefined) push(found, make(match, named, [match[2], match[3], match[4], match[5]]));
  }
  for (const match of text.matchAll(RELATIVE)) {
    push(found, make(match, year + (OFFSETS[match[1] ?? ""] ?? 0), [match[2], match[3], match[4], match[5]]));
  }
  for (const match of text.matchAll(ISO)) {
    push(found, make(match, Number(match[1]), [undefined, match[3], undefined, match[4]]));
  }
  for (const match of text.matchAll(COMPACT)) {
    push(found, make(match, Number(match[1]), [undefined, match[2], undefined, match[3]]));
  }
  for (const match of text.matchAll(NEAR)) push(found, makeNear(match, today));
  return found
    .sort((a, b) => a.start - b.start)
    .filter((one, at, all) => at === 0 || one.start >= (all[at - 1]?.end ?? 0));
}

function push(found: DateMention[], made: DateMention | undefined): void {
  if (made) found.push(made);
}

function readYear(text: string, match: RegExpMatchArray, year: number): number | undefined {
  const written = [...(match[1] ?? "")]
    .map((one) => ("零〇".includes(one) ? 0 : /\d/.test(one) ? one : "一二三四五六七八九".indexOf(one) + 1))
    .join("");
  const value = Number(written);
  if (written.length === 4) return value >= 1900 && value < 2100 ? value : undefined;
  const end = (match.index ?? 0) + match[0].length;
  const before = text.slice(Math.max(0, (match.index ?? 0) - 3), match.index);
  const isYear =
    (written.startsWith("0") && /^的?(?:老|时候|就|成|注|开|创|建|办)/u.test(text.slice(end, end + 2))) ||
    match[2] !== undefined ||
    match[3] !== undefined ||
    YEAR_GOES_ON.test(text.slice(end, end + 8)) ||
    /(?:于|从|自|在|是)$/.test(before);
  if (!isYear || /[成立了]$/.test(before)) return undefined;
  return value <= (year % 100) + 3 ? 2000 + value : value >= 80 ? 1900 + value : undefined;
}

type Parts = readonly [
  part: string | undefined,
  month: string | undefined,
  monthPart: string | undefined,
  day: string | undefined,
];

function make(match: RegExpMatchArray, year: number, [part, month, , day]: Parts): DateMention | undefined {
  const span = { start: match.index ?? 0, end: (match.index ?? 0) + match[0].length, year };
  if (month === undefined) {
    const [from, to] = part === undefined ? [1, 13] : monthsOf(part);
    return { ...span, from: monthStart(year, from), to: monthStart(year, to), yearOnly: part === undefined };
  }
  const monthNumber = toNumber(month);
  if (monthNumber < 1 || monthNumber > 12) return undefined;
  const from = monthStart(year, monthNumber);
  if (day === undefined) return { ...span, from, to: addMonths(from, 1), yearOnly: false };
  const exact = addDays(from, toNumber(day) - 1);
  if (exact >= addMonths(from, 1) || toNumber(day) < 1) return undefined;
  return { ...span, from: exact, to: addDays(exact, 1), yearOnly: false };
}

/** First month and the month after the last: 底 is October to December, 初 January to March, 中 May to August. */
function monthsOf(part: string): [number, number] {
  if (/[底末]/.test(part)) return [10, 13];
  if (part.includes("上半年")) return [1, 7];
  if (part.includes("下半年")) return [7, 13];
  if (part.includes("初")) return [1, 4];
  if (/季度|q/.test(part)) {
    const quarter = toNumber(part.replace(/[^一二三四1-4]/gu, ""));
    return [quarter * 3 - 2, quarter * 3 + 1];
  }
  return [5, 9];
}

function makeNear(match: RegExpMatchArray, today: string): DateMention {
  const span = { start: match.index ?? 0, end: (match.index ?? 0) + match[0].length, yearOnly: false };
  const word = match[1] ?? "";
  const month = `${today.slice(0, 7)}-01`;
  const [from, to] = word.startsWith("上")
    ? word === "上周"
      ? [addDays(today, -13), today]
      : [addMonths(month, -1), month]
    : /月/.test(word)
      ? [month, addMonths(month, 1)]
      : word === "前几天"
        ? [addDays(today, -7), today]
        : [addDays(today, word === "昨天" ? -1 : 0), addDays(today, word === "昨天" ? 0 : 1)];
  return { ...span, from, to, year: Number(from.slice(0, 4)) };
}

function toNumber(written: string): number {
  if (/^\d+$/.test(written)) return Number(written);
  const digit = (one: string | undefined) => (one ? "一二三四五六七八九".indexOf(one) + 1 : 0);
  const [tens, ones] = written.includes("十") ? written.split("十") : ["", written];
  return (written.includes("十") ? (tens ? digit(tens) : 1) * 10 : 0) + digit(ones);
}
