import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { toInstant, toJson, toText } from "../row-values.ts";
import type { ChangeOrigin, ProgramRecord } from "../types.ts";
import type { ProgramRow } from "./program-rows.ts";

export type NewProgram = Pick<ProgramRecord, "programId" | "origin" | "content" | "contentHash">;

/** A change as the log tells it. */
export interface Change {
  at: Date;
  origin: ChangeOrigin;
}

export async function recordProgram(
  transaction: Knex.Transaction,
  action: string,
  programId: string,
  facts: Readonly<Record<string, unknown>>,
  { at, origin }: Change,
): Promise<void> {
  await appendAudit(transaction, describeChange(action, `program:${programId}`, facts, at, origin));
}

/** A literal and not a bound value, or the partial index could not be used. */
export async function findInState(
  transaction: Knex.Transaction,
  programId: string,
  state: "published" | "proposed",
): Promise<ProgramRow | undefined> {
  return transaction<ProgramRow>("programs")
    .where("program_id", toText(programId))
    .whereRaw(`state = '${state}'`)
    .first();
}

/** The next revision of a program. */
export async function insertRevision(
  transaction: Knex.Transaction,
  program: NewProgram,
  state: ProgramRecord["state"],
  { at, origin }: Change,
): Promise<ProgramRow> {
  const key = { program_id: toText(program.programId) };
  const newest: Pick<ProgramRow, "revision"> | undefined = await transaction("programs")
    .where(key)
    .orderBy("revision", "desc")
    .first("revision");
  const row: ProgramRow = {
    ...key,
    revision: (newest?.revision ?? 0) + 1,
    state,
    origin: program.origin,
    content_hash: toText(program.contentHash),
    created_by: toText(origin.actor),
    created_at: toInstant(at),
    decided_by: null,
    published_at: null,
    retired_at: null,
    vanished_at: null,
    content: toJson(program.content),
  };
  await transaction("programs").insert(row);
  return row;
}

/** Takes the place of what is published; writes entry and event. */
export async function publishRevision(
  transaction: Knex.Transaction,
  row: ProgramRow,
  decidedBy: string | null,
  change: Change,
): Promise<ProgramRow> {
  const instant = toInstant(change.at);
  const before = await findInState(transaction, row.program_id, "published");
  if (before) await updateRow(transaction, { ...before, state: "superseded", retired_at: instant });
  const published: ProgramRow = {
    ...row,
    state: "published",
    decided_by: decidedBy === null ? null : toText(decidedBy),
    published_at: instant,
    retired_at: null,
    vanished_at: null,
  };
  await updateRow(transaction, published);
  const facts = { revision: row.revision, previousRevision: before?.revision ?? null };
  await addEvent(transaction, row.program_id, before?.revision ?? null, row.revision, instant);
  await recordProgram(transaction, "program.publish", row.program_id, facts, change);
  return published;
}

/** Takes back what is published. */
export async function retire(
  transaction: Knex.Transaction,
  row: ProgramRow,
  how: "program.withdraw" | "program.vanish",
  change: Change,
): Promise<ProgramRow> {
  const instant = toInstant(change.at);
  const withdrawn: ProgramRow = {
    ...row,
    state: "withdrawn",
    retired_at: instant,
    vanished_at: how === "program.vanish" ? instant : null,
  };
  await updateRow(transaction, withdrawn);
  await addEvent(transaction, row.program_id, row.revision, null, instant);
  await recordProgram(transaction, how, row.program_id, { revision: row.revision }, change);
  return withdrawn;
}

export async function updateRow(transaction: Knex.Transaction, row: ProgramRow): Promise<void> {
  const { program_id, revision, content: _unchanged, ...changed } = row;
  await transaction("programs").where({ program_id, revision }).update(changed);
}

async function addEvent(
  transaction: Knex.Transaction,
  programId: string,
  from: number | null,
  to: number | null,
  at: string,
): Promise<void> {
  await transaction("program_events").insert({
    program_id: programId,
    from_revision: from,
    to_revision: to,
    at,
    handled_at: null,
  });
  await bumpPrograms(transaction);
}

/** Whoever keeps a catalogue in memory sees by this that it is out of date. */
export async function bumpPrograms(transaction: Knex.Transaction): Promise<void> {
  await transaction("counters").where({ name: "programs" }).increment("value", 1);
}

export async function requireProgram(transaction: Knex.Transaction, programId: string): Promise<void> {
  const known: unknown = await transaction("programs")
    .where("program_id", toText(programId))
    .first("revision");
  if (known) return;
  throw new AppError({
    code: "not-found",
    message: `program ${programId} does not exist`,
    safeMessage: `没有编号为 ${programId} 的政策项目。请在项目目录中核对编号。`,
  });
}
