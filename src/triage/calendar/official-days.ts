import chineseDays from "chinese-days";

export const DAY_MS = 24 * 60 * 60 * 1000;
const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** Days since 1970-01-01 in Asia/Shanghai, which has no daylight saving. */
export function toDayNumber(instantMs: number): number {
  return Math.floor((instantMs + SHANGHAI_OFFSET_MS) / DAY_MS);
}

/** The first instant of a day, in milliseconds. */
export function startOfDay(dayNumber: number): number {
  return dayNumber * DAY_MS - SHANGHAI_OFFSET_MS;
}

/** The library reads days in the machine's zone; noon there is that day everywhere. */
function atLocalNoon(dayNumber: number): Date {
  const day = new Date(dayNumber * DAY_MS);
  return new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 12);
}

/** By the State Council's arrangement as the library carries it; weekends only where it carries none. */
export function isOfficialWorkday(dayNumber: number): boolean {
  return chineseDays.isWorkday(atLocalNoon(dayNumber));
}

/** Days of an arrangement are named `National Day,国庆节,3`, all others by their weekday only. */
export function hasArrangement(year: number): boolean {
  return chineseDays.getDayDetail(new Date(year, 9, 1, 12)).name.includes(",");
}
