import { join } from "node:path";
import knex, { type Knex } from "knex";
import type { OpenStorageOptions } from "../../src/storage/index.ts";

/** The database itself, past the storage room: for what an owner of the server or the file could do. */
export function openRawDatabase({ databaseUrl, dataDirectory }: OpenStorageOptions): Knex {
  if (databaseUrl !== undefined) return knex({ client: "pg", connection: databaseUrl });
  const filename = join(dataDirectory, "xiance.sqlite");
  return knex({ client: "sqlite3", connection: { filename }, useNullAsDefault: true });
}
