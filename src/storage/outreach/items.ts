import type { Knex } from "knex";
import type { Database } from "../dialect.ts";
import { inChunks, toInstant, toText } from "../row-values.ts";
import type { OutreachItem, OutreachStore } from "../types.ts";
import { type ItemRow, toOutreachItem } from "./outreach-rows.ts";

/** Bound values of one statement. */
const CHUNK = 1000;

type ItemsPart = Pick<OutreachStore, "dueItems" | "sentSince" | "markItems" | "itemsFor" | "sentItemsOf">;

export function createItems({ read, write }: Database): ItemsPart {
  return {
    async dueItems(at, limit) {
      const rows: ItemRow[] = await read("outreach_items")
        .whereRaw("state = 'waiting'")
        .where("due_at", "<=", toInstant(at))
        .orderBy(["account", "item_id"])
        .limit(limit);
      return rows.map(toOutreachItem);
    },
    async sentSince(account, since) {
      const row: { messages?: number | string } | undefined = await read("outreach_items")
        .where("account", toText(account))
        .where("sent_at", ">=", toInstant(since))
        .countDistinct({ messages: "sent_with" })
        .first();
      return Number(row?.messages ?? 0);
    },
    markItems: (itemIds, change, at) =>
      write.transaction((transaction) => markItems(transaction, itemIds, change, at)),
    itemsFor: (filter) => listItems(read, filter),
    async sentItemsOf(programId) {
      const rows: ItemRow[] = await read("outreach_items")
        .where("program_id", toText(programId))
        .whereRaw("state = 'sent'")
        .orderBy("item_id");
      return rows.map(toOutreachItem);
    },
  };
}

async function listItems(
  read: Knex,
  { programIds, enterpriseIds }: Parameters<OutreachStore["itemsFor"]>[0],
): Promise<OutreachItem[]> {
  const wanted = new Set(programIds.map(toText));
  const found: ItemRow[] = [];
  const [column, values] =
    enterpriseIds === undefined
      ? (["program_id", wanted] as const)
      : (["enterprise_id", new Set(enterpriseIds.map(toText))] as const);
  for (const chunk of inChunks(values, CHUNK)) {
    const rows: ItemRow[] = await read("outreach_items").whereIn(column, chunk);
    for (const row of rows) if (wanted.has(row.program_id)) found.push(row);
  }
  return found.map(toOutreachItem).sort((one, other) => one.itemId - other.itemId);
}

/** Only what was sent can be withdrawn, and only what waits can be sent, dropped or put off: a late call changes nothing. */
async function markItems(
  transaction: Knex.Transaction,
  itemIds: readonly number[],
  change: { state: OutreachItem["state"]; dueAt?: string },
  at: Date,
): Promise<void> {
  const from = change.state === "withdrawn" ? "sent" : "waiting";
  const due = change.dueAt === undefined ? {} : { due_at: change.dueAt };
  if (change.state !== "sent") {
    for (const chunk of inChunks(itemIds, CHUNK)) {
      const items = transaction("outreach_items").whereIn("item_id", chunk).where("state", from);
      await items.update({ state: change.state, ...due });
    }
    return;
  }
  const messages = await readMessages(transaction, itemIds);
  for (const [sentWith, items] of messages) {
    for (const chunk of inChunks(items, CHUNK)) {
      await transaction("outreach_items")
        .whereIn("item_id", chunk)
        .update({ state: "sent", sent_at: toInstant(at), sent_with: sentWith, ...due });
    }
  }
}

/** What waits of these, by account: what is marked together was one message to each of them. By its first item. */
async function readMessages(
  transaction: Knex.Transaction,
  itemIds: readonly number[],
): Promise<Map<number, number[]>> {
  const byAccount = new Map<string, number[]>();
  for (const chunk of inChunks(itemIds, CHUNK)) {
    const rows: Pick<ItemRow, "item_id" | "account">[] = await transaction("outreach_items")
      .whereIn("item_id", chunk)
      .where("state", "waiting")
      .select("item_id", "account");
    for (const { item_id, account } of rows) {
      byAccount.set(account, [...(byAccount.get(account) ?? []), Number(item_id)]);
    }
  }
  return new Map([...byAccount.values()].map((items) => [Math.min(...items), items]));
}
