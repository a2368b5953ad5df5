import type { Knex } from "knex";
import { fromJson, toInstant, toJson, toText } from "../row-values.ts";
import type { WithdrawnMessage } from "../types.ts";
import { type TurnRow, toTurnRecord } from "./turns.ts";

interface MessageRow {
  state: string;
  message: string;
  stream: string | null;
}

interface ReplyRow {
  state: string;
  receipt: string | null;
  reply: string;
}

/**
 * The key stays known, what was said does not: the platform may bring the message again. Locks the message before the
 * reply, as completing does.
 */
export async function withdrawMessage(
  transaction: Knex.Transaction,
  [channel, messageKey]: readonly [string, string],
  at: Date,
  keep: (message: unknown) => boolean = () => false,
): Promise<WithdrawnMessage> {
  const key = { channel: toText(channel), message_key: toText(messageKey) };
  const row: MessageRow | undefined = await transaction("inbox")
    .where(key)
    .forUpdate()
    .first("state", "message", "stream");
  if (!row) return { outcome: "unknown" };
  const message = fromJson(row.message);
  if (keep(message)) return { outcome: "kept" };
  const turn: TurnRow | undefined = await transaction("turns").where(key).first();
  await transaction("turns").where(key).delete();
  const done = { state: "done", done_at: toInstant(at), message: toJson(null), stream: null };
  await transaction("inbox")
    .where(key)
    .update(row.state === "done" ? { message: done.message } : done);
  const delivered = await dropReply(transaction, key);
  if (delivered) return { ...delivered, ...(turn && { turn: toTurnRecord(turn) }) };
  const left = row.state === "accepted" && row.stream !== null ? { stream: fromJson(row.stream) } : {};
  return { outcome: "withdrawn", message, ...left };
}

/** Undefined: it was not sent yet, and will not be. */
async function dropReply(
  transaction: Knex.Transaction,
  key: { channel: string; message_key: string },
): Promise<Extract<WithdrawnMessage, { outcome: "delivered" }> | undefined> {
  const row: ReplyRow | undefined = await transaction("outbox")
    .where(key)
    .forUpdate()
    .first("state", "receipt", "reply");
  if (row?.state !== "delivered") {
    if (row) await transaction("outbox").where(key).delete();
    return undefined;
  }
  await transaction("outbox")
    .where(key)
    .update({ reply: toJson(null) });
  return { outcome: "delivered", receipt: row.receipt, reply: fromJson(row.reply) };
}
