import type { TaskClock, WorkCalendar, WorkingHours } from "../types.ts";

export const MINUTE_MS = 60_000;

/** The time in which a clock runs. Whole milliseconds, so that pausing neither loses nor gains any. */
export interface WorkingTime {
  /** Between two instants; never negative. */
  between(from: Date, to: Date): number;
  /** Where `ms` of it end. Zero: the next instant at which it runs. */
  after(from: Date, ms: number): Date;
  isOpen(at: Date): boolean;
}

const dayAndNight: WorkingTime = {
  between: (from, to) => Math.max(0, to.getTime() - from.getTime()),
  after: (from, ms) => new Date(from.getTime() + ms),
  isOpen: () => true,
};

export function chooseWorkingTime(
  calendar: WorkCalendar,
  hours: WorkingHours,
  aroundTheClock: boolean,
): WorkingTime {
  if (aroundTheClock) return dayAndNight;
  return {
    between: (from, to) => toMs(calendar.workingMinutesBetween(from, to, hours)),
    after: (from, ms) => calendar.addWorkingMinutes(from, toMinutes(ms), hours),
    isOpen: (at) => calendar.isWorkingTime(at, hours),
  };
}

export function toMs(minutes: number): number {
  return Math.round(minutes * MINUTE_MS);
}

export function toMinutes(ms: number): number {
  return ms / MINUTE_MS;
}

/** All that a clock has used up to an instant; an instant before its present run adds nothing. */
export function usedMsAt(clock: TaskClock, at: Date, time: WorkingTime): number {
  const before = toMs(clock.usedMinutes);
  return clock.runningSince === null ? before : before + time.between(new Date(clock.runningSince), at);
}
