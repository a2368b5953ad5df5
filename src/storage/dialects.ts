import type { Dialect, DialectName } from "./dialect.ts";
import { postgresDialect } from "./postgres/dialect.ts";
import { sqliteDialect } from "./sqlite/dialect.ts";
import type { OpenStorageOptions } from "./types.ts";

/** Every database that storage speaks; the folders of this room, one each. */
export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  sqlite: sqliteDialect,
  postgres: postgresDialect,
};

export function chooseDialect(options: OpenStorageOptions): Dialect {
  return options.databaseUrl === undefined ? DIALECTS.sqlite : DIALECTS.postgres;
}
