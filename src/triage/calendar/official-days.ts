import arrangements from "chinese-days/dist/chinese-days.json" with { type: "json" };

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

// The library's functions shift days in machines west of Greenwich; its data does not.
const HOLIDAYS: Readonly<Record<string, string>> = arrangements.holidays;
const WORKDAYS: Readonly<Record<string, string>> = arrangements.workdays;

/** By the State Council's arrangement as the library carries it; weekends only where it carries none. */
export function isOfficialWorkday(dayNumber: number): boolean {
  const date = new Date(dayNumber * DAY_MS);
  const day = date.toISOString().slice(0, 10);
  if (WORKDAYS[day] !== undefined) return true;
  const weekday = date.getUTCDay();
  return weekday !== 0 && weekday !== 6 && HOLIDAYS[day] === undefined;
}

/** A neighbouring year's arrangement may reach into January or December, never to the National Day. */
export function hasArrangement(year: number): boolean {
  return HOLIDAYS[`${year}-10-01`] !== undefined;
}
