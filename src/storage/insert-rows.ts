import type { Knex } from "knex";

export type Value = string | number | Buffer | null;

/** Bound values of one statement; SQLite allows 32,766 and PostgreSQL 65,535, and more than this gains nothing. */
const MAX_BOUND_VALUES = 5000;

export function maxRowsPerInsert(columns: readonly string[]): number {
  return Math.floor(MAX_BOUND_VALUES / columns.length);
}

/**
 * One statement for many rows. Knex's own `insert` writes `select … union all select …` for SQLite, which is limited to
 * 500 rows and an order of magnitude slower to compile.
 */
export async function insertRows(
  database: Knex,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
  suffix = "",
): Promise<void> {
  if (rows.length === 0) return;
  const row = `(${columns.map(() => "?").join(",")})`;
  const sql = `insert into ${table} (${columns.join(",")}) values ${rows.map(() => row).join(",")} ${suffix}`;
  await database.raw(sql, rows.flat());
}
