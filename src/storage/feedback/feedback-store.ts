import type { Knex } from "knex";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { FeedbackRecord, FeedbackStore } from "../types.ts";

interface FeedbackRow {
  channel: string;
  message_key: string;
  account: string;
  verdict: FeedbackRecord["verdict"];
  cause: string | null;
  reason: string | null;
  at: string;
}

const TABLE = "answer_feedback";

export function createFeedbackStore({ read, write }: Database): FeedbackStore {
  return {
    save: (record) => write.transaction((transaction) => save(transaction, record)),
    async get(channel, messageKey, account) {
      const row = await read<FeedbackRow>(TABLE)
        .where({ channel: toText(channel), message_key: toText(messageKey), account: toText(account) })
        .first();
      return row && toRecord(row as FeedbackRow);
    },
    async list(period, { verdict, limit } = {}) {
      const query = within(read, period).orderBy([
        { column: "at", order: "desc" },
        { column: "channel" },
        { column: "message_key" },
        { column: "account" },
      ]);
      if (verdict) query.where({ verdict });
      if (limit !== undefined) query.limit(limit);
      const rows: FeedbackRow[] = await query;
      return rows.map(toRecord);
    },
    async ofAccount(account) {
      const rows: FeedbackRow[] = await read(TABLE)
        .where({ account: toText(account) })
        .orderBy(["at", "channel", "message_key"]);
      return rows.map(toRecord);
    },
    async count(period) {
      const rows: { verdict: FeedbackRecord["verdict"]; count: number | string }[] = await within(
        read,
        period,
      )
        .groupBy("verdict")
        .select("verdict")
        .count({ count: "*" });
      const counts = { helpful: 0, unhelpful: 0 };
      for (const { verdict, count } of rows) counts[verdict] = Number(count);
      return counts;
    },
    eraseAccount: (account) =>
      write(TABLE)
        .where({ account: toText(account) })
        .delete(),
  };
}

function within(database: Knex, { from, to }: { from?: string; to?: string }): Knex.QueryBuilder {
  const query = database(TABLE);
  if (from !== undefined) query.where("at", ">=", from);
  if (to !== undefined) query.where("at", "<", to);
  return query;
}

async function save(transaction: Knex.Transaction, record: FeedbackRecord): Promise<"saved" | "changed"> {
  const key = {
    channel: toText(record.channel),
    message_key: toText(record.messageKey),
    account: toText(record.account),
  };
  const content = {
    verdict: record.verdict,
    cause: record.cause === null ? null : toText(record.cause),
    reason: record.reason === null ? null : toText(record.reason),
    at: record.at,
  };
  const changed = await transaction(TABLE).where(key).update(content);
  if (changed > 0) return "changed";
  await transaction(TABLE)
    .insert({ ...key, ...content })
    .onConflict(["channel", "message_key", "account"])
    .merge();
  return "saved";
}

function toRecord(row: FeedbackRow): FeedbackRecord {
  const { channel, message_key: messageKey, account, verdict, cause, reason, at } = row;
  return { channel, messageKey, account, verdict, cause, reason, at };
}
