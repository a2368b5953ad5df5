import type { Knex } from "knex";

/** Counts the changes of one kind of content, so that what was made of it can be kept until the next. */
export type CounterName = "publication" | "faq" | "programs";

export type ReadCounter = (name: CounterName) => Promise<number>;

export function createCounterReader(read: Knex): ReadCounter {
  return async (name) => {
    const row: { value: number | string } | undefined = await read("counters").where({ name }).first();
    return Number(row?.value);
  };
}
