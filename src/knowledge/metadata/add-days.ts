/** `YYYY-MM-DD` moved by whole years, months and days; 02-29 becomes 02-28 where the year has none. */
export function addTime(day: string, time: { years?: number; months?: number; days?: number }): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const months = (time.years ?? 0) * 12 + (time.months ?? 0) + (month - 1);
  const targetYear = year + Math.floor(months / 12);
  const targetMonth = ((months % 12) + 12) % 12;
  const lastDate = new Date(Date.UTC(targetYear, targetMonth + 1, 0)).getUTCDate();
  const target = Date.UTC(targetYear, targetMonth, Math.min(date, lastDate) + (time.days ?? 0));
  return new Date(target).toISOString().slice(0, 10);
}

/** The last day of a month `YYYY-MM`. */
export function lastDayOf(month: string): string {
  return addTime(`${month}-01`, { months: 1, days: -1 });
}
