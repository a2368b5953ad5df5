import type { Knex } from "knex";
import type { Database } from "../../src/storage/dialect.ts";

interface Statement {
  sql: string;
  bindings: Knex.Value[];
}

/** Collects the distinct statements of a SQLite database; what it returns tells how each of them finds its rows. */
export function collectStatements(
  database: Database,
): () => Promise<{ asked: number; scans: { sql: string; detail: string }[] }> {
  const statements = new Map<string, Statement>();
  for (const part of [database.read, database.write]) {
    part.on("query", ({ sql, bindings }: Statement) => {
      if (/^(select|update|delete)/.test(sql)) statements.set(sql, { sql, bindings });
    });
  }
  return async () => {
    const asked = [...statements.values()];
    const scans: { sql: string; detail: string }[] = [];
    for (const { sql, bindings } of asked) {
      const plan: { detail: string }[] = await database.read.raw(`explain query plan ${sql}`, bindings);
      const scan = plan.find(
        ({ detail }) => /^SCAN (?!.*USING (COVERING )?INDEX)/.test(detail) || /TEMP B-TREE/.test(detail),
      );
      if (scan) scans.push({ sql, detail: scan.detail });
    }
    return { asked: asked.length, scans };
  };
}
