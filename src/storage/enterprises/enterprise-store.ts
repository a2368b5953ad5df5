import type { Database } from "../dialect.ts";
import type { EnterpriseStore } from "../types.ts";
import { createChats } from "./chats.ts";
import { createBulk } from "./create-many.ts";
import { createDialogues } from "./dialogues.ts";
import { createFacts } from "./facts.ts";
import { createFiles } from "./files.ts";
import { createForgetting } from "./forget-account.ts";
import { createIdentity } from "./identity.ts";
import { createPeople } from "./people.ts";

export function createEnterpriseStore(database: Database): EnterpriseStore {
  return {
    ...createIdentity(database),
    ...createPeople(database),
    ...createChats(database),
    ...createFacts(database),
    ...createDialogues(database),
    ...createFiles(database),
    ...createForgetting(database),
    ...createBulk(database),
  };
}
