import type { TaskClock, Ticket, TicketTask } from "../types.ts";

export interface JudgedClock {
  kept: boolean;
  /** When it was met, or ran out. ISO 8601. */
  at: string;
}

/** Null: still runs in time, stands, or was stopped by a withdrawal or merger, which say nothing of the department. */
export function judgeClock(
  clock: TaskClock,
  task: TicketTask,
  ticket: Ticket,
  asOf: Date,
): JudgedClock | null {
  if (clock.breachedAt !== null) return { kept: false, at: clock.breachedAt };
  if (clock.metAt !== null) return { kept: true, at: clock.metAt };
  const ended = task.state === "closed" || task.state === "cancelled" || ticket.mergedInto !== null;
  // Ran out while nothing was looking.
  return !ended && clock.dueAt !== null && isOverdue(clock, asOf) ? { kept: false, at: clock.dueAt } : null;
}

/** Who had the task at an instant: what came before a transfer is the earlier department's. */
export function departmentAt(task: TicketTask, instant: string): string {
  const at = Date.parse(instant);
  const next = task.reroutes.find((reroute) => Date.parse(reroute.at) > at);
  return next?.from ?? task.department;
}

export function isOverdue(clock: TaskClock, asOf: Date): boolean {
  return clock.metAt === null && clock.dueAt !== null && Date.parse(clock.dueAt) < asOf.getTime();
}
