import type { Knex } from "knex";
import { insertRows, type Value } from "../../src/storage/insert-rows.ts";
import { MONDAY } from "./outreach-world.ts";

const ROWS = 500;

/**
 * Generated enterprises past the storage room (its audit log would take longer than the test): each wants financing; every
 * fourth has 5 people, the others 30; every `subscribedEvery`th subscribed. Returns the accounts that a program for 20 and
 * more would reach.
 */
export async function fillEnterprises(
  database: Knex,
  { from, to, subscribedEvery }: { from: number; to: number; subscribedEvery: number },
): Promise<string[]> {
  const at = MONDAY.toISOString();
  const reached: string[] = [];
  for (let first = from; first <= to; first += ROWS) {
    const rows: Record<"enterprises" | "members" | "facts" | "subscriptions", Value[][]> = {
      enterprises: [],
      members: [],
      facts: [],
      subscriptions: [],
    };
    for (let number = first; number <= Math.min(to, first + ROWS - 1); number += 1) {
      const id = `e${String(number).padStart(7, "0")}`;
      const account = `feishu:ou_${number}`;
      const staff = number % 4 === 0 ? 5 : 30;
      rows.enterprises.push([id, null, null, account, at, at]);
      rows.members.push([id, account, at]);
      const source = JSON.stringify({ kind: "file", by: account, reference: "m" });
      const needs = { kind: "terms", has: [{ id: "equity-finance" }], lacks: [], closed: false };
      const headcount = { kind: "number", min: staff, max: staff };
      rows.facts.push([id, "needs", "current", "m", at, JSON.stringify(needs), source]);
      rows.facts.push([id, "headcount", "current", "m", at, JSON.stringify(headcount), source]);
      if (number % subscribedEvery !== 0) continue;
      rows.subscriptions.push([`s${number}`, account, id, "programs", "daily", "21:00", "08:30", 3, at]);
      if (staff > 20) reached.push(account);
    }
    await database.transaction(async (transaction) => {
      await insertRows(transaction, "enterprises", ENTERPRISE, rows.enterprises);
      await insertRows(
        transaction,
        "enterprise_members",
        ["enterprise_id", "account", "since"],
        rows.members,
      );
      await insertRows(transaction, "enterprise_facts", FACT, rows.facts);
      await insertRows(transaction, "subscriptions", SUBSCRIPTION, rows.subscriptions);
    });
  }
  return reached.sort();
}

const ENTERPRISE = ["enterprise_id", "name", "credit_code", "created_by", "created_at", "updated_at"];
const FACT = ["enterprise_id", "field", "state", "reference", "at", "value", "source"];
const SUBSCRIPTION = [
  "subscription_id",
  "account",
  "enterprise_id",
  "kind",
  "cadence",
  "quiet_from",
  "quiet_to",
  "weekly_limit",
  "consented_at",
];
