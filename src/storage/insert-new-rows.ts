import type { Knex } from "knex";
import { maxRowsPerInsert, type Value } from "./insert-rows.ts";
import { inChunks } from "./row-values.ts";

/** Like `insertRows`, in as many statements as it takes; rows that are there already stay. Returns how many are new. */
export async function insertNewRows(
  database: Knex,
  table: string,
  columns: readonly string[],
  key: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<number> {
  let written = 0;
  const row = `(${columns.map(() => "?").join(",")})`;
  for (const chunk of inChunks(rows, maxRowsPerInsert(columns))) {
    const sql = `insert into ${table} (${columns.join(",")}) values ${chunk.map(() => row).join(",")}
      on conflict (${key.join(",")}) do nothing returning 1`;
    const result: unknown[] | { rows: unknown[] } = await database.raw(sql, chunk.flat());
    written += Array.isArray(result) ? result.length : result.rows.length;
  }
  return written;
}
