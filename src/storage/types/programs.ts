import type { ChangeOrigin } from "./audit.ts";

export interface ProgramRecord {
  programId: string;
  revision: number;
  /** `proposed`: waits for an admin, is matched by nobody. */
  state: "proposed" | "published" | "superseded" | "withdrawn" | "rejected";
  /** `file`: from `knowledge/programs/`. `suggested`: from `programs suggest`. `desk`: written by an admin. */
  origin: "file" | "suggested" | "desk";
  /** JSON of matching's Program. */
  content: unknown;
  /** SHA-256 of the canonical content. */
  contentHash: string;
  createdBy: string;
  createdAt: string;
  decidedBy: string | null;
  publishedAt: string | null;
  retiredAt: string | null;
}

/** A change of what is matched; written in the transaction of the change. */
export interface ProgramEvent {
  eventId: number;
  programId: string;
  fromRevision: number | null;
  toRevision: number | null;
  at: string;
  /** When the enterprises were looked through; null: still to be done. */
  handledAt: string | null;
}

export type MaintainedList = "space" | "projects" | "policies" | "contacts" | "events";

export interface ListEntryRecord {
  entryId: string;
  list: MaintainedList;
  /** JSON of matching's list entry. */
  content: unknown;
  contentHash: string;
  origin: "file" | "desk";
  state: "active" | "removed";
  updatedBy: string;
  updatedAt: string;
}

export interface ProgramStore {
  /** Grows with every change of a published program or list entry. */
  revision(): Promise<number>;
  /**
   * One transaction: files added, changed and vanished since the last start; audit entries and events for what changed.
   * An admin's withdrawal holds until the file changes; an admin's own revision stays published, and a changed file is
   * proposed beside it. Throws `conflict` when an id is there twice.
   */
  syncFiles(
    files: readonly { programId: string; content: unknown; contentHash: string }[],
    at: Date,
    origin: ChangeOrigin,
  ): Promise<{ added: string[]; changed: string[]; removed: string[]; unchanged: number }>;
  /** A new revision, `proposed`. Throws `conflict` when one is open already. */
  propose(
    program: Pick<ProgramRecord, "programId" | "origin" | "content" | "contentHash">,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<ProgramRecord>;
  /** Publishes or rejects the open proposal. Throws `not-found`, `conflict`. */
  decide(
    programId: string,
    decision: "publish" | "reject",
    at: Date,
    origin: ChangeOrigin,
  ): Promise<ProgramRecord>;
  withdraw(programId: string, at: Date, origin: ChangeOrigin): Promise<ProgramRecord>;
  /** Of every program the newest revision, or the newest in a state. */
  listPrograms(filter?: { state?: ProgramRecord["state"] }): Promise<ProgramRecord[]>;
  getPublished(programId: string): Promise<ProgramRecord | undefined>;
  history(programId: string): Promise<ProgramRecord[]>;
  pendingEvents(limit: number): Promise<ProgramEvent[]>;
  markHandled(eventIds: readonly number[], at: Date): Promise<void>;
  /** Entries from files that vanished become `removed`; those that an admin changed stay as they are. */
  syncListFiles(
    entries: readonly Pick<ListEntryRecord, "entryId" | "list" | "content" | "contentHash">[],
    at: Date,
    origin: ChangeOrigin,
  ): Promise<{ added: string[]; changed: string[]; removed: string[]; unchanged: number }>;
  saveListEntry(
    entry: Pick<ListEntryRecord, "entryId" | "list" | "content" | "contentHash">,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<ListEntryRecord>;
  removeListEntry(entryId: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** Active ones, by list and id. */
  listEntries(list?: MaintainedList): Promise<ListEntryRecord[]>;
}
