import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { toText } from "../row-values.ts";
import type { TicketChange, TicketRecord } from "../types.ts";
import { toEffectRow, toEventRow, toTaskRow, toTicketRow } from "./ticket-rows.ts";
import { withoutEnterprise } from "./unlink-enterprise.ts";

/** Thrown inside a transaction, so that nothing of it stays; leaves the store as a returned outcome. */
export class RefusedChange extends Error {
  readonly outcome: "stale" | "repeated";

  constructor(outcome: "stale" | "repeated") {
    super(`the change is ${outcome}`);
    this.outcome = outcome;
  }
}

/** Throws `RefusedChange`. Whoever calls holds the lock of changes. */
export async function applyChange(
  transaction: Knex.Transaction,
  change: TicketChange,
  expectedRevision: number,
): Promise<void> {
  const ticket = await dropMissingEnterprise(transaction, change.ticket);
  if (ticket.revision <= expectedRevision) throw revisionStands(ticket);
  if (await knowsAnyEvent(transaction, change)) throw new RefusedChange("repeated");
  const { ticket_id, ...values } = toTicketRow(ticket);
  const changed = await transaction("tickets")
    .where({ ticket_id, revision: expectedRevision })
    .update(values);
  if (changed === 0) {
    await requireTicket(transaction, ticket_id);
    throw new RefusedChange("stale");
  }
  await markCards(transaction, ticket_id, ticket.revision);
  await insertParts(transaction, change);
}

/** What hangs on a ticket; tasks that are there take the new values, the rest is only ever added. */
export async function insertParts(transaction: Knex.Transaction, change: TicketChange): Promise<void> {
  for (const task of change.tasks) {
    await transaction("ticket_tasks").insert(toTaskRow(task)).onConflict("task_id").merge();
  }
  for (const event of change.events) await transaction("ticket_events").insert(toEventRow(event));
  for (const effect of change.effects) await transaction("ticket_effects").insert(toEffectRow(effect));
}

/** By this the cards that show an older revision are found. */
async function markCards(transaction: Knex.Transaction, ticketId: string, revision: number): Promise<void> {
  await transaction("ticket_cards").where("ticket_id", ticketId).update({ ticket_revision: revision });
}

/** The enterprise may have been deleted since the ticket was looked at: its name must not come back with it. */
export async function dropMissingEnterprise(
  transaction: Knex.Transaction,
  ticket: TicketRecord,
): Promise<TicketRecord> {
  if (ticket.enterpriseId === null) return ticket;
  const enterprise_id = toText(ticket.enterpriseId);
  const present: unknown = await transaction("enterprises").where({ enterprise_id }).first("enterprise_id");
  if (present) return ticket;
  return { ...ticket, enterpriseId: null, content: withoutEnterprise(ticket.content) };
}

async function knowsAnyEvent(transaction: Knex.Transaction, change: TicketChange): Promise<boolean> {
  if (change.events.length === 0) return false;
  const known: unknown = await transaction("ticket_events")
    .where("ticket_id", toText(change.ticket.ticketId))
    .whereIn(
      "event_key",
      change.events.map((event) => toText(event.key)),
    )
    .first("sequence");
  return known !== undefined;
}

async function requireTicket(transaction: Knex.Transaction, ticketId: string): Promise<void> {
  const known: unknown = await transaction("tickets").where("ticket_id", ticketId).first("ticket_id");
  if (known) return;
  throw new AppError({
    code: "not-found",
    message: `ticket ${ticketId} does not exist`,
    safeMessage: "没有找到这张工单。请核对工单编号，或在工单列表中查找。",
  });
}

/** Two changes from one state would otherwise both pass. */
function revisionStands({ ticketId, revision }: TicketRecord): AppError {
  return new AppError({
    code: "internal",
    message: `ticket ${ticketId}: revision ${revision} does not grow with the change`,
    safeMessage: "系统内部错误，本次操作没有写入。请稍后重试；若仍出现，请把错误编号告诉管理员。",
  });
}
