import { AppError, fromShanghaiDay } from "../../shared/index.ts";
import type { CalendarSettings, WorkCalendar, WorkingHours } from "../types.ts";
import { type CompiledHours, compileHours } from "./compile-hours.ts";
import { hasArrangement, isOfficialWorkday, startOfDay, toDayNumber } from "./official-days.ts";

const MINUTE_MS = 60_000;
/** Two hundred years: what is due later comes of a wrong setting, while a machine's clock at 1970 stays harmless. */
const MAX_DAYS = 200 * 366;

interface Days {
  isOpen(dayNumber: number): boolean;
}

function createDays(settings: CalendarSettings): Days {
  const known = new Map<number, boolean>();
  const overrides = new Map<number, boolean>();
  for (const day of settings.workdays) overrides.set(toDayNumber(fromShanghaiDay(day).getTime()), true);
  for (const day of settings.holidays) overrides.set(toDayNumber(fromShanghaiDay(day).getTime()), false);
  return {
    isOpen(dayNumber) {
      const before = known.get(dayNumber);
      if (before !== undefined) return before;
      const open = overrides.get(dayNumber) ?? isOfficialWorkday(dayNumber);
      known.set(dayNumber, open);
      return open;
    },
  };
}

function toInstant(at: Date): number {
  const instant = at.getTime();
  if (Number.isFinite(instant)) return instant;
  throw new AppError({
    code: "internal",
    message: "Working time asked for an invalid instant",
    safeMessage: "时间无法识别，未能计算办理时限；请重试，若仍出现请告诉管理员。",
  });
}

function tooFar(message: string): AppError {
  return new AppError({
    code: "configuration",
    message,
    safeMessage: "办理时限超出可计算的范围；请管理员检查时限、工作时间与节假日设置。",
  });
}

/** Where `wanted` milliseconds after an instant of an open day end, or how many of them the day leaves over. */
function findInDay(
  dayStart: number,
  offset: number,
  wanted: number,
  hours: CompiledHours,
): { end: number } | { left: number } {
  let left = wanted;
  for (const { from, to } of hours.stretches) {
    const start = Math.max(from, offset);
    if (start >= to) continue;
    // Zero wants an instant that is open; anything else may end with the stretch.
    if (left <= to - start) return { end: dayStart + start + left };
    left -= to - start;
  }
  return { left };
}

function openBefore(offset: number, hours: CompiledHours): number {
  let sum = 0;
  for (const { from, to } of hours.stretches) if (offset > from) sum += Math.min(offset, to) - from;
  return sum;
}

function addWorking(from: number, wanted: number, hours: CompiledHours, days: Days): number {
  const first = toDayNumber(from);
  let left = wanted;
  for (let day = first; day < first + MAX_DAYS; day += 1) {
    if (!days.isOpen(day)) continue;
    const dayStart = startOfDay(day);
    if (day > first && left > hours.perDayMs) {
      left -= hours.perDayMs;
      continue;
    }
    const found = findInDay(dayStart, Math.max(0, from - dayStart), left, hours);
    if ("end" in found) return found.end;
    left = found.left;
  }
  throw tooFar(`No ${wanted} ms of working time within ${MAX_DAYS} days`);
}

function workingBetween(from: number, to: number, hours: CompiledHours, days: Days): number {
  const first = toDayNumber(from);
  const last = toDayNumber(to);
  if (last - first > MAX_DAYS) throw tooFar(`A span of ${last - first} days`);
  let sum = 0;
  for (let day = first; day <= last; day += 1) {
    if (!days.isOpen(day)) continue;
    const dayStart = startOfDay(day);
    sum += day === last ? openBefore(to - dayStart, hours) : hours.perDayMs;
    if (day === first) sum -= openBefore(from - dayStart, hours);
  }
  return sum;
}

/**
 * Reckons in whole milliseconds: minutes are rounded to them. A closing instant is no working time, yet it is where minutes
 * that fill the day end. Throws `configuration` for hours without any opening and for what lies further than two hundred years.
 */
export function createWorkCalendar(settings: CalendarSettings): WorkCalendar {
  const days = createDays(settings);
  const compiled = new WeakMap<WorkingHours, CompiledHours>();
  const compile = (hours: WorkingHours): CompiledHours => {
    const before = compiled.get(hours);
    if (before !== undefined) return before;
    const made = compileHours(hours);
    compiled.set(hours, made);
    return made;
  };
  const add = (from: Date, wantedMs: number, hours: WorkingHours) =>
    new Date(addWorking(toInstant(from), wantedMs, compile(hours), days));
  return {
    isWorkday: (day) => days.isOpen(toDayNumber(toInstant(fromShanghaiDay(day)))),
    isWorkingTime(at, hours) {
      const instant = toInstant(at);
      const day = toDayNumber(instant);
      const offset = instant - startOfDay(day);
      return (
        days.isOpen(day) && compile(hours).stretches.some(({ from, to }) => from <= offset && offset < to)
      );
    },
    nextWorkingTime: (at, hours) => add(at, 0, hours),
    addWorkingMinutes(from, minutes, hours) {
      if (!Number.isFinite(minutes)) throw tooFar(`${minutes} working minutes`);
      return add(from, Math.max(0, Math.round(minutes * MINUTE_MS)), hours);
    },
    workingMinutesBetween(from, to, hours) {
      const [start, end] = [toInstant(from), toInstant(to)];
      return end <= start ? 0 : workingBetween(start, end, compile(hours), days) / MINUTE_MS;
    },
    coversYear: (year) => hasArrangement(year),
  };
}
