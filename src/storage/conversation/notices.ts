import type { Knex } from "knex";
import type { Database } from "../dialect.ts";
import { toJson, toText } from "../row-values.ts";
import type { ConversationStore } from "../types.ts";
import { addReply } from "./outbox.ts";
import { addTurn } from "./turns.ts";

type Notice = Parameters<ConversationStore["enqueueNotice"]>[0];

export function createNotices({ write }: Database): Pick<ConversationStore, "enqueueNotice"> {
  return {
    enqueueNotice: (notice) => write.transaction((transaction) => enqueue(transaction, notice)),
  };
}

/** The key is kept in a table of its own, because the inbox forgets what is finished and old. */
async function enqueue(transaction: Knex.Transaction, notice: Notice): Promise<"enqueued" | "duplicate"> {
  const key = { channel: toText(notice.channel), message_key: toText(notice.messageKey) };
  const { createdAt } = notice.outbox;
  if (await transaction("inbox").where(key).first("sequence")) return "duplicate";
  const written: unknown[] = await transaction("notices")
    .insert({ ...key, created_at: createdAt })
    .onConflict(["channel", "message_key"])
    .ignore()
    .returning("message_key");
  if (written.length === 0) return "duplicate";
  await transaction("inbox").insert({
    ...key,
    state: "done",
    session_key: toText(notice.sessionKey),
    attempts: 0,
    accepted_at: createdAt,
    done_at: createdAt,
    message: toJson(null),
  });
  await addReply(transaction, { ...notice.outbox, channel: key.channel, messageKey: key.message_key });
  if (notice.turn) await addTurn(transaction, notice.turn);
  return "enqueued";
}
