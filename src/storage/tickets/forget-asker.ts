import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toJson, toText } from "../row-values.ts";
import type { ChangeOrigin, NewAuditEntry, TicketStore } from "../types.ts";
import { nameOnly, ticketSubject } from "./changes.ts";
import { rewriteTicket } from "./unlink-enterprise.ts";

type Erase = Parameters<TicketStore["forgetAsker"]>[1];
type ForgettingPart = Pick<TicketStore, "getDialogue" | "saveDialogue" | "forgetAsker">;

export function createForgetting({ read, write }: Database): ForgettingPart {
  return {
    async getDialogue(sessionKey) {
      const row: { account: string; state: string; updated_at: string } | undefined = await read(
        "triage_dialogues",
      )
        .where("session_key", toText(sessionKey))
        .first("account", "state", "updated_at");
      return row && { account: row.account, state: fromJson(row.state), updatedAt: row.updated_at };
    },
    async saveDialogue(record) {
      const row = {
        session_key: toText(record.sessionKey),
        account: toText(record.account),
        updated_at: record.updatedAt,
        state: toJson(record.state),
      };
      await write("triage_dialogues").insert(row).onConflict("session_key").merge();
    },
    forgetAsker: (account, erase, at, origin) =>
      changeWithin(write, (transaction) => forget(transaction, toText(account), erase, at, origin)),
  };
}

async function forget(
  transaction: Knex.Transaction,
  account: string,
  erase: Erase,
  at: Date,
  origin: ChangeOrigin,
): Promise<number> {
  await transaction("triage_dialogues").where({ account }).delete();
  const tickets: { ticket_id: string; revision: number; content: string }[] = await transaction("tickets")
    .where("asker_account", account)
    .orderBy("opened_at")
    .select("ticket_id", "revision", "content");
  const entries: NewAuditEntry[] = [];
  for (const ticket of tickets) {
    const nobody = `forgotten:${ticket.ticket_id}`;
    const content = erase.ticket(fromJson(ticket.content));
    await rewriteTicket(transaction, ticket, content, {
      asker_account: nobody,
      session_key: nobody,
      request_key: nobody,
    });
    await eraseEvents(transaction, ticket.ticket_id, account, nobody, erase);
    await eraseEffects(transaction, ticket.ticket_id, erase);
    const subject = ticketSubject(ticket.ticket_id);
    entries.push(describeChange("ticket.forget", subject, {}, at, nameOnly(origin)));
  }
  if (entries.length > 0) await appendAudit(transaction, ...entries);
  return tickets.length;
}

async function eraseEvents(
  transaction: Knex.Transaction,
  ticketId: string,
  account: string,
  nobody: string,
  erase: Erase,
): Promise<void> {
  const rows: { sequence: number; made_by: string; content: string }[] = await transaction("ticket_events")
    .where("ticket_id", ticketId)
    .select("sequence", "made_by", "content");
  for (const { sequence, made_by, content } of rows) {
    await transaction("ticket_events")
      .where({ ticket_id: ticketId, sequence })
      .update({
        made_by: made_by === account ? nobody : made_by,
        // Keys of messages hold the sender's id on some platforms.
        event_key: `forgotten:${sequence}`,
        content: toJson(erase.event(fromJson(content))),
      });
  }
}

/** Without a function for them nothing of them is kept, and what waits does not go out any more. */
async function eraseEffects(transaction: Knex.Transaction, ticketId: string, erase: Erase): Promise<void> {
  const ofTicket = { ticket_id: ticketId };
  if (!erase.effect) {
    await transaction("ticket_effects")
      .where({ ...ofTicket, state: "pending" })
      .update({ state: "unreachable" });
    await transaction("ticket_effects")
      .where(ofTicket)
      .update({ content: toJson(null) });
    return;
  }
  const rows: { effect_key: string; content: string }[] = await transaction("ticket_effects")
    .where(ofTicket)
    .select("effect_key", "content");
  for (const { effect_key, content } of rows) {
    await transaction("ticket_effects")
      .where({ effect_key })
      .update({ content: toJson(erase.effect(fromJson(content))) });
  }
}
