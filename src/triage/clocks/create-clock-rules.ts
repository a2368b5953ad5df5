import type { ClockRules, SlaTerm, TaskClock, WorkCalendar, WorkingHours } from "../types.ts";
import { chooseTerm } from "./choose-term.ts";
import { findDueSteps, findNextCheck } from "./reminder-steps.ts";
import { chooseWorkingTime, toMinutes, toMs, usedMsAt, type WorkingTime } from "./working-time.ts";

function grantedBy(term: SlaTerm, kind: TaskClock["kind"]): number {
  if (kind === "first-response") return term.firstResponse;
  return kind === "next-response" ? term.nextResponse : term.resolution;
}

/** A clock of the machine that was set back must not end anything before it began. */
function notBefore(at: Date, earliest: string): string {
  return at.getTime() < Date.parse(earliest) ? earliest : at.toISOString();
}

function breachAt(clock: TaskClock, at: Date): string | null {
  if (clock.breachedAt !== null || clock.dueAt === null) return clock.breachedAt;
  return at.getTime() > Date.parse(clock.dueAt) ? clock.dueAt : null;
}

function stop(clock: TaskClock, at: Date, time: WorkingTime | null): TaskClock {
  const usedMinutes = time === null ? clock.usedMinutes : toMinutes(usedMsAt(clock, at, time));
  return { ...clock, usedMinutes, runningSince: null, dueAt: null, breachedAt: breachAt(clock, at) };
}

function run(clock: TaskClock, at: Date, time: WorkingTime): TaskClock {
  const left = toMs(clock.grantedMinutes) - toMs(clock.usedMinutes);
  const end = left < 0 && clock.breachedAt !== null ? clock.breachedAt : undefined;
  const dueAt = end ?? time.after(at, Math.max(0, left)).toISOString();
  return { ...clock, runningSince: at.toISOString(), dueAt };
}

function grantAnew(clock: TaskClock, term: SlaTerm): TaskClock {
  const { aroundTheClock: _before, ...rest } = clock;
  const grantedMinutes = grantedBy(term, clock.kind);
  const timeLeft = toMs(clock.usedMinutes) < toMs(grantedMinutes);
  return {
    ...rest,
    grantedMinutes,
    reminded: timeLeft ? [] : clock.reminded,
    ...(term.aroundTheClock === true && { aroundTheClock: true }),
  };
}

/**
 * All steps are told by the time that a clock has used, so waiting for the asker puts them off. Times before the present run
 * count as none: a machine clock that jumps back takes nothing away.
 */
export function createClockRules(calendar: WorkCalendar): ClockRules {
  const timeOf = (clock: TaskClock, hours: WorkingHours) =>
    chooseWorkingTime(calendar, hours, clock.aroundTheClock === true);
  return {
    termFor: chooseTerm,
    start(kind, at, term, hours) {
      const clock: TaskClock = {
        kind,
        grantedMinutes: grantedBy(term, kind),
        startedAt: at.toISOString(),
        usedMinutes: 0,
        runningSince: null,
        dueAt: null,
        metAt: null,
        breachedAt: null,
        reminded: [],
        ...(term.aroundTheClock === true && { aroundTheClock: true }),
      };
      return run(clock, at, timeOf(clock, hours));
    },
    pause(clock, at, hours) {
      if (clock.runningSince === null || clock.metAt !== null) return clock;
      return stop(clock, at, timeOf(clock, hours));
    },
    resume(clock, at, hours) {
      if (clock.runningSince !== null || clock.metAt !== null) return clock;
      return run(clock, at, timeOf(clock, hours));
    },
    meet(clock, at, hours) {
      if (clock.metAt !== null) return clock;
      const stopped = stop(clock, at, hours === undefined ? null : timeOf(clock, hours));
      return { ...stopped, metAt: notBefore(at, clock.startedAt) };
    },
    regrant(clock, at, term, hours, newHours = hours) {
      if (clock.metAt !== null) return clock;
      if (clock.runningSince === null) return grantAnew(clock, term);
      const granted = grantAnew(stop(clock, at, timeOf(clock, hours)), term);
      return run(granted, at, timeOf(granted, newHours));
    },
    dueSteps: (clock, at, sla, hours, aroundTheClock) =>
      findDueSteps(clock, at, sla, timeOf(clock, hours), chooseWorkingTime(calendar, hours, aroundTheClock)),
    nextCheckAt: (clock, after, sla, hours, aroundTheClock) =>
      findNextCheck(
        clock,
        after,
        sla,
        timeOf(clock, hours),
        chooseWorkingTime(calendar, hours, aroundTheClock),
      ),
  };
}
