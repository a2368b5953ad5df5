/** The current instant. Passed in everywhere; only the composition root reads the machine's clock. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A clock that tests move by hand. */
export interface ManualClock {
  now: Clock;
  advance(milliseconds: number): void;
}

export function createManualClock(start: Date): ManualClock {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
}

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** The calendar day in Asia/Shanghai (which has no daylight saving) as `YYYY-MM-DD`. */
export function toShanghaiDay(instant: Date): string {
  return new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** The first instant of a day `YYYY-MM-DD` in Asia/Shanghai. */
export function fromShanghaiDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `YYYY-MM-DD`, of the calendar. Date.parse takes the 30th of February for a day in March. */
export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && toShanghaiDay(fromShanghaiDay(text)) === text;
}
