import { fromShanghaiDay, toShanghaiDay } from "../../shared/index.ts";
import type { Party, Refusal, SlaSettings, Ticket, TicketTask } from "../types.ts";
import { AUTHORITIES, type CommandName, TRANSITIONS } from "./allowed-transitions.ts";
import { isLive, isLiveTicket } from "./deciding.ts";
import {
  refuseClaimed,
  refuseEnded,
  refuseEndedTask,
  refuseNotClosed,
  refuseNotYours,
  refuseRated,
  refuseRateEarly,
  refuseReopenLate,
  refuseState,
  refuseStillOpen,
  refuseUndoLate,
} from "./refuse.ts";

/** What deciding who may do what when needs to know. */
export interface GuardContext {
  by: Party;
  now: Date;
  sla: Pick<SlaSettings, "undoMinutes" | "reopenDays">;
  nameOf(account: string): string | null;
}

const DAY_MS = 86_400_000;

/**
 * Belongs to the department or acts everywhere. Whoever has the task belongs to it too (a deputy may come from elsewhere), as
 * long as they belong to any department at all: someone who was removed does not.
 */
function isMember(task: TicketTask, { account, role, departments }: Party): boolean {
  if (role === "admin") return true;
  if (role !== "specialist" && role !== "lead") return false;
  return departments.includes(task.department) || (task.assignee === account && departments.length > 0);
}

const leads = (task: TicketTask, { role, departments }: Party): boolean =>
  role === "admin" || (role === "lead" && departments.includes(task.department));

function guardHolder(
  task: TicketTask,
  { by, nameOf }: GuardContext,
  overridden: (task: TicketTask, by: Party) => boolean,
): Refusal | null {
  if (!isMember(task, by)) return refuseNotYours();
  const isFree = task.assignee === null || task.assignee === by.account || !isLive(task);
  return isFree || overridden(task, by) ? null : refuseClaimed(task, nameOf);
}

/** Who. The asker's account is the asker's whatever else it is. */
export function guardAuthority(
  ticket: Ticket,
  task: TicketTask | null,
  name: CommandName,
  context: GuardContext,
): Refusal | null {
  const { by } = context;
  const isSystem = by.role === "system";
  const isAsker = !isSystem && ticket.asker.account === by.account;
  const isStaff = ticket.tasks.some((each) => isMember(each, by));
  switch (AUTHORITIES[name]) {
    case "system":
      return isSystem ? null : refuseNotYours();
    case "asker":
      return isAsker ? null : refuseNotYours();
    case "author":
      return isAsker || isStaff || isSystem ? null : refuseNotYours();
    case "staff":
      return isStaff || isSystem ? null : refuseNotYours();
    case "holder":
      return task === null ? refuseNotYours() : guardHolder(task, context, () => false);
    case "holder-or-lead":
      return task === null ? refuseNotYours() : guardHolder(task, context, leads);
    case "closer-or-lead": {
      if (task === null || !isMember(task, by)) return refuseNotYours();
      const may = task.state !== "closed" || task.closedBy === by.account || leads(task, by);
      return may ? null : refuseNotYours();
    }
  }
}

/** The wished state is there already: a second click. */
export function isAlready(
  ticket: Ticket,
  task: TicketTask | null,
  name: CommandName,
  { by }: Pick<GuardContext, "by">,
): boolean {
  if (name === "cancel") return ticket.status === "已撤回";
  if (name === "tick") return !isLiveTicket(ticket);
  if (task === null) return false;
  if (name === "claim") return isLive(task) && task.assignee === by.account;
  if (name === "release") return task.state === "queued";
  if (name === "close") return task.state === "closed" && task.closedBy === by.account;
  if (name === "unassign") return !isLive(task) || task.assignee === null;
  return name === "unreachable" && (!isLive(task) || task.unreachableAt !== null);
}

/** When. */
export function guardState(
  ticket: Ticket,
  task: TicketTask | null,
  name: CommandName,
  context: GuardContext,
): Refusal | null {
  if (name === "rate") return guardRating(ticket);
  if (name === "reopen") return guardReopening(ticket, context);
  if (name === "recall-message" || name === "note" || name === "link-faq") return null;
  if (ticket.mergedInto !== null) return refuseEnded(ticket);
  if (name === "undo-close") return guardUndoing(task, context);
  if (!isLiveTicket(ticket)) return guardEnded(ticket, name, context);
  const states = TRANSITIONS[name];
  if (task === null || states === undefined || states[task.state] !== undefined) return null;
  return isLive(task) ? refuseState(task) : refuseEndedTask(task);
}

/** After an end, the hint to reopen is given only while that is possible. */
function guardEnded(ticket: Ticket, name: CommandName, context: GuardContext): Refusal {
  if (name === "asker-say" && ticket.status === "已办结")
    return guardReopening(ticket, context) ?? refuseEnded(ticket);
  return refuseEnded(ticket);
}

function guardReopening(ticket: Ticket, { now, sla }: GuardContext): Refusal | null {
  if (ticket.mergedInto !== null || ticket.status === "已撤回") return refuseEnded(ticket);
  if (ticket.closedAt === null) return refuseStillOpen();
  return now >= reopenableUntil(ticket.closedAt, sla.reopenDays) ? refuseReopenLate(sla.reopenDays) : null;
}

/** Until the end of the last day, in Shanghai. */
function reopenableUntil(closedAt: string, days: number): Date {
  const closingDay = fromShanghaiDay(toShanghaiDay(new Date(closedAt)));
  return new Date(closingDay.getTime() + (days + 1) * DAY_MS);
}

function guardRating(ticket: Ticket): Refusal | null {
  if (ticket.satisfaction !== null) return refuseRated();
  return ticket.status === "已办结" ? null : refuseRateEarly();
}

function guardUndoing(task: TicketTask | null, { now, sla }: GuardContext): Refusal | null {
  if (task?.state !== "closed" || task.closedAt === null) return refuseNotClosed();
  const late = now.getTime() > Date.parse(task.closedAt) + sla.undoMinutes * 60_000;
  return late || task.beforeClose === null ? refuseUndoLate(sla.undoMinutes) : null;
}
