import { access } from "node:fs/promises";
import knex, { type Knex } from "knex";
import type { Database as Connection } from "sqlite3";
import { missingDatabase } from "../data-directory.ts";
import type { Database } from "../dialect.ts";
import { quietLog } from "../quiet-log.ts";
import { createCounterReader } from "../read-counter.ts";
import type { OpenStorageOptions } from "../types.ts";
import { createGroupCommit } from "./commit-together.ts";
import { keepFirstError } from "./keep-first-error.ts";
import { sqlitePath } from "./path.ts";
import { rememberCounters } from "./remember-counters.ts";

const PAGE_BYTES = 4096;
const READERS = 4;
const BUSY_TIMEOUT_MS = 3000;
/** The write-ahead log shrinks back to this after a large import. */
const MAX_IDLE_LOG_BYTES = 16 * 1024 * 1024;

/**
 * One connection that writes, so that transactions queue up instead of failing, and a few that only read: in WAL mode
 * they never wait for the writer, in this process or in another.
 */
export async function connectSqlite(options: OpenStorageOptions): Promise<Database> {
  const filename = sqlitePath(options.dataDirectory);
  if (options.mode === "read") {
    await access(filename).catch(() => {
      throw missingDatabase(options.dataDirectory);
    });
    const read = openPool(filename, READERS, readerPragmas());
    return {
      read,
      write: read,
      counter: createCounterReader(read),
      change: createGroupCommit(read),
      ping: () => ping(read),
      close: () => read.destroy(),
    };
  }
  const write = keepFirstError(openPool(filename, 1, writerPragmas(options)));
  const read = openPool(filename, READERS, readerPragmas());
  const close = async () => {
    await read.destroy();
    await write.destroy();
  };
  try {
    await requireWritable(write);
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const counter = rememberCounters(write, createCounterReader(read));
  return { read, write, counter, change: createGroupCommit(write), ping: () => ping(write), close };
}

async function ping(database: Knex): Promise<void> {
  await database.raw("select 1");
}

/** A file that cannot be written, or is held by another program, should be noticed now and not with the first message. */
async function requireWritable(write: Knex): Promise<void> {
  await write.raw("begin immediate");
  // Of a file that is only readable SQLite lets the transaction begin; the first change fails.
  await write.raw("pragma user_version = 1");
  await write.raw("rollback");
}

/**
 * FULL and not NORMAL: an acknowledged message survives a power cut, at one sync of the disk a transaction. What people
 * have deleted is overwritten, so that it cannot be read from the file any more.
 */
function writerPragmas({ maxDatabaseBytes }: OpenStorageOptions): string {
  const limit =
    maxDatabaseBytes === undefined
      ? ""
      : `pragma max_page_count = ${Math.max(1, Math.floor(maxDatabaseBytes / PAGE_BYTES))};`;
  return `pragma busy_timeout = ${BUSY_TIMEOUT_MS};
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma journal_size_limit = ${MAX_IDLE_LOG_BYTES};
    ${limit}`;
}

function readerPragmas(): string {
  return `pragma busy_timeout = ${BUSY_TIMEOUT_MS}; pragma query_only = on;`;
}

function openPool(filename: string, connections: number, pragmas: string): Knex {
  return knex({
    client: "sqlite3",
    connection: { filename },
    useNullAsDefault: true,
    // Texts of users must not get into messages of errors.
    compileSqlOnError: false,
    log: quietLog,
    pool: {
      min: connections === 1 ? 1 : 0,
      max: connections,
      afterCreate: (connection: Connection, done: (error: Error | null, connection: Connection) => void) => {
        connection.exec(pragmas, (error) => done(error, connection));
      },
    },
  });
}
