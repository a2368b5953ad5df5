import type { Knex } from "knex";
import { toJson, toOptionalText, toText } from "../row-values.ts";
import type { FactRecord, NewFact } from "../types.ts";
import { type FactRow, toFactRecord } from "./fact-rows.ts";

/** Undefined when its field is known from the same reference. `keep`: what it displaces stays as a conflict. */
export async function addFact(
  transaction: Knex.Transaction,
  enterpriseId: string,
  fact: NewFact,
  keep: boolean,
): Promise<FactRecord | undefined> {
  const key = { enterprise_id: enterpriseId, field: toText(fact.field) };
  const known: unknown = await transaction("enterprise_facts")
    .where({ ...key, reference: toText(fact.reference) })
    .first("fact_id");
  if (known) return undefined;
  if (fact.state === "current") await displace(transaction, key, keep);
  const rows: FactRow[] = await transaction("enterprise_facts")
    .insert({
      ...key,
      state: fact.state,
      reference: toText(fact.reference),
      at: fact.at,
      period: toOptionalText(fact.period),
      valid_to: toOptionalText(fact.validTo),
      confirmed_at: fact.confirmedAt ?? null,
      value: toJson(fact.value),
      source: toJson(fact.source),
    })
    .returning("*");
  return rows.map(toFactRecord)[0];
}

/** Without `keep` the new fact settles its field: earlier conflicts of it are history as well. */
async function displace(
  transaction: Knex.Transaction,
  key: { enterprise_id: string; field: string },
  keep: boolean,
): Promise<void> {
  const standing = transaction("enterprise_facts").where(key);
  if (keep) await standing.whereRaw("state = 'current'").update({ state: "conflicting" });
  else await standing.whereRaw("state <> 'replaced'").update({ state: "replaced" });
}
