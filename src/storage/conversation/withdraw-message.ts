import type { Knex } from "knex";
import { toInstant, toJson, toText } from "../row-values.ts";
import type { ConversationStore } from "../types.ts";

type Withdrawal = Awaited<ReturnType<ConversationStore["withdrawMessage"]>>;

/** The key stays known, what was said does not: the platform may bring the message again. */
export async function withdrawMessage(
  transaction: Knex.Transaction,
  [channel, messageKey]: readonly [string, string],
  at: Date,
): Promise<Withdrawal> {
  const key = { channel: toText(channel), message_key: toText(messageKey) };
  const message: { state: string } | undefined = await transaction("inbox")
    .where(key)
    .forUpdate()
    .first("state");
  if (!message) return { outcome: "unknown" };
  await transaction("turns").where(key).delete();
  const done = { state: "done", done_at: toInstant(at), message: toJson(null), stream: null };
  await transaction("inbox")
    .where(key)
    .update(message.state === "done" ? { message: done.message } : done);
  const reply: { state: string; receipt: string | null } | undefined = await transaction("outbox")
    .where(key)
    .forUpdate()
    .first("state", "receipt");
  if (reply?.state === "delivered") {
    await transaction("outbox")
      .where(key)
      .update({ reply: toJson(null) });
    return { outcome: "delivered", receipt: reply.receipt };
  }
  if (reply) await transaction("outbox").where(key).delete();
  return { outcome: "withdrawn" };
}
