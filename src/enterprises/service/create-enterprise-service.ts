import type { EnterpriseService } from "../types.ts";
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
  return {
    ...createCurrent(options),
    ...createFactsPart(options),
    ...createIdentify(options),
    ...createChatsPart(options),
    ...createPeoplePart(options),
    exportData: (by, at) => exportData(options, by, at),
    deleteData: (by, at) => deleteData(options, by, at),
    importList: (rows, reference, by, at) => importList(options, rows, reference, by, at),
  };
}
