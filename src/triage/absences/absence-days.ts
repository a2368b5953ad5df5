const DAY_MS = 24 * 60 * 60 * 1000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Monday 1 … Sunday 7. */
export function weekdayOf(day: string): number {
  return new Date(day).getUTCDay() || 7;
}

/** Undefined when the calendar has no such day. */
export function toDay(year: number, month: number, day: number): string | undefined {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const at = new Date(text);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? text : undefined;
}

/** Months before and after are wanted as they are on the calendar: 0 is December of the year before. */
export function nextMonth(year: number, month: number): [year: number, month: number] {
  return month === 12 ? [year + 1, 1] : [year, month + 1];
}

const DIGITS = "零一二三四五六七八九";

/** 1–99 in Chinese or Arabic digits: 三, 十二, 二十五, 两, 15. */
export function readSmallNumber(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const plain = text.replaceAll("两", "二");
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(plain);
  if (!match || plain === "") return undefined;
  const [, first, ten, last] = match;
  if (!ten) return first && !last ? DIGITS.indexOf(first) : undefined;
  return (first ? DIGITS.indexOf(first) : 1) * 10 + (last ? DIGITS.indexOf(last) : 0);
}
