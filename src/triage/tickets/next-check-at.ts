import type { Ticket, TicketTask } from "../types.ts";
import { autoCloseAt } from "./auto-close.ts";
import { isLive } from "./deciding.ts";
import { type ClockContext, termsFor } from "./task-clocks.ts";

/** When a tick could find something to do for this task; null: only when somebody acts. */
export function nextCheckAt(ticket: Ticket, task: TicketTask, context: ClockContext): Date | null {
  if (!isLive(task)) return null;
  const { rules, term, hours } = termsFor(context, task.department, ticket.urgency);
  const ofClocks = task.clocks
    .filter(({ runningSince, metAt }) => runningSince !== null && metAt === null)
    .map((clock) => rules.nextCheckAt(clock, context.now, context.sla, hours, term.aroundTheClock ?? false));
  return [...ofClocks, autoCloseAt(task, context)].reduce<Date | null>(
    (first, at) => (at !== null && (first === null || at < first) ? at : first),
    null,
  );
}
