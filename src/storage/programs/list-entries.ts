import type { Knex } from "knex";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { toInstant, toJson, toText } from "../row-values.ts";
import type { ListEntryRecord, ProgramStore } from "../types.ts";
import { bumpPrograms, type Change } from "./change-program.ts";
import { type ListEntryRow, toListEntryRecord } from "./program-rows.ts";
import { requireDistinct, type SyncOutcome } from "./sync-files.ts";

type NewEntry = Parameters<ProgramStore["saveListEntry"]>[0];

export async function syncListEntries(
  transaction: Knex.Transaction,
  entries: readonly NewEntry[],
  change: Change,
): Promise<SyncOutcome> {
  requireDistinct(entries.map((entry) => entry.entryId));
  const outcome: SyncOutcome = { added: [], changed: [], removed: [], unchanged: 0 };
  const rows: ListEntryRow[] = await transaction("list_entries").orderBy("entry_id");
  const known = new Map(rows.map((row) => [row.entry_id, row]));
  for (const entry of entries) {
    const became = compare(entry, known.get(toText(entry.entryId)));
    if (became === "unchanged") outcome.unchanged += 1;
    else {
      outcome[became].push(entry.entryId);
      await writeEntry(transaction, entry, "file", change);
    }
  }
  const present = new Set(entries.map((entry) => toText(entry.entryId)));
  for (const row of rows) {
    if (present.has(row.entry_id) || row.origin !== "file" || row.state !== "active") continue;
    await markRemoved(transaction, row, "file", change);
    outcome.removed.push(row.entry_id);
  }
  return outcome;
}

function compare(entry: NewEntry, row: ListEntryRow | undefined): "added" | "changed" | "unchanged" {
  if (!row) return "added";
  if (row.origin === "desk") return "unchanged";
  if (row.state === "removed") return "added";
  return saysTheSame(row, entry) ? "unchanged" : "changed";
}

function saysTheSame(row: ListEntryRow, entry: NewEntry): boolean {
  return row.content_hash === toText(entry.contentHash) && row.list === entry.list;
}

export async function saveListEntry(
  transaction: Knex.Transaction,
  entry: NewEntry,
  change: Change,
): Promise<ListEntryRecord> {
  const before = await findEntry(transaction, entry.entryId);
  if (before?.origin === "desk" && before.state === "active" && saysTheSame(before, entry)) {
    return toListEntryRecord(before);
  }
  return toListEntryRecord(await writeEntry(transaction, entry, "desk", change));
}

/** An admin's removal counts as a change by an admin: the file does not bring the entry back. */
export async function removeListEntry(
  transaction: Knex.Transaction,
  entryId: string,
  change: Change,
): Promise<boolean> {
  const row = await findEntry(transaction, entryId);
  if (row?.state !== "active") return false;
  await markRemoved(transaction, row, "desk", change);
  return true;
}

async function findEntry(transaction: Knex.Transaction, entryId: string): Promise<ListEntryRow | undefined> {
  return transaction<ListEntryRow>("list_entries").where("entry_id", toText(entryId)).first();
}

async function writeEntry(
  transaction: Knex.Transaction,
  entry: NewEntry,
  origin: ListEntryRecord["origin"],
  change: Change,
): Promise<ListEntryRow> {
  const row: ListEntryRow = {
    entry_id: toText(entry.entryId),
    list: entry.list,
    state: "active",
    origin,
    content_hash: toText(entry.contentHash),
    updated_by: toText(change.origin.actor),
    updated_at: toInstant(change.at),
    content: toJson(entry.content),
  };
  await transaction("list_entries").insert(row).onConflict("entry_id").merge();
  await recordEntry(transaction, "list.save", row, change);
  return row;
}

async function markRemoved(
  transaction: Knex.Transaction,
  row: ListEntryRow,
  origin: ListEntryRecord["origin"],
  change: Change,
): Promise<void> {
  await transaction("list_entries")
    .where("entry_id", row.entry_id)
    .update({
      state: "removed",
      origin,
      updated_by: toText(change.origin.actor),
      updated_at: toInstant(change.at),
    });
  await recordEntry(transaction, "list.remove", row, change);
}

async function recordEntry(
  transaction: Knex.Transaction,
  action: string,
  row: ListEntryRow,
  { at, origin }: Change,
): Promise<void> {
  await bumpPrograms(transaction);
  const facts = { list: row.list, contentHash: row.content_hash };
  await appendAudit(transaction, describeChange(action, `list-entry:${row.entry_id}`, facts, at, origin));
}
