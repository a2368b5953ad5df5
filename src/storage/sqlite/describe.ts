import { stat } from "node:fs/promises";
import type { StorageFacts } from "../dialect.ts";
import type { OpenStorageOptions } from "../types.ts";
import { connectSqlite } from "./connect.ts";
import { sqlitePath } from "./path.ts";

export async function describeSqlite(
  options: OpenStorageOptions,
): Promise<Pick<StorageFacts, "location" | "exists" | "sizeBytes" | "damage">> {
  const location = sqlitePath(options.dataDirectory);
  const size = await fileSize(location);
  if (size === undefined) return { location, exists: false, sizeBytes: null, damage: null };
  const log = (await fileSize(`${location}-wal`)) ?? 0;
  return { location, exists: true, sizeBytes: size + log, damage: await findDamage(options) };
}

async function fileSize(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}

async function findDamage(options: OpenStorageOptions): Promise<string | null> {
  const database = await connectSqlite({ ...options, mode: "read" });
  try {
    const rows: { quick_check: string }[] = await database.read.raw("pragma quick_check(1)");
    const finding = rows[0]?.quick_check ?? "ok";
    return finding === "ok" ? null : finding;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    await database.close();
  }
}
