import { readNumeral, toHalfWidthDigits } from "../outline/read-numeral.ts";

export interface PrintedDate {
  /** `YYYY-MM-DD`, or `YYYY-MM` when no day is printed. */
  day: string;
  start: number;
  end: number;
}

const ARABIC_DATE =
  /((?:19|20)[0-9]{2}|(?:[0-9] ){3}[0-9])[ \u3000]{0,2}年[ \u3000]{0,2}([0-9]{1,2}|[0-9] [0-9])[ \u3000]{0,2}月(?:[ \u3000]{0,2}([0-9]{1,2}|[0-9] [0-9])[ \u3000]{0,2}[日号])?/g;
const CHINESE_DATE =
  /([〇零○ＯO一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?/g;
const PLAIN_DATE = /((?:19|20)[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?![0-9.])/g;

/** All dates in a text, in order: 2024年4月26日, 二〇二五年四月十一日, 2024-09-12, 2024.9.12, months without a day. */
export function findDates(text: string): PrintedDate[] {
  const half = toHalfWidthDigits(text);
  const found: PrintedDate[] = [];
  for (const pattern of [ARABIC_DATE, CHINESE_DATE]) {
    for (const match of half.matchAll(pattern)) addDate(found, match, [match[1], match[2], match[3]]);
  }
  for (const match of half.matchAll(PLAIN_DATE)) addDate(found, match, [match[1], match[3], match[4]]);
  return found.sort((a, b) => a.start - b.start);
}

function addDate(found: PrintedDate[], match: RegExpExecArray, parts: readonly (string | undefined)[]): void {
  const [year, month, date] = parts.map((part) => (part === undefined ? undefined : readNumeral(part)));
  if (year === undefined || month === undefined || year < 1949 || year > 2100) return;
  const day = toDay(year, month, date);
  if (day) found.push({ day, start: match.index, end: match.index + match[0].length });
}

function toDay(year: number, month: number, date: number | undefined): string | undefined {
  if (month < 1 || month > 12) return undefined;
  const prefix = `${year}-${String(month).padStart(2, "0")}`;
  if (date === undefined) return prefix;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return date >= 1 && date <= last ? `${prefix}-${String(date).padStart(2, "0")}` : undefined;
}
