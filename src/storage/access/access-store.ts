import type { Database } from "../dialect.ts";
import type { AccessStore } from "../types.ts";
import { createRoles } from "./roles.ts";
import { createTokens } from "./tokens.ts";

export function createAccessStore(database: Database): AccessStore {
  return { ...createRoles(database), ...createTokens(database) };
}
