import type { TaskClock, Ticket, TicketTask } from "../types.ts";

export interface JudgedClock {
  kept: boolean;
  /** When it was met, or ran out. ISO 8601. */
  at: string;
}

/** Withdrawing and merging end clocks without an answer: those say nothing of the department. */
function endedUnanswered({ metAt }: TaskClock, task: TicketTask, ticket: Ticket): boolean {
  const dropped = task.state === "cancelled" || ticket.mergedInto !== null;
  const endedAt = task.closedAt ?? ticket.closedAt;
  return dropped && metAt !== null && endedAt !== null && Date.parse(metAt) >= Date.parse(endedAt);
}

/** Null: still runs in time, stands, or ended without saying anything. */
export function judgeClock(
  clock: TaskClock,
  task: TicketTask,
  ticket: Ticket,
  asOf: Date,
): JudgedClock | null {
  if (clock.breachedAt !== null) return { kept: false, at: clock.breachedAt };
  if (clock.metAt !== null) {
    return endedUnanswered(clock, task, ticket) ? null : { kept: true, at: clock.metAt };
  }
  const ended = task.state === "closed" || task.state === "cancelled" || ticket.mergedInto !== null;
  // Ran out while nothing was looking.
  return !ended && clock.dueAt !== null && isOverdue(clock, asOf) ? { kept: false, at: clock.dueAt } : null;
}

/** Minutes of a clock that was met by an answer. */
export function measureClock(clock: TaskClock, task: TicketTask, ticket: Ticket): number | null {
  return clock.metAt === null || endedUnanswered(clock, task, ticket) ? null : clock.usedMinutes;
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
