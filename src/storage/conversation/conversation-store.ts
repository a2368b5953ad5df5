import type { Knex } from "knex";
import type { Database } from "../dialect.ts";
import { toInstant } from "../row-values.ts";
import type { ConversationStore } from "../types.ts";
import { eraseUser } from "./erase-user.ts";
import { createInbox } from "./inbox.ts";
import { createNotices } from "./notices.ts";
import { createOutbox } from "./outbox.ts";
import { createTurns } from "./turns.ts";
import { withdrawMessage } from "./withdraw-message.ts";

export function createConversationStore(database: Database): ConversationStore {
  return {
    ...createInbox(database),
    ...createOutbox(database),
    ...createTurns(database),
    ...createNotices(database),
    async counts() {
      const [inbox, outbox] = await Promise.all([
        countByState(database.read, "inbox"),
        countByState(database.read, "outbox"),
      ]);
      return { inbox, outbox };
    },
    withdrawMessage: (channel, messageKey, at, keep) =>
      database.write.transaction((transaction) =>
        withdrawMessage(transaction, [channel, messageKey], at, keep),
      ),
    eraseUser: (channel, userId) =>
      database.write.transaction((transaction) => eraseUser(transaction, channel, userId)),
    pruneFinished: (before) =>
      database.write.transaction((transaction) => pruneFinished(transaction, before)),
  };
}

async function countByState(read: Knex, table: "inbox" | "outbox"): Promise<Record<string, number>> {
  const rows: { state: string; count: number | string }[] = await read(table)
    .groupBy("state")
    .select("state")
    .count({ count: "*" });
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}

/**
 * A message goes together with its reply, and only when both are finished: while a reply is on its way, the message must
 * stay known. Turns stay; they are the history of a session. Returns the rows removed from both tables.
 */
async function pruneFinished(transaction: Knex.Transaction, before: Date): Promise<number> {
  // `done_at` is set exactly when a message is done.
  const finished = transaction("inbox").where("done_at", "<", toInstant(before));
  const replies = await transaction("outbox")
    .whereNot("state", "pending")
    .whereIn(["channel", "message_key"], finished.clone().select("channel", "message_key"))
    .delete();
  const onTheirWay = transaction("outbox")
    .whereRaw("outbox.channel = inbox.channel and outbox.message_key = inbox.message_key")
    .select("sequence");
  const messages = await finished.clone().whereNotExists(onTheirWay).delete();
  return replies + messages;
}
