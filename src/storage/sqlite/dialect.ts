import type { Dialect } from "../dialect.ts";
import { connectSqlite } from "./connect.ts";
import { describeSqlite } from "./describe.ts";
import { toSqliteAppError } from "./errors.ts";

export const sqliteDialect: Dialect = {
  name: "sqlite",
  keyType: "text",
  connect: connectSqlite,
  toAppError: toSqliteAppError,
  describe: describeSqlite,
};
