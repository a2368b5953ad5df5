import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { inChunks, toInstant, toText } from "../row-values.ts";
import type { ChangeOrigin, EnterpriseStore, FactRecord } from "../types.ts";
import { addFact } from "./add-fact.ts";
import { enterpriseSubject, requireEnterprise } from "./enterprise-rows.ts";
import { type FactRow, toFactRecord } from "./fact-rows.ts";

/** Bound values of one statement. */
const CHUNK = 1000;

/** A literal and not a bound value, or the partial index could not be used. */
const STANDING = "state <> 'replaced'";

type FactsPart = Pick<
  EnterpriseStore,
  "factsOf" | "historyOf" | "factsOfMany" | "addFacts" | "confirmFacts" | "removeField"
>;

export function createFacts({ read, write }: Database): FactsPart {
  return {
    async factsOf(enterpriseId) {
      const rows: FactRow[] = await read("enterprise_facts")
        .where("enterprise_id", toText(enterpriseId))
        .whereRaw(STANDING)
        .orderBy("fact_id", "desc");
      return rows.map(toFactRecord);
    },
    async historyOf(enterpriseId) {
      const rows: FactRow[] = await read("enterprise_facts")
        .where("enterprise_id", toText(enterpriseId))
        .orderBy("fact_id", "desc");
      return rows.map(toFactRecord);
    },
    factsOfMany: (enterpriseIds) => factsOfMany(read, enterpriseIds),
    addFacts: (enterpriseId, facts, at, origin, keep = []) =>
      changeWithin(write, async (transaction) => {
        const { enterprise_id } = await requireEnterprise(transaction, enterpriseId);
        const written: FactRecord[] = [];
        for (const fact of facts) {
          const row = await addFact(transaction, enterprise_id, fact, keep.includes(fact.field));
          if (row) written.push(row);
        }
        if (written.length === 0) return [];
        const fields = [...new Set(written.map((fact) => fact.field))].toSorted();
        await recordChange(transaction, "enterprise.facts", enterprise_id, { fields }, at, origin);
        return withPresentState(transaction, written);
      }),
    confirmFacts: (enterpriseId, at, origin) =>
      changeWithin(write, (transaction) => confirmFacts(transaction, enterpriseId, at, origin)),
    removeField: (enterpriseId, field, at, origin) =>
      changeWithin(write, async (transaction) => {
        const { enterprise_id } = await requireEnterprise(transaction, enterpriseId);
        const key = { enterprise_id, field: toText(field) };
        const removed = await transaction("enterprise_facts").where(key).delete();
        if (removed === 0) return 0;
        const facts = { field, removed };
        await recordChange(transaction, "enterprise.forget", enterprise_id, facts, at, origin);
        return removed;
      }),
  };
}

/** Every enterprise asked for is in the map; newest facts first. */
async function factsOfMany(read: Knex, enterpriseIds: readonly string[]): Promise<Map<string, FactRecord[]>> {
  const facts = new Map<string, FactRecord[]>(enterpriseIds.map((enterpriseId) => [enterpriseId, []]));
  for (const chunk of inChunks(new Set(enterpriseIds), CHUNK)) {
    const rows: FactRow[] = await read("enterprise_facts")
      .whereIn("enterprise_id", chunk.map(toText))
      .whereRaw(STANDING)
      // Both descending: the order in which the index lies, backwards.
      .orderBy([
        { column: "enterprise_id", order: "desc" },
        { column: "fact_id", order: "desc" },
      ]);
    for (const row of rows) facts.get(row.enterprise_id)?.push(toFactRecord(row));
  }
  return facts;
}

/** What is confirmed is settled: a conflicting value that the person saw and did not take is history. */
async function confirmFacts(
  transaction: Knex.Transaction,
  enterpriseId: string,
  at: Date,
  origin: ChangeOrigin,
): Promise<number> {
  const { enterprise_id } = await requireEnterprise(transaction, enterpriseId);
  const confirmed: { field: string }[] = await transaction("enterprise_facts")
    .where({ enterprise_id })
    .whereRaw("state = 'current'")
    .whereNull("confirmed_at")
    .update({ confirmed_at: toInstant(at) })
    .returning("field");
  const settled = await transaction("enterprise_facts")
    .where({ enterprise_id })
    .whereRaw(STANDING)
    .where("state", "conflicting")
    .update({ state: "replaced" });
  if (confirmed.length + settled === 0) return 0;
  const fields = confirmed.map((fact) => fact.field).toSorted();
  await recordChange(transaction, "enterprise.confirm", enterprise_id, { fields, settled }, at, origin);
  return confirmed.length;
}

/** Of two facts of one field in one call the first is history already. */
async function withPresentState(
  transaction: Knex.Transaction,
  written: readonly FactRecord[],
): Promise<FactRecord[]> {
  const present: FactRecord[] = [];
  for (const chunk of inChunks(written, CHUNK)) {
    const ids = chunk.map((fact) => fact.factId);
    const rows: FactRow[] = await transaction("enterprise_facts").whereIn("fact_id", ids).orderBy("fact_id");
    present.push(...rows.map(toFactRecord));
  }
  return present;
}

async function recordChange(
  transaction: Knex.Transaction,
  action: string,
  enterpriseId: string,
  facts: Readonly<Record<string, unknown>>,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  await transaction("enterprises")
    .where("enterprise_id", enterpriseId)
    .update({ updated_at: toInstant(at) });
  const subject = enterpriseSubject(enterpriseId);
  await appendAudit(transaction, describeChange(action, subject, facts, at, origin));
}
