import type { Knex } from "knex";
import { insertRows, maxRowsPerInsert } from "../insert-rows.ts";
import { inChunks, toInstant } from "../row-values.ts";
import type { ChangeOrigin, NewAuditEntry } from "../types.ts";
import { type AuditRow, linkEntry } from "./chain.ts";

const COLUMNS = [
  "sequence",
  "at",
  "actor",
  "action",
  "subject",
  "reason",
  "details",
  "previous_hash",
  "hash",
] as const;

/** Who changes things when nobody is named. */
const DEFAULT_ORIGIN: ChangeOrigin = { actor: "system:sync" };

/** What happened, in the terms of the log; facts of the store win over those that a caller adds. */
export function describeChange(
  action: string,
  subject: string,
  facts: Readonly<Record<string, unknown>>,
  at: Date,
  origin: ChangeOrigin = DEFAULT_ORIGIN,
): NewAuditEntry {
  return {
    at: toInstant(at),
    actor: origin.actor,
    action,
    subject,
    reason: origin.reason ?? null,
    details: { ...origin.details, ...facts },
  };
}

/**
 * Appends to the log inside the transaction of the change that it records; whoever calls holds the lock of changes.
 * Returns the rows in order.
 */
export async function appendAudit(
  transaction: Knex.Transaction,
  ...entries: readonly NewAuditEntry[]
): Promise<AuditRow[]> {
  let previous: Pick<AuditRow, "sequence" | "hash"> | undefined = await transaction("audit_log")
    .orderBy("sequence", "desc")
    .first("sequence", "hash");
  const rows: AuditRow[] = [];
  for (const entry of entries) {
    const row = linkEntry(entry, previous);
    rows.push(row);
    previous = row;
  }
  for (const chunk of inChunks(rows, maxRowsPerInsert(COLUMNS))) {
    const values = chunk.map((row) => COLUMNS.map((column) => row[column]));
    await insertRows(transaction, "audit_log", COLUMNS, values);
  }
  return rows;
}
