import type { Party, SlaSettings, Ticket, TicketCommand } from "../types.ts";
import { AUTHORITIES, type CommandName } from "./allowed-transitions.ts";
import { guardAuthority, guardState, isAlready } from "./guard-command.ts";

const NAMES = Object.keys(AUTHORITIES) as readonly CommandName[];
/** They name a task. */
const OF_TASK: ReadonlySet<CommandName> = new Set<CommandName>([
  "claim",
  "release",
  "transfer",
  "return",
  "ask",
  "reply",
  "close",
  "undo-close",
  "unassign",
  "unreachable",
]);

/** What this person could do now; `taskId` null: with the ticket as a whole. What must be written is not looked at. */
export function mayDo(
  ticket: Ticket,
  party: Party,
  taskId: string | null,
  sla: Pick<SlaSettings, "undoMinutes" | "reopenDays">,
  now: Date,
): TicketCommand["do"][] {
  const task = ticket.tasks.find((each) => each.taskId === taskId) ?? null;
  const context = { by: party, now, sla, nameOf: () => null };
  return NAMES.filter(
    (name) =>
      (task !== null || !OF_TASK.has(name)) &&
      guardAuthority(ticket, task, name, context) === null &&
      !isAlready(ticket, task, name, context) &&
      guardState(ticket, task, name, context) === null,
  );
}
