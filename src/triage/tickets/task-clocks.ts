import { createClockRules } from "../clocks/create-clock-rules.ts";
import type {
  ClockKind,
  ClockRules,
  DecisionContext,
  SlaTerm,
  TaskClock,
  TicketTask,
  Urgency,
  WorkingHours,
} from "../types.ts";
import { fallbackOf } from "./deciding.ts";

/** Of a department that is no longer in the settings and without a fallback. */
const USUAL_HOURS: WorkingHours = [
  ["09:00", "11:30"],
  ["13:30", "17:30"],
];

export type ClockContext = Pick<DecisionContext, "now" | "departments" | "sla" | "calendar">;

export interface ClockTerms {
  rules: ClockRules;
  term: SlaTerm;
  hours: WorkingHours;
}

export function termsFor(
  { departments, sla, calendar }: ClockContext,
  department: string,
  urgency: Urgency,
): ClockTerms {
  const rules = createClockRules(calendar);
  const hours = (departments.get(department) ?? fallbackOf({ departments }))?.hours ?? USUAL_HOURS;
  return { rules, term: rules.termFor(sla, department, urgency), hours };
}

const isOpen = (clock: TaskClock): boolean => clock.metAt === null;
const isResponse = ({ kind }: TaskClock): boolean => kind !== "resolution";

function mapOpen(
  task: TicketTask,
  change: (clock: TaskClock) => TaskClock,
  wanted: (clock: TaskClock) => boolean = () => true,
): TicketTask {
  return {
    ...task,
    clocks: task.clocks.map((clock) => (isOpen(clock) && wanted(clock) ? change(clock) : clock)),
  };
}

export function startClocks(
  kinds: readonly ClockKind[],
  department: string,
  urgency: Urgency,
  context: ClockContext,
): TaskClock[] {
  const { rules, term, hours } = termsFor(context, department, urgency);
  return kinds.map((kind) => rules.start(kind, context.now, term, hours));
}

/** A word to the asker was said: what waited for it is met, and the first one is remembered. */
export function meetResponses(task: TicketTask, urgency: Urgency, context: ClockContext): TicketTask {
  const { rules, hours } = termsFor(context, task.department, urgency);
  const met = mapOpen(task, (clock) => rules.meet(clock, context.now, hours), isResponse);
  return { ...met, firstResponseAt: task.firstResponseAt ?? context.now.toISOString() };
}

export function meetAll(task: TicketTask, urgency: Urgency, context: ClockContext): TicketTask {
  const { rules, hours } = termsFor(context, task.department, urgency);
  return mapOpen(task, (clock) => rules.meet(clock, context.now, hours));
}

/** They stand: the asker has the word, or nothing is left to be done. */
export function pauseClocks(task: TicketTask, urgency: Urgency, context: ClockContext): TicketTask {
  const { rules, hours } = termsFor(context, task.department, urgency);
  return mapOpen(
    task,
    (clock) => rules.pause(clock, context.now, hours),
    ({ runningSince }) => runningSince !== null,
  );
}

export function resumeClocks(task: TicketTask, urgency: Urgency, context: ClockContext): TicketTask {
  const { rules, hours } = termsFor(context, task.department, urgency);
  return mapOpen(
    task,
    (clock) => rules.resume(clock, context.now, hours),
    ({ runningSince }) => runningSince === null,
  );
}

/** The asker has said something that waits for an answer; a response that is owed already stays as it is. */
export function awaitResponse(task: TicketTask, urgency: Urgency, context: ClockContext): TicketTask {
  if (task.clocks.some((clock) => isOpen(clock) && isResponse(clock))) return task;
  const kind = task.firstResponseAt === null ? "first-response" : "next-response";
  return { ...task, clocks: [...task.clocks, ...startClocks([kind], task.department, urgency, context)] };
}

/** By the terms of the task's present department and urgency; time used so far counts in the hours of `before`. */
export function regrantClocks(
  task: TicketTask,
  before: string,
  urgency: Urgency,
  context: ClockContext,
): TicketTask {
  const { rules, term, hours } = termsFor(context, task.department, urgency);
  const old = termsFor(context, before, urgency).hours;
  return mapOpen(task, (clock) => rules.regrant(clock, context.now, term, old, hours));
}
