import type { StorageFacts } from "../dialect.ts";
import { readSchemaState } from "../migrations/index.ts";
import type { OpenStorageOptions } from "../types.ts";
import { connectPostgres } from "./connect.ts";
import { postgresLocation } from "./location.ts";

export async function describePostgres(
  options: OpenStorageOptions,
): Promise<Pick<StorageFacts, "location" | "exists" | "sizeBytes" | "damage">> {
  const database = await connectPostgres({ ...options, mode: "read" });
  try {
    const { rows } = await database.read.raw("select pg_database_size(current_database()) as size");
    const exists = (await readSchemaState(database.read)) !== "missing";
    return { location: postgresLocation(options), exists, sizeBytes: Number(rows[0]?.size), damage: null };
  } finally {
    await database.close();
  }
}
