import type { Dialect } from "../dialect.ts";
import { connectSqlite } from "./connect.ts";
import { describeSqlite } from "./describe.ts";
import { toSqliteAppError } from "./errors.ts";

export const sqliteDialect: Dialect = {
  name: "sqlite",
  keyType: "text",
  // In WAL mode every transaction sees the state of its first statement.
  snapshot: {},
  connect: connectSqlite,
  toAppError: toSqliteAppError,
  describe: describeSqlite,
};
