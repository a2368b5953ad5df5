import type { Knex } from "knex";
import type { ReadCounter } from "../read-counter.ts";

/**
 * Remembers what was read of the counters until a transaction of this database changes one. For the process that alone
 * may write: nobody else can change them. While such a transaction runs nothing is remembered, and the next reading after
 * it sees what it wrote.
 */
export function rememberCounters(database: Knex, read: ReadCounter): ReadCounter {
  const known = new Map<string, number>();
  let changing = 0;
  let changes = 0;
  const begin = database.transaction.bind(database);
  const transaction = async (work: (transaction: Knex.Transaction) => unknown, settings?: object) => {
    let isChange = false;
    const watched = (inner: Knex.Transaction) => {
      inner.on("query", ({ sql }: { sql: string }) => {
        if (isChange || !isCounting(sql)) return;
        isChange = true;
        changing += 1;
        known.clear();
      });
      return work(inner) as Promise<unknown>;
    };
    try {
      return await begin(watched, settings);
    } finally {
      if (isChange) {
        changing -= 1;
        changes += 1;
      }
    }
  };
  Object.defineProperty(database, "transaction", { value: transaction, configurable: true });
  return async (name) => {
    const remembered = known.get(name);
    if (remembered !== undefined) return remembered;
    const before = changes;
    const value = await read(name);
    if (changing === 0 && changes === before) known.set(name, value);
    return value;
  };
}

function isCounting(sql: string): boolean {
  return /\bcounters\b/.test(sql) && !/^\s*select\b/i.test(sql);
}
