import { fromShanghaiDay, isDay, toShanghaiDay } from "../../shared/index.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_DAYS = 366;

const DAY = String.raw`(?:(?<year>\d{4})\s*[年/.-]\s*)?(?<month>\d{1,2})\s*[月/.-]\s*(?<date>\d{1,2})\s*[日号]?|(?<word>今天|明天|后天|大后天)|(?<only>\d{1,2})\s*[日号]`;
const WORDS: Readonly<Record<string, number>> = { 今天: 0, 明天: 1, 后天: 2, 大后天: 3 };

export interface ReadAbsence {
  from: Date;
  /** Half-open: the day after the last. */
  to: Date;
  /** A name as typed. */
  deputy: string | null;
}

/** Days and who stands in. A day without a year is the next of that name; undefined: no days, or none that make sense. */
export function readAbsence(words: string, now: Date): ReadAbsence | undefined {
  const text = words.normalize("NFKC");
  const days: string[] = [];
  for (const match of text.matchAll(new RegExp(DAY, "gu"))) {
    const day = toDay(match.groups ?? {}, days.at(-1) ?? toShanghaiDay(now));
    if (day === undefined) return undefined;
    days.push(day);
  }
  const [first, last = first] = days;
  if (first === undefined || last === undefined || days.length > 2) return undefined;
  const from = fromShanghaiDay(first);
  const to = new Date(fromShanghaiDay(last).getTime() + DAY_MS);
  const length = (to.getTime() - from.getTime()) / DAY_MS;
  if (length < 1 || length > MAX_DAYS || to <= now) return undefined;
  return { from: from < now ? now : from, to, deputy: readDeputy(text) };
}

function toDay(groups: Readonly<Record<string, string | undefined>>, after: string): string | undefined {
  const { year, month, date, word, only } = groups;
  if (word !== undefined) {
    return toShanghaiDay(new Date(fromShanghaiDay(after).getTime() + (WORDS[word] ?? 0) * DAY_MS));
  }
  const base = `${year ?? after.slice(0, 4)}-${pad(month ?? after.slice(5, 7))}-${pad(date ?? only ?? "")}`;
  if (!isDay(base)) return undefined;
  if (year !== undefined || base >= after) return base;
  const next = `${Number(after.slice(0, 4)) + 1}${base.slice(4)}`;
  return month !== undefined && isDay(next) ? next : undefined;
}

function pad(part: string): string {
  return part.padStart(2, "0");
}

function readDeputy(text: string): string | null {
  const named =
    /(?:由|请|交给|代办人?[:：是为]?|@)\s*@?(?<name>[\p{Script=Han}·]{2,6}?)(?=代|接|替|顶|负责|处理|[\s，,。]|$)/u.exec(
      text,
    ) ??
    /(?:^|[\s，,。日号天])@?(?<name>[\p{Script=Han}·]{2,4}?)(?:代班|代办|代理|接手|顶班|替班|代)(?:[\s，,。]|$)/u.exec(
      text,
    );
  return named?.groups?.["name"] ?? null;
}
