import type { Department, Ticket, TicketTask } from "../types.ts";
import type { ActOnTicket } from "./act-on-ticket.ts";
import type { TicketDeskOptions } from "./desk-parts.ts";

/** Nobody of the department can be told: to the fallback, and where that is it already, to the administrators' notice. */
export async function moveOn(
  ticket: Ticket,
  task: TicketTask,
  department: Department | undefined,
  { logger }: Pick<TicketDeskOptions, "logger">,
  act: ActOnTicket,
): Promise<void> {
  const why = department ? `${department.name}目前没有可以通知的人员或群` : "该部门已不在分派表中";
  logger.error(
    { ticket: ticket.number, department: task.department, alert: "department-unreachable" },
    "a department cannot be told of its ticket",
  );
  // Again after a crash the state says that it was done; later, after somebody had it, it is a new case.
  const key = `unreachable:${task.taskId}:${ticket.revision}`;
  await act.bySystem(ticket.ticketId, { do: "unreachable", taskId: task.taskId, why }, key);
}
