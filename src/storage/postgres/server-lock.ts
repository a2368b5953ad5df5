import type pg from "pg";
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

const LOCK_NOT_AVAILABLE = "55P03";
/** So long a starting process waits for one that is just ending. */
const WAIT_MS = 500;

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
  // Only here, because most installations have no server and need not wait for the driver to load.
  const { Client } = (await import("pg")).default;
  const client = new Client({
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
    `set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3;
     set lock_timeout = ${WAIT_MS}`,
  );
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK_KEY]);
    return holder;
  } catch (thrown) {
    await client.end();
    const waitedInVain = thrown instanceof Error && "code" in thrown && thrown.code === LOCK_NOT_AVAILABLE;
    throw waitedInVain ? alreadyInUse(postgresLocation(options)) : thrown;
  }
}

function alreadyInUse(location: string): AppError {
  return new AppError({
    code: "data-directory",
    message: "the database is in use by another writer",
    safeMessage: `数据库（${location}）正被另一个贤策进程使用。请先停止该进程，或在 DATABASE_URL 中换一个数据库。`,
    retryable: true,
  });
}
