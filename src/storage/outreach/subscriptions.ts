import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { requireEnterprise } from "../enterprises/enterprise-rows.ts";
import { inChunks, toInstant, toOptionalText, toText } from "../row-values.ts";
import type { ChangeOrigin, OutreachStore, SubscriptionRecord } from "../types.ts";
import { type SubscriptionRow, toSubscriptionRecord } from "./outreach-rows.ts";

/** Bound values of one statement. */
const CHUNK = 1000;

/** A literal and not a bound value, or the partial indices could not be used. */
const IS_ON = "ended_at is null";

type SubscriptionsPart = Pick<
  OutreachStore,
  "subscribe" | "unsubscribe" | "subscriptionsOf" | "subscribersOf"
>;

export function createSubscriptions({ read, write }: Database): SubscriptionsPart {
  return {
    subscribe: (record, origin) =>
      changeWithin(write, (transaction) => subscribe(transaction, record, origin)),
    unsubscribe: (account, filter, at, origin) =>
      changeWithin(write, (transaction) => unsubscribe(transaction, account, filter, at, origin)),
    async subscriptionsOf(account) {
      const rows: SubscriptionRow[] = await read("subscriptions")
        .where("account", toText(account))
        .whereRaw(IS_ON)
        .orderBy("sequence");
      return rows.map(toSubscriptionRecord);
    },
    subscribersOf: (filter) => listSubscribers(read, filter),
  };
}

/** A wish that is on already takes the new settings; the same settings again change nothing. */
async function subscribe(
  transaction: Knex.Transaction,
  record: Omit<SubscriptionRecord, "endedAt">,
  origin: ChangeOrigin,
): Promise<SubscriptionRecord> {
  if (record.enterpriseId !== null) await requireEnterprise(transaction, record.enterpriseId);
  const row: SubscriptionRow = {
    subscription_id: toText(record.subscriptionId),
    account: toText(record.account),
    enterprise_id: toOptionalText(record.enterpriseId),
    kind: record.kind,
    topic: toOptionalText(record.topic),
    cadence: record.cadence,
    quiet_from: toText(record.quietFrom),
    quiet_to: toText(record.quietTo),
    weekly_limit: record.weeklyLimit,
    consented_at: record.consentedAt,
    ended_at: null,
  };
  const open: SubscriptionRow[] = await transaction("subscriptions")
    .where("account", row.account)
    .whereRaw(IS_ON);
  const before = open.find((other) => isSameWish(other, row));
  const at = new Date(record.consentedAt);
  if (!before) {
    await transaction("subscriptions").insert(row);
    await recordWish(transaction, "subscription.start", row, at, origin);
    return toSubscriptionRecord(row);
  }
  if (hasSameSettings(before, row)) return toSubscriptionRecord(before);
  const after = { ...row, subscription_id: before.subscription_id };
  await transaction("subscriptions").where("subscription_id", before.subscription_id).update(after);
  await recordWish(transaction, "subscription.change", after, at, origin);
  return toSubscriptionRecord(after);
}

function isSameWish(one: SubscriptionRow, other: SubscriptionRow): boolean {
  return one.kind === other.kind && one.topic === other.topic && one.enterprise_id === other.enterprise_id;
}

function hasSameSettings(one: SubscriptionRow, other: SubscriptionRow): boolean {
  return (["cadence", "quiet_from", "quiet_to", "weekly_limit"] as const).every(
    (setting) => one[setting] === other[setting],
  );
}

/** What was found and not sent yet does not go out after the wish has ended. */
async function unsubscribe(
  transaction: Knex.Transaction,
  account: string,
  filter: Parameters<OutreachStore["unsubscribe"]>[1],
  at: Date,
  origin: ChangeOrigin,
): Promise<number> {
  const query = transaction<SubscriptionRow>("subscriptions")
    .where("account", toText(account))
    .whereRaw(IS_ON)
    .orderBy("sequence");
  if (filter.subscriptionId !== undefined) query.where("subscription_id", toText(filter.subscriptionId));
  if (filter.kind !== undefined) query.where("kind", filter.kind);
  if (filter.topic !== undefined) query.where("topic", toText(filter.topic));
  const ending: SubscriptionRow[] = await query;
  for (const row of ending) {
    const key = { subscription_id: row.subscription_id };
    await transaction("subscriptions")
      .where(key)
      .update({ ended_at: toInstant(at) });
    if (row.kind === "programs") await dropWaiting(transaction, row);
    await recordWish(transaction, "subscription.end", row, at, origin);
  }
  return ending.length;
}

async function dropWaiting(transaction: Knex.Transaction, row: SubscriptionRow): Promise<void> {
  const waiting = transaction("outreach_items").where("account", row.account).whereRaw("state = 'waiting'");
  if (row.enterprise_id !== null) waiting.where("enterprise_id", row.enterprise_id);
  await waiting.update({ state: "dropped" });
}

async function listSubscribers(
  read: Knex,
  { enterpriseIds, kind, topic }: Parameters<OutreachStore["subscribersOf"]>[0],
): Promise<SubscriptionRecord[]> {
  const select = () => {
    const query = read<SubscriptionRow>("subscriptions").where("kind", kind).whereRaw(IS_ON);
    return topic === undefined ? query : query.where("topic", toText(topic));
  };
  if (enterpriseIds === undefined) return (await select().orderBy("sequence")).map(toSubscriptionRecord);
  const found: SubscriptionRecord[] = [];
  for (const chunk of inChunks(new Set(enterpriseIds), CHUNK)) {
    const rows: SubscriptionRow[] = await select()
      .whereIn("enterprise_id", chunk.map(toText))
      .orderBy(["enterprise_id", "account"]);
    found.push(...rows.map(toSubscriptionRecord));
  }
  return found;
}

async function recordWish(
  transaction: Knex.Transaction,
  action: string,
  row: SubscriptionRow,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const facts = { account: row.account, kind: row.kind, topic: row.topic, enterpriseId: row.enterprise_id };
  const subject = `subscription:${row.subscription_id}`;
  await appendAudit(transaction, describeChange(action, subject, facts, at, origin));
}
