import knex, { type Knex } from "knex";
import type pg from "pg";
import type { Database } from "../dialect.ts";
import { quietLog } from "../quiet-log.ts";
import { createCounterReader } from "../read-counter.ts";
import type { OpenStorageOptions } from "../types.ts";
import { requireDatabaseUrl } from "./location.ts";
import { acquireServerLock } from "./server-lock.ts";

const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

/** One pool for reading and writing; in write mode also one connection that holds the writer's lock on the server. */
export async function connectPostgres(options: OpenStorageOptions): Promise<Database> {
  const reading = options.mode === "read";
  const pool = openPool(requireDatabaseUrl(options), reading);
  try {
    await pool.raw("select 1");
    const lock = (options.mode ?? "write") === "write" ? await acquireServerLock(options) : undefined;
    return {
      read: pool,
      write: pool,
      counter: createCounterReader(pool),
      // The server syncs the commits of several connections together by itself.
      change: (work, kind) => (kind === "statement" ? work(pool) : pool.transaction(work)),
      async ping() {
        await pool.raw("select 1");
        await lock?.ensureHeld();
      },
      async close() {
        await pool.destroy();
        await lock?.release();
      },
    };
  } catch (thrown) {
    await pool.destroy();
    throw thrown;
  }
}

function openPool(connectionString: string, reading: boolean): Knex {
  return knex({
    client: "pg",
    connection: {
      connectionString,
      application_name: "xiance",
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    },
    // Texts of users must not get into messages of errors.
    compileSqlOnError: false,
    log: quietLog,
    pool: {
      min: 0,
      max: MAX_CONNECTIONS,
      // Not by `options` of the connection: a pooler in between would refuse those.
      ...(reading && { afterCreate: makeReadOnly }),
    },
  });
}

function makeReadOnly(client: pg.Client, done: (error: Error | null, client: pg.Client) => void): void {
  client.query("set session characteristics as transaction read only", (error) => done(error, client));
}
