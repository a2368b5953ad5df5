import type { Knex } from "knex";

/**
 * The first statement of every transaction that changes documents, the FAQ, rights or the audit log: they run one after
 * the other, and so the entries of the log have no gaps. SQLite has one writer anyway; in PostgreSQL the row lock sees to
 * it.
 */
export async function lockChanges(transaction: Knex.Transaction): Promise<void> {
  await transaction("counters").where({ name: "publication" }).forUpdate().select("value");
}

/** Runs work with the lock held, in one transaction. */
export function changeWithin<Result>(
  write: Knex,
  work: (transaction: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return write.transaction(async (transaction) => {
    await lockChanges(transaction);
    return work(transaction);
  });
}
