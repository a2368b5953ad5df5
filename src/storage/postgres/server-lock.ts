import pg from "pg";
import { AppError } from "../../shared/index.ts";
import type { OpenStorageOptions } from "../types.ts";
import { postgresLocation, requireDatabaseUrl } from "./location.ts";

export interface ServerLock {
  /** Takes the lock again after a lost connection. Throws `data-directory` when somebody else was quicker. */
  ensureHeld(): Promise<void>;
  release(): Promise<void>;
}

/** An arbitrary number that only Xiance uses: its name in ASCII. */
const LOCK_KEY = Number.parseInt(Buffer.from("xiance").toString("hex"), 16);

/**
 * Two data directories may point at one database; then the lock of the directory says nothing. This one is held by a
 * connection of its own and freed by the server when that ends. It needs a direct connection or session pooling.
 */
export async function acquireServerLock(options: OpenStorageOptions): Promise<ServerLock> {
  let holder = await lockWith(options);
  return {
    async ensureHeld() {
      if (holder.lost) holder = await lockWith(options);
    },
    release: () => holder.client.end(),
  };
}

async function lockWith(options: OpenStorageOptions): Promise<{ client: pg.Client; lost: boolean }> {
  const client = new pg.Client({
    connectionString: requireDatabaseUrl(options),
    application_name: "xiance-writer",
    keepAlive: true,
  });
  const holder = { client, lost: false };
  const markLost = () => {
    holder.lost = true;
  };
  client.on("error", markLost);
  client.on("end", markLost);
  await client.connect();
  // A writer whose machine lost power is noticed after about a minute instead of two hours.
  await client.query(
    "set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3",
  );
  const { rows } = await client.query("select pg_try_advisory_lock($1) as locked", [LOCK_KEY]);
  if (rows[0]?.locked === true) return holder;
  await client.end();
  throw alreadyInUse(postgresLocation(options));
}

function alreadyInUse(location: string): AppError {
  return new AppError({
    code: "data-directory",
    message: "the database is in use by another writer",
    safeMessage: `数据库（${location}）正被另一个贤策进程使用。请先停止该进程，或在 DATABASE_URL 中换一个数据库。`,
    retryable: true,
  });
}
