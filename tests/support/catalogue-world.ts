import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Actor } from "../../src/access/index.ts";
import { loadProfileLexicon } from "../../src/enterprises/index.ts";
import {
  createKnowledgeService,
  openSource,
  type ParsedDocument,
  parseDocument,
  readSource,
  statusOn,
} from "../../src/knowledge/index.ts";
import {
  type Catalogue,
  type CatalogueDocuments,
  createCatalogue,
  createLists,
  hashContent,
  type Lists,
  loadProgramFiles,
  syncProgramFiles,
} from "../../src/matching/index.ts";
import { createCountingIds, createManualClock, randomIds, silentLogger } from "../../src/shared/index.ts";
import { KNOWLEDGE_DIRECTORY } from "./program-directory.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";

export const ADMIN: Actor = { account: "feishu:ou_admin", roles: new Set(["staff", "admin"]) };
export const STAFF: Actor = { account: "feishu:ou_staff", roles: new Set(["staff"]) };

export const lexicon = await loadProfileLexicon(KNOWLEDGE_DIRECTORY);
export const programFiles = await loadProgramFiles(KNOWLEDGE_DIRECTORY, lexicon);
const plans = join(KNOWLEDGE_DIRECTORY, "plans");
const fileName = readdirSync(plans).find((file) => file.endsWith(".txt")) ?? "";
/** The shipped plan as its file says it. */
export const planText = openSource(await readSource(join(plans, fileName))).text;

export function parsePlan(text: string): ParsedDocument {
  return parseDocument(text, { fileName });
}

export const AT = new Date("2026-11-23T02:00:00Z");

export interface CatalogueWorld {
  storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
  catalogue: Catalogue;
  lists: Lists;
  /** Publishes a text as the next version of a document. */
  publish(text: string, sourceKey?: string): Promise<void>;
  /** Brings the store to the shipped files. */
  sync(): ReturnType<typeof syncProgramFiles>;
  /** How often a document's text was read. */
  reads: { count: number };
}

/** The catalogue and the lists over real storage and the real knowledge service. */
export async function createCatalogueWorld(): Promise<CatalogueWorld> {
  const storage = await openTemporaryStorage();
  const knowledge = createKnowledgeService({
    store: storage.knowledge,
    clock: createManualClock(AT).now,
    ids: randomIds,
    logger: silentLogger,
  });
  const reads = { count: 0 };
  const documents: CatalogueDocuments = {
    revision: () => storage.knowledge.revision(),
    listPublished: () => knowledge.listPublished(),
    documentText: (versionId) => {
      reads.count += 1;
      return knowledge.documentText(versionId);
    },
    getClauses: (versionId) => knowledge.getClauses(versionId),
    statusOn: (document, day) => statusOn(document.metadata, day),
  };
  const { directions } = programFiles;
  const store = storage.programs;
  const catalogue = createCatalogue({ store, documents, directions, lexicon, logger: silentLogger });
  return {
    storage,
    catalogue,
    lists: createLists({
      store,
      catalogue,
      documents,
      lexicon,
      directions: new Map(directions.map((one) => [one.id, one])),
      ids: createCountingIds("entry"),
    }),
    async publish(text, sourceKey = fileName) {
      const destination = { collection: "plans", sourceKey, contentHash: hashContent(text), publish: true };
      await knowledge.saveParsed(parsePlan(text), destination);
    },
    sync: () => syncProgramFiles(programFiles, storage.programs, AT),
    reads,
  };
}
