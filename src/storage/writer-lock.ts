import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import sqlite from "sqlite3";
import { AppError } from "../shared/index.ts";
import { unwritableDirectory } from "./data-directory.ts";

export interface WriterLock {
  release(): Promise<void>;
}

const LOCK_FILE = "writer-lock.sqlite";
const PROCESS_FILE = "writer.pid";
/** So long a starting process waits for one that is just ending. */
const WAIT_MS = 500;

/**
 * Makes this process the only writer of the data directory. An exclusive lock that SQLite holds on an empty database is
 * a lock of the operating system: the kernel frees it when the process dies, however it dies, and a reused process
 * number cannot be mistaken for the holder. The number beside it is only for the message.
 */
export async function acquireWriterLock(dataDirectory: string): Promise<WriterLock> {
  const lock = await tryLock(dataDirectory, WAIT_MS);
  if (!lock) throw await alreadyInUse(dataDirectory);
  const processFile = join(dataDirectory, PROCESS_FILE);
  // On a full disk the number cannot be written; that is no reason to refuse the start.
  await writeFile(processFile, `${process.pid}\n`).catch(() => undefined);
  return {
    async release() {
      await rm(processFile, { force: true }).catch(() => undefined);
      await closeDatabase(lock);
    },
  };
}

/** The process number of the present writer, `unknown` when it left none, null when there is no writer. */
export async function findWriter(dataDirectory: string): Promise<number | "unknown" | null> {
  const lock = await tryLock(dataDirectory, 0, sqlite.OPEN_READWRITE).catch(() => "missing" as const);
  if (lock === "missing") return null;
  if (!lock) return (await readProcessNumber(dataDirectory)) ?? "unknown";
  await closeDatabase(lock);
  return null;
}

async function tryLock(
  dataDirectory: string,
  waitMs: number,
  flags = sqlite.OPEN_READWRITE | sqlite.OPEN_CREATE,
): Promise<sqlite.Database | undefined> {
  const database = await openDatabase(join(dataDirectory, LOCK_FILE), flags).catch((cause: unknown) => {
    throw unwritableDirectory(dataDirectory, cause);
  });
  try {
    // A journal in memory: to be locked the file needs no room on a full disk.
    await execute(database, `pragma busy_timeout = ${waitMs}; pragma journal_mode = memory; begin exclusive`);
    return database;
  } catch (cause) {
    await closeDatabase(database);
    if (cause instanceof Error && "code" in cause && cause.code === "SQLITE_BUSY") return undefined;
    throw unwritableDirectory(dataDirectory, cause);
  }
}

async function alreadyInUse(dataDirectory: string): Promise<AppError> {
  const holder = await readProcessNumber(dataDirectory);
  const named = holder === undefined ? "" : `（进程号 ${holder}）`;
  return new AppError({
    code: "data-directory",
    message: `the data directory is in use by another process${holder === undefined ? "" : ` (${holder})`}`,
    safeMessage: `数据目录正被另一个贤策进程使用${named}：${dataDirectory}。请先停止该进程，或用 --data（XIANCE_DATA_DIR）换一个目录。`,
    retryable: true,
  });
}

async function readProcessNumber(dataDirectory: string): Promise<number | undefined> {
  const text = await readFile(join(dataDirectory, PROCESS_FILE), "utf8").catch(() => "");
  const number = Number.parseInt(text, 10);
  return Number.isSafeInteger(number) ? number : undefined;
}

function openDatabase(path: string, flags: number): Promise<sqlite.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite.Database(path, flags, (error) => (error ? reject(error) : resolve(database)));
  });
}

function execute(database: sqlite.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    database.exec(sql, (error) => (error ? reject(error) : resolve()));
  });
}

function closeDatabase(database: sqlite.Database): Promise<void> {
  return new Promise((resolve, reject) => {
    database.close((error) => (error ? reject(error) : resolve()));
  });
}
