import { fromShanghaiDay, toShanghaiDay } from "../../shared/index.ts";
import type { FigurePeriod } from "./figure-types.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export function addDays(day: string, days: number): string {
  return toShanghaiDay(new Date(fromShanghaiDay(day).getTime() + days * DAY_MS));
}

export function countDays({ from, to }: FigurePeriod): number {
  return Math.max(0, (fromShanghaiDay(to).getTime() - fromShanghaiDay(from).getTime()) / DAY_MS);
}

export function listDays(period: FigurePeriod): string[] {
  return Array.from({ length: countDays(period) }, (_, index) => addDays(period.from, index));
}

/** As many days, directly before. */
export function periodBefore(period: FigurePeriod): FigurePeriod {
  return { from: addDays(period.from, -countDays(period)), to: period.from };
}

export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** The last whole week, Monday to Sunday, before the week of an instant. */
export function lastWeek(at: Date): FigurePeriod {
  const to = mondayOf(toShanghaiDay(at));
  return { from: addDays(to, -7), to };
}

/** The last whole month before that of an instant. */
export function lastMonth(at: Date): FigurePeriod {
  const to = `${toShanghaiDay(at).slice(0, 7)}-01`;
  return { from: `${addDays(to, -1).slice(0, 7)}-01`, to };
}

export interface Span {
  has(instant: string | null): boolean;
}

export function createSpan({ from, to }: FigurePeriod): Span {
  const start = fromShanghaiDay(from).getTime();
  const end = fromShanghaiDay(to).getTime();
  return {
    has(instant) {
      if (instant === null) return false;
      const at = Date.parse(instant);
      return start <= at && at < end;
    },
  };
}
