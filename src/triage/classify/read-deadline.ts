/** A time near at hand that the asker names. */
export interface NearTime {
  words: string;
  start: number;
  end: number;
  /** From today; 0 is today. Of weekdays without a known today the farthest of the week. */
  days: number;
  /** The words themselves say that it is a limit: …前, …内, 只剩…. */
  isLimit: boolean;
}

const LIMIT = /[前内剩限]|还有|不到|不足|left|within|before|by |until/;

/** Before an hour of the clock: not today's. */
const OTHER_DAY = /(?:(?:周|星期|礼拜)[一二三四五六日天末]|[明后]天|明|\d[日号])$/;

interface Reader {
  pattern: RegExp;
  days(match: RegExpMatchArray, today: Date | null): number | null;
}

const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  半: 0.5,
};
const WEEKDAYS = "一二三四五六日";
const ENGLISH_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NUMBER = "\\d{1,3}|十?[一二两三四五六七八九]|[一二两三四五]?十[一二三四五六七八九]?|半";

const READERS: readonly Reader[] = [
  {
    pattern: new RegExp(
      `(?:还有|只剩|就剩|还剩|仅剩|只有|再过|再有|差)(?:下|不到)?(?:${NUMBER}|几)(?:个)?半?(?:小时|钟头|分钟|刻钟)|(?:${NUMBER}|几)(?:个)?半?(?:小时|钟头|分钟|刻钟)(?:之|以)?(?:内|后|就)|(?:中午|上午|下午|晚上|凌晨)?(?:十?[一二三四五六七八九十]|\\d{1,2})(?:点|:\\d\\d)(?:半|钟|整|\\d{1,2}分)?(?:之?前|截|关|停|锁|解密|开标|收摊)`,
      "g",
    ),
    days: (match) => (/^(?:[3-9]\d|\d{3}).{0,2}(?:小时|钟头)/.test(match[0]) ? null : 0),
  },
  { pattern: /大后天/g, days: () => 3 },
  { pattern: /后天|后日/g, days: () => 2 },
  { pattern: /明天|明早|明晚|明日|明儿|明朝|明(?=[上下]午)|tomorrow/g, days: () => 1 },
  {
    pattern:
      /今天|今日|今晚|今早|今夜|当天|即日|今朝|今(?=[上下]午)|[上下]午[^，。]{0,3}点[^，。]{0,3}前|晚上[^，。]{0,3}点[^，。]{0,2}前|(?:[一两二三四五六\d]{1,2}个?(?:小时|钟头)|[\d一二三四五半]{1,3}(?:个)?(?:小时|分钟))[之以]?(?:内|后)|今夜|等会儿就|马上要|today|tonight|this (?:afternoon|evening|morning)|within (?:the |an |\d+ )?hours?|in (?:an|two|three|\d+) hours?/g,
    days: () => 0,
  },
  {
    pattern: /(?<!下|下个|上|上个|每|每个)(这个|这|本)?(?:周|星期|礼拜)([一二三四五六日天末])/g,
    days: (match, today) => toWeekday(match[2], today, 0),
  },
  {
    pattern: /下(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])?/g,
    days: (match, today) => (match[1] ? toWeekday(match[1], today, 1) : 10),
  },
  { pattern: /(?:这|本)(?:个)?(?:周|星期|礼拜)(?![一二三四五六日天末])|周末|this week/g, days: () => 6 },
  {
    pattern: new RegExp(
      `(${NUMBER})(?:个)?(工作日|天|日|周|星期|礼拜)(?=之?[内后前里]|就|截|到期|答辩|回复|整改|可)`,
      "g",
    ),
    days: (match) => toNumber(match[1]) * (/周|星期|礼拜/.test(match[2] ?? "") ? 7 : 1),
  },
  {
    pattern: new RegExp(
      `(?:还有|还剩|只剩|就剩|仅剩|剩下?|只有|不到|不足|限期?|限我们)(?:了|不到|下)?(?:最后)?(${NUMBER})(?:个)?(工作日|天|日|周|星期|礼拜)`,
      "g",
    ),
    days: (match) => toNumber(match[1]) * (/周|星期|礼拜/.test(match[2] ?? "") ? 7 : 1),
  },
  {
    pattern: /(?:这个?月|本月|当月)?(?:月底|月末|底前)|(?:这个?月|本月)(?:内|底)|end of (?:the|this) month/g,
    days: (_, today) => (today ? daysInMonth(today) - today.getUTCDate() : 10),
  },
  {
    pattern: /(?<!\d)(\d{1,2})月(\d{1,2})[日号]?/g,
    days: (match, today) => toDate(match[1], match[2], today),
  },
  { pattern: /(?:这个?月|本月)(\d{1,2})[日号]/g, days: (match, today) => toDayOfMonth(match[1], today, 0) },
  { pattern: /(?:下个?月)(\d{1,2})[日号]/g, days: (match, today) => toDayOfMonth(match[1], today, 1) },
  {
    pattern: /(?<![\d月\-.])(\d{1,2})号(?=[前之截到要就开上下之]|$|，)/g,
    days: (match, today) => toDayOfMonth(match[1], today, 0),
  },
  {
    pattern: /(?:this |by |on |next |before )(monday|tuesday|wednesday|thursday|friday|saturday|sunday)/g,
    days: (match, today) =>
      toWeekday(WEEKDAYS.charAt(ENGLISH_DAYS.indexOf(match[1] ?? "")), today, /next/.test(match[0]) ? 1 : 0),
  },
  { pattern: /next week/g, days: () => 10 },
  {
    pattern:
      /(?:within|in|only|another) (\d{1,2}|two|three|five|ten) (?:working |business )?(day|week)s?|(\d{1,2}|two|three|five) (?:working |business )?days? (?:left|to go)/g,
    days: (match) => englishNumber(match[1] ?? match[3]) * (match[2] === "week" ? 7 : 1),
  },
  {
    pattern: /(?:by|on|before|until) (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (\d{1,2})/g,
    days: (match, today) => toDate(String(MONTHS.indexOf(match[1] ?? "") + 1), match[2], today),
  },
];

