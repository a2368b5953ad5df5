import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toInstant, toJson, toText } from "../row-values.ts";
import type { ConversationStore, OutboxRecord } from "../types.ts";

interface OutboxRow {
  outbox_id: string;
  channel: string;
  message_key: string;
  state: OutboxRecord["state"];
  attempts: number;
  due_at: string;
  created_at: string;
  receipt: string | null;
  last_error: string | null;
  reply: string;
  priority: number;
  lane: string | null;
}

type OutboxPart = Pick<
  ConversationStore,
  "dueReplies" | "deadReplies" | "replyOf" | "readReply" | "keysOf" | "markDelivered" | "markFailed"
>;

export function createOutbox({ read, change }: Database): OutboxPart {
  return {
    async dueReplies(at, limit, withoutLanes = []) {
      const query = read<OutboxRow>("outbox")
        .where("state", "pending")
        .andWhere("due_at", "<=", toInstant(at))
        .orderBy(["priority", "created_at", "sequence"])
        .limit(limit);
      if (withoutLanes.length > 0) {
        const free = withoutLanes.map(toText);
        query.where((each) => each.whereNull("lane").orWhereNotIn("lane", free));
      }
      const rows: OutboxRow[] = await query;
      return rows.map(toOutboxRecord);
    },
    async deadReplies(limit) {
      const rows: OutboxRow[] = await read("outbox")
        .where("state", "dead")
        .orderBy([
          { column: "created_at", order: "desc" },
          { column: "sequence", order: "desc" },
        ])
        .limit(limit);
      return rows.map(toOutboxRecord);
    },
    async replyOf(channel, messageKey) {
      const row = await read<OutboxRow>("outbox")
        .where({ channel: toText(channel), message_key: toText(messageKey) })
        .first("state", "receipt", "last_error");
      return row && { state: row.state, receipt: row.receipt, lastError: row.last_error };
    },
    async readReply(outboxId) {
      const row = await read<OutboxRow>("outbox").where("outbox_id", toText(outboxId)).first("reply");
      return row && fromJson(row.reply);
    },
    async keysOf(channel, receipts) {
      if (receipts.length === 0) return [];
      return read("outbox")
        .where("channel", toText(channel))
        .whereIn("receipt", receipts.map(toText))
        .pluck("message_key");
    },
    /** A reply that is delivered already keeps its first receipt. */
    async markDelivered(outboxId, receipt, at) {
      const delivered = (on: Knex) =>
        on("outbox")
          .where("outbox_id", toText(outboxId))
          .whereNot("state", "delivered")
          .update({
            state: "delivered",
            receipt: toText(receipt),
            delivered_at: toInstant(at),
            attempts: on.raw("attempts + 1"),
            last_error: null,
          });
      if ((await change(delivered, "statement")) === 0) await requireReply(read, outboxId);
    },
    /** Only a pending reply can fail: a late failure does not undo a delivery. */
    async markFailed(outboxId, error, retryAt) {
      const failed = (on: Knex) =>
        on("outbox")
          .where({ outbox_id: toText(outboxId), state: "pending" })
          .update({
            state: retryAt === null ? "dead" : "pending",
            last_error: toText(error),
            attempts: on.raw("attempts + 1"),
            ...(retryAt !== null && { due_at: toInstant(retryAt) }),
          });
      if ((await change(failed, "statement")) === 0) await requireReply(read, outboxId);
    },
  };
}

export async function addReply(
  on: Knex,
  reply: Omit<OutboxRecord, "state" | "attempts" | "receipt" | "lastError">,
): Promise<void> {
  await on("outbox").insert({
    outbox_id: toText(reply.outboxId),
    channel: reply.channel,
    message_key: reply.messageKey,
    state: "pending",
    attempts: 0,
    due_at: reply.dueAt,
    created_at: reply.createdAt,
    reply: toJson(reply.reply),
    priority: reply.priority ?? 0,
    lane: reply.lane === undefined ? null : toText(reply.lane),
  });
}

async function requireReply(database: Knex, outboxId: string): Promise<void> {
  const known: unknown = await database("outbox").where("outbox_id", toText(outboxId)).first("outbox_id");
  if (known) return;
  throw new AppError({
    code: "not-found",
    message: `reply ${outboxId} is not in the outbox`,
    safeMessage: `发件箱中没有编号为 ${outboxId} 的回复，可能已被清理。请运行 doctor 查看收发情况。`,
  });
}

function toOutboxRecord(row: OutboxRow): OutboxRecord {
  return {
    outboxId: row.outbox_id,
    channel: row.channel,
    messageKey: row.message_key,
    reply: fromJson(row.reply),
    state: row.state,
    attempts: row.attempts,
    dueAt: row.due_at,
    receipt: row.receipt,
    lastError: row.last_error,
    createdAt: row.created_at,
    ...(Number(row.priority) > 0 && { priority: Number(row.priority) }),
    ...(row.lane !== null && { lane: row.lane }),
  };
}
