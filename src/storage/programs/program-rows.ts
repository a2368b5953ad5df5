import { fromJson } from "../row-values.ts";
import type { ListEntryRecord, MaintainedList, ProgramEvent, ProgramRecord } from "../types.ts";

export interface ProgramRow {
  program_id: string;
  revision: number;
  state: ProgramRecord["state"];
  origin: ProgramRecord["origin"];
  content_hash: string;
  created_by: string;
  created_at: string;
  decided_by: string | null;
  published_at: string | null;
  retired_at: string | null;
  vanished_at: string | null;
  content: string;
}

export function toProgramRecord(row: ProgramRow): ProgramRecord {
  return {
    programId: row.program_id,
    revision: row.revision,
    state: row.state,
    origin: row.origin,
    content: fromJson(row.content),
    contentHash: row.content_hash,
    createdBy: row.created_by,
    createdAt: row.created_at,
    decidedBy: row.decided_by,
    publishedAt: row.published_at,
    retiredAt: row.retired_at,
  };
}

export interface ProgramEventRow {
  event_id: number | string;
  program_id: string;
  from_revision: number | null;
  to_revision: number | null;
  at: string;
  handled_at: string | null;
}

export function toProgramEvent(row: ProgramEventRow): ProgramEvent {
  return {
    eventId: Number(row.event_id),
    programId: row.program_id,
    fromRevision: row.from_revision,
    toRevision: row.to_revision,
    at: row.at,
    handledAt: row.handled_at,
  };
}

export interface ListEntryRow {
  entry_id: string;
  list: MaintainedList;
  state: ListEntryRecord["state"];
  origin: ListEntryRecord["origin"];
  content_hash: string;
  updated_by: string;
  updated_at: string;
  content: string;
}

export function toListEntryRecord(row: ListEntryRow): ListEntryRecord {
  return {
    entryId: row.entry_id,
    list: row.list,
    content: fromJson(row.content),
    contentHash: row.content_hash,
    origin: row.origin,
    state: row.state,
    updatedBy: row.updated_by,
    updatedAt: row.updated_at,
  };
}
