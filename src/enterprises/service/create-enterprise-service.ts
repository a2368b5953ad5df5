import type { EnterpriseService, PersonalDataKeeper } from "../types.ts";
import { createChatsPart } from "./chats-part.ts";
import { createCurrent } from "./current-enterprise.ts";
import { deleteData } from "./delete-data.ts";
import { exportData } from "./export-data.ts";
import { createIdentify } from "./identify-enterprise.ts";
import { importList } from "./import-list.ts";
import { createPeoplePart } from "./people-part.ts";
import { createFactsPart } from "./record-facts.ts";
import type { EnterpriseServiceOptions } from "./service-parts.ts";

/** Enterprises and their people over the stores: who may see what, what counts, and how it is given back or removed. */
export function createEnterpriseService(options: EnterpriseServiceOptions): EnterpriseService {
  const keepers: PersonalDataKeeper[] = [];
  return {
    ...createCurrent(options),
    ...createFactsPart(options),
    ...createIdentify(options),
    ...createChatsPart(options),
    ...createPeoplePart(options),
    addKeeper: (keeper) => void keepers.push(keeper),
    async exportData(by, at) {
      const given = await exportData(options, by, at);
      const others = await Promise.all(
        keepers.map(async ({ name, give }) => [name, await give(by.account)] as const),
      );
      return { ...(given as object), ...Object.fromEntries(others) };
    },
    async deleteData(by, at) {
      // First what is open with others: they are told while it can still be said whose it was.
      for (const { forget } of keepers) await forget(by.account, at);
      return deleteData(options, by, at);
    },
    importList: (rows, reference, by, at) => importList(options, rows, reference, by, at),
  };
}
