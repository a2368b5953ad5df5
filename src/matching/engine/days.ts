/** Arithmetic on days `YYYY-MM-DD` of the calendar; a day has no zone, so no hours are ever involved. */
const DAY_MS = 86_400_000;

export function addDays(day: string, days: number): string {
  return toDay(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
}

/**
 * The corresponding day so many months on (or back); where the month has none, its last day (民法典第二百零二条):
 * a year after 2024-02-29 is 2025-02-28.
 */
export function addMonths(day: string, months: number): string {
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12;
  const date = Math.min(Number(day.slice(8, 10)), countDays(year, month));
  return `${String(year).padStart(4, "0")}-${String(month + 1).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** Months completed from one day to another; 0 when the second is earlier. */
export function countCompletedMonths(from: string, to: string): number {
  const whole =
    (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 +
    Number(to.slice(5, 7)) -
    Number(from.slice(5, 7));
  return Math.max(0, addMonths(from, whole) <= to ? whole : whole - 1);
}

/** The last day since which so many months are complete on `day`. */
export function latestStart(day: string, months: number): string {
  let start = addDays(addMonths(day, -months), 4);
  while (addMonths(start, months) > day) start = addDays(start, -1);
  return start;
}

/** Of a month, counted from 0. */
function countDays(year: number, month: number): number {
  if (month !== 1) return [3, 5, 8, 10].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
