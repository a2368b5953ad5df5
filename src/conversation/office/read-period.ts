import { fromShanghaiDay, isDay, toShanghaiDay } from "../../shared/index.ts";
import { lastMonth, lastWeek } from "../../triage/index.ts";

/** `YYYY-MM-DD`; `to` is not included. Both absent: the last seven days. */
export interface ReadPeriod {
  from?: string;
  to?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DATE = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`;
const RANGE = new RegExp(`^(?:从|from)?\\s*${DATE}\\s*(?:到|至|—|–|~|～|to|until|-)\\s*${DATE}$`, "iu");
const SINGLE = new RegExp(`^${DATE}$`, "u");

/** “上周”, “2026-11-01 到 2026-11-15” (the last day counts). Undefined: no period. */
export function readPeriod(words: string, at: Date): ReadPeriod | undefined {
  const plain = words.trim().toLowerCase();
  const today = toShanghaiDay(at);
  const tomorrow = dayAfter(today);
  switch (plain) {
    case "":
    case "近七天":
    case "最近七天":
    case "近一周":
    case "最近一周":
      return {};
    case "今天":
    case "今日":
    case "today":
      return { from: today, to: tomorrow };
    case "本周":
    case "这周":
    case "this week":
      return { from: lastWeek(at).to, to: tomorrow };
    case "上周":
    case "last week":
      return lastWeek(at);
    case "本月":
    case "这个月":
    case "this month":
      return { from: lastMonth(at).to, to: tomorrow };
    case "上月":
    case "上个月":
    case "last month":
      return lastMonth(at);
    default:
      return readDates(plain);
  }
}

function readDates(plain: string): ReadPeriod | undefined {
  const range = RANGE.exec(plain);
  if (range) {
    const [from, last] = [toDay(range.slice(1, 4)), toDay(range.slice(4, 7))];
    return from !== undefined && last !== undefined && from <= last
      ? { from, to: dayAfter(last) }
      : undefined;
  }
  const single = SINGLE.exec(plain);
  const day = single ? toDay(single.slice(1, 4)) : undefined;
  return day === undefined ? undefined : { from: day, to: dayAfter(day) };
}

function toDay([year = "", month = "", day = ""]: readonly string[]): string | undefined {
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isDay(written) ? written : undefined;
}

function dayAfter(day: string): string {
  return toShanghaiDay(new Date(fromShanghaiDay(day).getTime() + DAY_MS));
}
