import type { Knex } from "knex";
import type { AppError } from "../shared/index.ts";
import type { ReadCounter } from "./read-counter.ts";
import type { OpenStorageOptions, Storage } from "./types.ts";

export type DialectName = Storage["dialect"];

/** Whether a change is one statement, or several that count together. */
export type ChangeKind = "statement" | "transaction";

/** Resolves when the change is written for good. The work may be run more than once, and must do nothing besides. */
export type Change = <Result>(work: (on: Knex) => Promise<Result>, kind: ChangeKind) => Promise<Result>;

/** Open connections of one database, and how to let go of them. */
export interface Database {
  /** Statements that change something, and transactions. In SQLite exactly one connection. */
  write: Knex;
  /** Statements that only read; never waits for a writer. */
  read: Knex;
  /** For the many small changes of every message: those of the same moment may be written together. */
  change: Change;
  counter: ReadCounter;
  /** Throws when the database does not answer, or when the right to write was lost. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Facts for doctor. */
export interface StorageFacts {
  dialect: DialectName;
  /** The path of the file, or `host:port/database`; never a password. */
  location: string;
  exists: boolean;
  sizeBytes: number | null;
  /** What is left on the disk of the data directory. */
  freeBytes: number | null;
  /** The process that holds the data directory at this moment; `unknown` when it left no number. */
  writer: number | "unknown" | null;
  /** `null`: sound. Otherwise what the database's own check says. Only SQLite is checked. */
  damage: string | null;
}

/**
 * What differs between the databases. A folder of this room for each: `dialect.ts` (this), `connect.ts`, `errors.ts`
 * and `describe.ts`. Queries themselves are the same everywhere.
 */
export interface Dialect {
  readonly name: DialectName;
  /** Column type for keys and instants. Compares by code point, so that both databases sort alike. */
  readonly keyType: string;
  /** Opens without migrating. In `write` mode whoever calls holds the lock of the data directory. */
  connect(options: OpenStorageOptions): Promise<Database>;
  /** An error of the driver → an AppError with the next step; anything else → undefined. */
  toAppError(thrown: unknown, options: OpenStorageOptions): AppError | undefined;
  describe(
    options: OpenStorageOptions,
  ): Promise<Pick<StorageFacts, "location" | "exists" | "sizeBytes" | "damage">>;
}
