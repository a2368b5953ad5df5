import type { Knex } from "knex";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { inChunks, toInstant, toText } from "../row-values.ts";
import type { ProgramRecord, ProgramStore } from "../types.ts";
import { decideProgram, proposeProgram, withdrawProgram } from "./decide-program.ts";
import { removeListEntry, saveListEntry, syncListEntries } from "./list-entries.ts";
import {
  type ListEntryRow,
  type ProgramEventRow,
  type ProgramRow,
  toListEntryRecord,
  toProgramEvent,
  toProgramRecord,
} from "./program-rows.ts";
import { syncPrograms } from "./sync-files.ts";

/** Bound values of one statement. */
const CHUNK = 1000;

type Reading = "revision" | "listPrograms" | "getPublished" | "history" | "pendingEvents" | "listEntries";

export function createProgramStore(database: Database): ProgramStore {
  const { write } = database;
  return {
    ...createReading(database),
    syncFiles: (files, at, origin) =>
      changeWithin(write, (transaction) => syncPrograms(transaction, files, { at, origin })),
    propose: (program, at, origin) =>
      changeWithin(write, (transaction) => proposeProgram(transaction, program, { at, origin })),
    decide: (programId, decision, at, origin) =>
      changeWithin(write, (transaction) => decideProgram(transaction, programId, decision, { at, origin })),
    withdraw: (programId, at, origin) =>
      changeWithin(write, (transaction) => withdrawProgram(transaction, programId, { at, origin })),
    async markHandled(eventIds, at) {
      const handled_at = toInstant(at);
      for (const chunk of inChunks(eventIds, CHUNK)) {
        await write("program_events")
          .whereIn("event_id", chunk)
          .whereNull("handled_at")
          .update({ handled_at });
      }
    },
    syncListFiles: (entries, at, origin) =>
      changeWithin(write, (transaction) => syncListEntries(transaction, entries, { at, origin })),
    saveListEntry: (entry, at, origin) =>
      changeWithin(write, (transaction) => saveListEntry(transaction, entry, { at, origin })),
    removeListEntry: (entryId, at, origin) =>
      changeWithin(write, (transaction) => removeListEntry(transaction, entryId, { at, origin })),
  };
}

function createReading({ read, counter }: Database): Pick<ProgramStore, Reading> {
  return {
    revision: () => counter("programs"),
    listPrograms: ({ state } = {}) => listNewest(read, state),
    async getPublished(programId) {
      const row: ProgramRow | undefined = await read("programs")
        .where("program_id", toText(programId))
        .whereRaw("state = 'published'")
        .first();
      return row && toProgramRecord(row);
    },
    async history(programId) {
      const rows: ProgramRow[] = await read("programs")
        .where("program_id", toText(programId))
        .orderBy("revision");
      return rows.map(toProgramRecord);
    },
    async pendingEvents(limit) {
      const rows: ProgramEventRow[] = await read("program_events")
        .whereRaw("handled_at is null")
        .orderBy("event_id")
        .limit(limit);
      return rows.map(toProgramEvent);
    },
    async listEntries(list) {
      const query = read<ListEntryRow>("list_entries").where("state", "active").orderBy(["list", "entry_id"]);
      if (list !== undefined) query.where("list", list);
      const rows: ListEntryRow[] = await query;
      return rows.map(toListEntryRecord);
    },
  };
}

/** Of every program the newest revision, or the newest in a state; by program. */
async function listNewest(read: Knex, state: ProgramRecord["state"] | undefined): Promise<ProgramRecord[]> {
  const newer = read("programs as n").whereRaw("n.program_id = p.program_id and n.revision > p.revision");
  const query = read("programs as p").orderBy("p.program_id").select("p.*");
  if (state !== undefined) {
    query.where("p.state", state);
    newer.where("n.state", state);
  }
  const rows: ProgramRow[] = await query.whereNotExists(newer.select("n.revision"));
  return rows.map(toProgramRecord);
}
