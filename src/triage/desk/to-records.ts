import type { TaskRecord, TicketChange, TicketRecord } from "../../storage/index.ts";
import type { Ticket, TicketEffect, TicketEvent } from "../types.ts";

/** What the store keeps beside the ticket itself, for looking up. */
export function toChange(
  ticket: Ticket,
  written: { events: readonly TicketEvent[]; effects: readonly TicketEffect[] },
  at: string,
  checkAt: (taskId: string) => Date | null,
): TicketChange {
  return {
    ticket: toTicketRecord(ticket, at),
    tasks: ticket.tasks.map(
      (task): TaskRecord => ({
        taskId: task.taskId,
        ticketId: ticket.ticketId,
        department: task.department,
        assignee: task.assignee,
        state: task.state,
        urgency: ticket.urgency,
        queuedAt: task.queuedAt,
        checkAt: checkAt(task.taskId)?.toISOString() ?? null,
      }),
    ),
    events: written.events.map((event) => ({
      ticketId: ticket.ticketId,
      sequence: event.sequence,
      at: event.at,
      by: event.by,
      kind: event.kind,
      taskId: event.taskId,
      key: event.key,
      content: event,
    })),
    effects: written.effects.map((effect) => ({
      key: effect.key,
      ticketId: ticket.ticketId,
      content: effect,
      dueAt: at,
    })),
  };
}

function toTicketRecord(ticket: Ticket, at: string): TicketRecord {
  return {
    ticketId: ticket.ticketId,
    number: ticket.number,
    revision: ticket.revision,
    status: ticket.status,
    askerAccount: ticket.asker.account,
    sessionKey: ticket.asker.sessionKey,
    enterpriseId: ticket.enterpriseId,
    category: ticket.classification.category,
    urgency: ticket.urgency,
    openedAt: ticket.openedAt,
    updatedAt: at,
    closedAt: ticket.closedAt,
    content: ticket,
  };
}

/** The store gives back what was put in; only this room writes it. */
export function readTicket(record: TicketRecord): Ticket {
  return record.content as Ticket;
}
