import { addDays, nextMonth, readSmallNumber, toDay, weekdayOf } from "./absence-days.ts";

/** A day or week named in a text, not yet on the calendar where it leaves something open. */
export interface DayMention {
  start: number;
  end: number;
  /** Days that it may mean, earliest first; `length` days each. Without year: this year's, last year's and next year's. */
  candidates: readonly string[];
  /** Named without a week or month (周三, 5日): the first one on or after what stands before it. */
  open: "weekday" | "day" | null;
  length: number;
  half: "morning" | "afternoon" | null;
}

const NUMBER = "\\d{1,2}|[一二三四五六七八九十]{1,3}";
const HALF = "(?:\\s*(上午|早上|中午前|下午|午后|中午后))?";
const PATTERNS = {
  named: new RegExp(
    `(今明(?:两|二)?[天日]|明后(?:两|二)?[天日]|今天|今日|今儿|明天|明日|明儿|大后天|后天)${HALF}`,
    "gu",
  ),
  weekday: new RegExp(`(下下个?|下个?|本|这个?)?(?:周|星期|礼拜)([一二三四五六日天末])${HALF}`, "gu"),
  week: /(下下个?|下个?|本|这个?)(?:周|星期|礼拜)(?![一二三四五六日天末])/gu,
  iso: new RegExp(`(20\\d{2})[-/.年](\\d{1,2})[-/.月](\\d{1,2})[日号]?${HALF}`, "gu"),
  monthDay: new RegExp(`(?:(今年|明年)\\s*)?(${NUMBER})\\s*月\\s*(${NUMBER})\\s*[日号]?${HALF}`, "gu"),
  slash: new RegExp(`(?<![\\d/.])(1[0-2]|0?[1-9])[/.](3[01]|[12]\\d|0?[1-9])(?![\\d/.]|\\s*天)${HALF}`, "gu"),
  day: new RegExp(`(?:(下个?月|本月|这个?月)\\s*)?(${NUMBER})\\s*[日号](?!线|楼|位)${HALF}`, "gu"),
};

/** In reading order, none overlapping; of overlapping ones the first pattern above that names more wins. */
export function findDays(text: string, today: string): DayMention[] {
  const found: DayMention[] = [];
  const add = (
    match: RegExpMatchArray,
    made: Omit<DayMention, "start" | "end" | "half"> | undefined,
    half?: string,
  ) => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (!made || found.some((one) => start < one.end && one.start < end)) return;
    found.push({ ...made, start, end, half: readHalf(half) });
  };
  for (const match of text.matchAll(PATTERNS.iso)) {
    add(match, fixed(toDay(Number(match[1]), Number(match[2]), Number(match[3]))), match[4]);
  }
  for (const match of text.matchAll(PATTERNS.monthDay)) {
    add(match, ofMonth(today, match[1], match[2], match[3]), match[4]);
  }
  for (const match of text.matchAll(PATTERNS.slash)) {
    add(match, ofMonth(today, undefined, match[1], match[2]), match[3]);
  }
  for (const match of text.matchAll(PATTERNS.named)) add(match, ofName(today, match[1] ?? ""), match[2]);
  for (const match of text.matchAll(PATTERNS.weekday))
    add(match, ofWeekday(today, match[1], match[2]), match[3]);
  for (const match of text.matchAll(PATTERNS.week)) add(match, ofWeek(today, match[1] ?? ""));
  for (const match of text.matchAll(PATTERNS.day))
    add(match, ofDay(today, match[1], match[2] ?? ""), match[3]);
  return found.sort((one, other) => one.start - other.start);
}

type Made = Omit<DayMention, "start" | "end" | "half">;

function fixed(day: string | undefined, length = 1): Made | undefined {
  return day === undefined ? undefined : { candidates: [day], open: null, length };
}

function readHalf(word: string | undefined): DayMention["half"] {
  if (!word) return null;
  return /上午|早上|中午前/u.test(word) ? "morning" : "afternoon";
}

function ofName(today: string, word: string): Made | undefined {
  if (/^(?:今明|明后)/u.test(word)) return fixed(addDays(today, word.startsWith("今") ? 0 : 1), 2);
  const ahead = /^今/u.test(word) ? 0 : /^明/u.test(word) ? 1 : word === "后天" ? 2 : 3;
  return fixed(addDays(today, ahead));
}

function weeksAhead(word: string): number {
  if (word.startsWith("下下")) return 2;
  return word.startsWith("下") ? 1 : 0;
}

function ofWeekday(today: string, week: string | undefined, letter: string | undefined): Made | undefined {
  const monday = addDays(today, 1 - weekdayOf(today));
  const weekend = letter === "末";
  const offset = weekend ? 5 : letter === "日" || letter === "天" ? 6 : "一二三四五六".indexOf(letter ?? "");
  const length = weekend ? 2 : 1;
  if (week !== undefined) return fixed(addDays(monday, 7 * weeksAhead(week) + offset), length);
  const candidates = [0, 7, 14].map((days) => addDays(monday, days + offset));
  return { candidates: candidates.filter((day) => day >= today), open: "weekday", length };
}

function ofWeek(today: string, word: string): Made | undefined {
  return fixed(addDays(today, 1 - weekdayOf(today) + 7 * weeksAhead(word)), 7);
}

function ofMonth(
  today: string,
  yearWord: string | undefined,
  monthText: string | undefined,
  dayText: string | undefined,
): Made | undefined {
  const [month, day] = [readSmallNumber(monthText ?? ""), readSmallNumber(dayText ?? "")];
  if (month === undefined || day === undefined) return undefined;
  const year = Number(today.slice(0, 4));
  if (yearWord) return fixed(toDay(yearWord === "明年" ? year + 1 : year, month, day));
  const candidates = [year - 1, year, year + 1].flatMap((one) => toDay(one, month, day) ?? []);
  return candidates.length === 0 ? undefined : { candidates, open: null, length: 1 };
}

function ofDay(today: string, monthWord: string | undefined, dayText: string): Made | undefined {
  const day = readSmallNumber(dayText);
  if (day === undefined) return undefined;
  const present: [number, number] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const following = nextMonth(...present);
  if (monthWord) return fixed(toDay(...(monthWord.startsWith("下") ? following : present), day));
  const candidates = [present, following, nextMonth(...following)].flatMap(
    (month) => toDay(...month, day) ?? [],
  );
  return candidates.length === 0 ? undefined : { candidates, open: "day", length: 1 };
}
