import type { ReminderStep, SlaSettings, TaskClock } from "../types.ts";
import { toMs, usedMsAt, type WorkingTime } from "./working-time.ts";

interface StepWindow {
  step: ReminderStep;
  /** Due once this much of the clock's time is used … */
  fromMs: number;
  /** … and less than this. */
  untilMs: number;
}

function openSteps(clock: TaskClock, sla: SlaSettings): StepWindow[] {
  const granted = toMs(clock.grantedMinutes);
  const windows: StepWindow[] = [
    { step: "soon", fromMs: toMs(clock.grantedMinutes * sla.soonShare), untilMs: granted },
    { step: "breached", fromMs: granted, untilMs: Number.POSITIVE_INFINITY },
    { step: "lead", fromMs: granted + toMs(sla.leadAfter), untilMs: Number.POSITIVE_INFINITY },
    { step: "asker", fromMs: granted + toMs(sla.askerAfter), untilMs: Number.POSITIVE_INFINITY },
  ];
  return windows.filter(({ step, fromMs, untilMs }) => fromMs < untilMs && !clock.reminded.includes(step));
}

/** `time`: in which the clock runs; `telling`: in which people are reminded. */
export function findDueSteps(
  clock: TaskClock,
  at: Date,
  sla: SlaSettings,
  time: WorkingTime,
  telling: WorkingTime,
): readonly ReminderStep[] {
  if (clock.runningSince === null || clock.metAt !== null) return [];
  const open = openSteps(clock, sla);
  if (open.length === 0 || !telling.isOpen(at)) return [];
  const used = usedMsAt(clock, at, time);
  return open.filter(({ fromMs, untilMs }) => fromMs <= used && used < untilMs).map(({ step }) => step);
}

/** The first instant from `after` on at which there is a due step. */
export function findNextCheck(
  clock: TaskClock,
  after: Date,
  sla: SlaSettings,
  time: WorkingTime,
  telling: WorkingTime,
): Date | null {
  if (clock.runningSince === null || clock.metAt !== null) return null;
  const since = new Date(clock.runningSince);
  const usedBefore = toMs(clock.usedMinutes);
  let first: Date | null = null;
  for (const { fromMs, untilMs } of openSteps(clock, sla)) {
    const reached = fromMs <= usedBefore ? after : time.after(since, fromMs - usedBefore);
    const at = telling.after(reached > after ? reached : after, 0);
    if (usedMsAt(clock, at, time) >= untilMs) continue;
    if (first === null || at < first) first = at;
  }
  return first;
}
