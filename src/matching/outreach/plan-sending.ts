import { fromShanghaiDay, toShanghaiDay } from "../../shared/index.ts";
import type { SubscriptionRecord } from "../../storage/index.ts";

/** `HH:MM`, Asia/Shanghai: digests and reminders go out from then on. */
export const DIGEST_AT = "09:00";

export type QuietHours = Pick<SubscriptionRecord, "quietFrom" | "quietTo">;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MONDAY = 1;

/** From `quietFrom` until `quietTo`, also across midnight; the same time twice means never. */
export function isQuiet(at: Date, { quietFrom, quietTo }: QuietHours): boolean {
  const [from, to, now] = [toMinutes(quietFrom), toMinutes(quietTo), minuteOfDay(at)];
  return from <= to ? now >= from && now < to : now >= from || now < to;
}

/** The instant itself, or the one at which quiet hours end. */
export function leaveQuiet(at: Date, hours: QuietHours): Date {
  return isQuiet(at, hours) ? nextTime(at, hours.quietTo) : at;
}

/** The next digest after an instant, outside of quiet hours. */
export function nextDigest(at: Date, { cadence, ...hours }: Schedule): Date {
  let next = nextTime(at, DIGEST_AT);
  while (cadence === "weekly" && weekdayOf(next) !== MONDAY) next = new Date(next.getTime() + DAY_MS);
  return leaveQuiet(next, hours);
}

export type Schedule = QuietHours & Pick<SubscriptionRecord, "cadence">;

/** When something found now is due. Whole seconds: see `frozenAt`. */
export function planSending(at: Date, schedule: Schedule): Date {
  const due = schedule.cadence === "at-once" ? leaveQuiet(at, schedule) : nextDigest(at, schedule);
  return new Date(Math.floor(due.getTime() / 1000) * 1000);
}

/**
 * The items of a message that is under way carry its instant as their due time, and only such an instant has milliseconds:
 * a process that died between handing the message over and noting it finds the same items of the same message again.
 */
export function frozenAt(now: Date): Date {
  return now.getTime() % 1000 === 0 ? new Date(now.getTime() - 1) : now;
}

export function isFrozen(dueAt: string): boolean {
  return new Date(dueAt).getTime() % 1000 !== 0;
}

/** Past `DIGEST_AT` today. */
export function isPastDigest(at: Date): boolean {
  return minuteOfDay(at) >= toMinutes(DIGEST_AT);
}

/** The first instant after this one with a time of day. */
function nextTime(at: Date, time: string): Date {
  const today = fromShanghaiDay(toShanghaiDay(at)).getTime() + toMinutes(time) * MINUTE_MS;
  return new Date(today > at.getTime() ? today : today + DAY_MS);
}

function minuteOfDay(at: Date): number {
  return Math.floor((at.getTime() - fromShanghaiDay(toShanghaiDay(at)).getTime()) / MINUTE_MS);
}

function toMinutes(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** 1 is Monday. */
function weekdayOf(at: Date): number {
  return new Date(`${toShanghaiDay(at)}T00:00:00Z`).getUTCDay();
}
