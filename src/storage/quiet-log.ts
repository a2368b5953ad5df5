import type { Knex } from "knex";

/** Knex prints to the console by itself. Whatever goes wrong is thrown as well, so nothing is lost. */
export const quietLog: Knex.Logger = {
  warn: () => undefined,
  error: () => undefined,
  debug: () => undefined,
  deprecate: () => undefined,
};