/** Farther than this is no near time. */
const NEAR_DAYS = 20;

/** Whether a date of the calendar is named that is farther away than a near one. */
export function namesFarDate(folded: string, today: string | undefined): boolean {
  if (today === undefined) return false;
  const day = new Date(`${today}T00:00:00Z`);
  return [...folded.matchAll(/(?<!\d)(\d{1,2})月(\d{1,2})[日号]?|明年|后年|下半年/g)].some((match) => {
    const distance = match[1] === undefined ? NEAR_DAYS + 1 : toDate(match[1], match[2], day);
    return distance !== null && distance > NEAR_DAYS;
  });
}

/** `today` as `YYYY-MM-DD`; without it dates of the calendar count as near, weekdays as this week's. */
export function readNearTimes(folded: string, today?: string): NearTime[] {
  const day = today === undefined ? null : new Date(`${today}T00:00:00Z`);
  const found: NearTime[] = [];
  for (const { pattern, days } of READERS) {
    for (const match of folded.matchAll(pattern)) {
      const distance = days(match, day);
      // “周五上午十点前” is Friday's.
      if (distance === 0 && OTHER_DAY.test(folded.slice(0, match.index))) continue;
      if (distance === null || distance < 0 || distance > NEAR_DAYS) continue;
      const end = match.index + match[0].length;
      if (found.some((other) => match.index < other.end && other.start < end)) continue;
      found.push({
        words: match[0],
        start: match.index,
        end,
        days: distance,
        isLimit: LIMIT.test(folded.slice(match.index, end + 1)),
      });
    }
  }
  return found.sort((a, b) => a.days - b.days);
}

function toNumber(words: string | undefined): number {
  if (words === undefined) return 0;
  if (/^\d+$/.test(words)) return Number(words);
  const ten = words.indexOf("十");
  if (ten < 0) return DIGITS[words] ?? 0;
  return (ten === 0 ? 1 : (DIGITS[words.charAt(0)] ?? 1)) * 10 + (DIGITS[words.charAt(ten + 1)] ?? 0);
}

function englishNumber(words: string | undefined): number {
  const named: Readonly<Record<string, number>> = { two: 2, three: 3, five: 5, ten: 10 };
  return named[words ?? ""] ?? Number(words ?? 0);
}

function toWeekday(name: string | undefined, today: Date | null, weeks: number): number | null {
  const wanted = name === "天" ? 6 : name === "末" ? 5 : WEEKDAYS.indexOf(name ?? "");
  if (wanted < 0) return null;
  if (!today) return weeks * 7 + 4;
  const now = (today.getUTCDay() + 6) % 7;
  const distance = wanted - now + weeks * 7;
  return distance >= 0 ? distance : distance + 7;
}

function toDate(month: string | undefined, day: string | undefined, today: Date | null): number | null {
  const wantedMonth = Number(month);
  const wantedDay = Number(day);
  if (!(wantedMonth >= 1 && wantedMonth <= 12 && wantedDay >= 1 && wantedDay <= 31)) return null;
  if (!today) return 10;
  const year = today.getUTCFullYear();
  const thisYear = daysBetween(today, Date.UTC(year, wantedMonth - 1, wantedDay));
  return thisYear >= -60 ? thisYear : daysBetween(today, Date.UTC(year + 1, wantedMonth - 1, wantedDay));
}

function toDayOfMonth(day: string | undefined, today: Date | null, months: number): number | null {
  const wanted = Number(day);
  if (!(wanted >= 1 && wanted <= 31)) return null;
  if (!today) return months === 0 ? 10 : 15;
  return daysBetween(today, Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + months, wanted));
}

function daysBetween(today: Date, instant: number): number {
  return Math.round((instant - today.getTime()) / 86_400_000);
}

function daysInMonth(today: Date): number {
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 0)).getUTCDate();
}
