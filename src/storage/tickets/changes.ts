import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { ChangeOrigin, NewAuditEntry, TicketChange, TicketStore } from "../types.ts";
import { applyChange, dropMissingEnterprise, insertParts, RefusedChange } from "./change-ticket.ts";
import { toTicketRow } from "./ticket-rows.ts";

type ChangesPart = Pick<TicketStore, "nextNumber" | "create" | "commit" | "commitBoth">;

export function createChanges({ write }: Database): ChangesPart {
  return {
    nextNumber: (day) => takeNumber(write, toText(day)),
    create: (change, requestKey, at, origin) =>
      changeWithin(write, (transaction) => create(transaction, change, toText(requestKey), at, origin)),
    commit: (change, expectedRevision, at, origin) =>
      settle(write, async (transaction) => {
        await applyChange(transaction, change, expectedRevision);
        await appendAudit(transaction, ...describeEvents(change, at, origin));
      }),
    commitBoth: (first, second, at, origin) =>
      settle(write, async (transaction) => {
        for (const each of [first, second]) {
          await applyChange(transaction, each.change, each.expectedRevision);
        }
        const { ticketId } = first.change.ticket;
        const facts = { with: second.change.ticket.ticketId };
        const entries = [first, second].flatMap(({ change }) => describeEvents(change, at, origin));
        entries.push(describeChange("ticket.merge", ticketSubject(ticketId), facts, at, nameOnly(origin)));
        await appendAudit(transaction, ...entries);
      }),
  };
}

/** What the log calls a ticket. */
export function ticketSubject(ticketId: string): string {
  return `ticket:${ticketId}`;
}

/** A reason that a person typed stands in the ticket's own log, from which it can be erased; here it could not. */
export function nameOnly({ actor }: ChangeOrigin): ChangeOrigin {
  return { actor };
}

/** One statement, so that two processes never get the same. */
async function takeNumber(write: Knex, day: string): Promise<string> {
  const rows: { last: number }[] = await write("ticket_numbers")
    .insert({ day, last: 1 })
    .onConflict("day")
    .merge({ last: write.raw("ticket_numbers.last + 1") })
    .returning("last");
  return `${day.replaceAll("-", "")}-${String(rows[0]?.last).padStart(4, "0")}`;
}

async function create(
  transaction: Knex.Transaction,
  change: TicketChange,
  requestKey: string,
  at: Date,
  origin: ChangeOrigin,
): ReturnType<TicketStore["create"]> {
  const known: { ticket_id: string } | undefined = await transaction("tickets")
    .where("request_key", requestKey)
    .first("ticket_id");
  if (known) return { outcome: "duplicate", ticketId: known.ticket_id };
  const row = toTicketRow(await dropMissingEnterprise(transaction, change.ticket));
  await transaction("tickets").insert({ ...row, request_key: requestKey });
  await insertParts(transaction, change);
  const facts = {
    number: row.number,
    category: row.category,
    tasks: change.tasks.map(({ taskId, department }) => ({ taskId, department })),
  };
  const subject = ticketSubject(row.ticket_id);
  await appendAudit(transaction, describeChange("ticket.open", subject, facts, at, nameOnly(origin)));
  return { outcome: "created", ticketId: row.ticket_id };
}

async function settle(
  write: Knex,
  work: (transaction: Knex.Transaction) => Promise<void>,
): ReturnType<TicketStore["commit"]> {
  try {
    await changeWithin(write, work);
    return "committed";
  } catch (thrown) {
    if (thrown instanceof RefusedChange) return thrown.outcome;
    throw thrown;
  }
}

function describeEvents({ ticket, events }: TicketChange, at: Date, origin: ChangeOrigin): NewAuditEntry[] {
  const subject = ticketSubject(ticket.ticketId);
  const entry = (action: string, facts: Readonly<Record<string, unknown>>) =>
    describeChange(action, subject, facts, at, nameOnly(origin));
  if (events.length === 0) return [entry("ticket.change", { revision: ticket.revision })];
  return events.map(({ kind, sequence, taskId }) => entry(`ticket.${kind}`, { sequence, taskId }));
}
