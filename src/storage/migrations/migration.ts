import type { Knex } from "knex";
import type { Dialect } from "../dialect.ts";

/** One step of the schema. Never change one that was released: add the next. Runs in a transaction. */
export interface Migration {
  /** Sorts in the order of application. */
  name: string;
  up(knex: Knex, dialect: Dialect): Promise<void>;
}
