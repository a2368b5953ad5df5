import type { ClockKind, TaskClock } from "../../triage/index.ts";
import { describeInstant, describeSoon, describeSpan } from "./describe-time.ts";

export const CLOCK_NAMES: Readonly<Record<ClockKind, string>> = {
  "first-response": "首次答复",
  "next-response": "后续答复",
  resolution: "办结",
};

/** Undefined: it has ended, and in time. */
export function describeClockLine(
  clock: TaskClock,
  now?: Date,
): { label: string; value: string } | undefined {
  const label = CLOCK_NAMES[clock.kind];
  const { dueAt, metAt, breachedAt } = clock;
  if (metAt !== null)
    return breachedAt === null ? undefined : { label, value: `已完成（超时，${describeInstant(metAt)}）` };
  if (breachedAt !== null)
    return { label, value: `已超时（应在 ${describeInstant(dueAt ?? breachedAt)} 前）` };
  if (dueAt === null) return { label, value: "计时暂停，等待企业回应" };
  if (now === undefined) return { label, value: `${describeInstant(dueAt)} 前` };
  const left = Date.parse(dueAt) - now.getTime();
  return left <= 0
    ? { label, value: `已超时（应在 ${describeInstant(dueAt)} 前）` }
    : { label, value: `还有 ${describeSpan(left)}（${describeSoon(dueAt, now)} 前）` };
}
