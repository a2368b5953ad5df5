import type { Department, Ticket, TicketTask } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";
import { findPlaces } from "./find-places.ts";

type Options = Pick<
  TicketDeskOptions,
  "logger" | "settings" | "canReach" | "absences" | "listAdmins" | "clock"
>;

/**
 * Nobody of the department can be told: to the fallback, and where that is it already, to the administrators' notice. It stays
 * where it is when its people look for themselves (over REST), or when nobody at all could be told: a ticket that wanders
 * between departments without a reader helps nobody. `isKnown`: the reply to the request told the asker.
 */
export async function moveOn(
  ticket: Ticket,
  task: TicketTask,
  department: Department | undefined,
  options: Options,
  act: ActOnTicket,
  isKnown = false,
): Promise<"moved" | "stays"> {
  if (department && (await mayStay(department, options))) return "stays";
  const why = department ? `${department.name}目前没有可以通知的人员或群` : "该部门已不在分派表中";
  options.logger.error(
    { ticket: ticket.number, department: task.department, alert: "department-unreachable" },
    "a department cannot be told of its ticket",
  );
  // Again after a crash the state says that it was done; later, after somebody had it, it is a new case.
  const key = `unreachable:${task.taskId}:${ticket.revision}`;
  const { taskId } = task;
  await act.bySystem(ticket.ticketId, { do: "unreachable", taskId, why, ...(isKnown && { isKnown }) }, key);
  return "moved";
}

async function mayStay(department: Department, options: Options): Promise<boolean> {
  if (department.specialists.some(({ account }) => account.startsWith("api:"))) return true;
  if (department.fallback) return false;
  const fallback = options.settings().departments.find((each) => each.fallback);
  return (await findPlaces(fallback, { assignee: null }, options)).length === 0;
}
