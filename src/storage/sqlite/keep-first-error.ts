import type { Knex } from "knex";

/**
 * After a full disk or a failed read SQLite has rolled back by itself; Knex's own ROLLBACK then fails with “no transaction
 * is active”, and that would hide what happened. A transaction of this database throws what its work threw.
 */
export function keepFirstError(database: Knex): Knex {
  const begin = database.transaction.bind(database);
  const transaction = async (work: (transaction: Knex.Transaction) => unknown, settings?: object) => {
    let first: { thrown: unknown } | undefined;
    const watched = async (inner: Knex.Transaction) => {
      try {
        return await work(inner);
      } catch (thrown) {
        first = { thrown };
        throw thrown;
      }
    };
    try {
      return await begin(watched, settings);
    } catch (thrown) {
      throw first ? first.thrown : thrown;
    }
  };
  Object.defineProperty(database, "transaction", { value: transaction, configurable: true });
  return database;
}
