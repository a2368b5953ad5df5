import type { Dialect } from "../dialect.ts";
import { connectPostgres } from "./connect.ts";
import { describePostgres } from "./describe.ts";
import { toPostgresAppError } from "./errors.ts";

export const postgresDialect: Dialect = {
  name: "postgres",
  keyType: 'text collate "C"',
  connect: connectPostgres,
  toAppError: toPostgresAppError,
  describe: describePostgres,
};
