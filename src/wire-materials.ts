import { parseVisibility } from "./access/index.ts";
import type { MaterialSkillOptions } from "./conversation/index.ts";
import {
  type KnowledgeService,
  makeFingerprint,
  matchDocument,
  type PlaceTable,
  parseDocument,
  statusOn,
} from "./knowledge/index.ts";
import type { DocumentReader } from "./readers/index.ts";
import { type Clock, type Logger, toAppError, toShanghaiDay } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";

export interface MaterialWires {
  storage: Storage;
  knowledge: KnowledgeService;
  places: PlaceTable;
  reader: DocumentReader;
  clock: Clock;
  logger: Logger;
}

/** Somebody waits for an answer: what takes longer is no question material. */
const LIMITS = {
  maxBytes: 10 * 1024 * 1024,
  maxUnpackedBytes: 100 * 1024 * 1024,
  maxPages: 100,
  maxScannedPages: 6,
  maxMilliseconds: 45_000,
  maxStallMilliseconds: 30_000,
  maxMemoryBytes: 1024 * 1024 * 1024,
};

/** Reads what askers send, and looks whether it is a document that everybody may see. */
export function wireMaterials(wires: MaterialWires): MaterialSkillOptions["read"] {
  return async ({ bytes, name }) => {
    const document = await wires.reader.read({ bytes, fileName: name, limits: LIMITS });
    const text = document.text ?? document.blocks.map((block) => block.text).join("\n");
    const published = await findPublished(wires, document, name);
    return { text, ...(published && { published }) };
  };
}

async function findPublished(
  { storage, knowledge, places, clock, logger }: MaterialWires,
  document: Awaited<ReturnType<DocumentReader["read"]>>,
  fileName: string,
) {
  try {
    const parsed = parseDocument(document, { fileName, places });
    const match = await matchDocument(makeFingerprint(parsed), storage.knowledge, parsed.text);
    if (match.kind !== "same" && match.kind !== "new-version") return undefined;
    const published = (await knowledge.listPublished()).find(
      ({ documentId }) => documentId === match.documentId,
    );
    if (!published || parseVisibility(published.visibility).kind !== "public") return undefined;
    const isSame = match.kind === "same" && match.versionId === published.versionId;
    const { title } = published.metadata;
    return { title, status: statusOn(published.metadata, toShanghaiDay(clock())), isSame };
  } catch (thrown) {
    // A photograph of a notice board is no document; its words are read all the same.
    logger.debug({ error: toAppError(thrown).message }, "material is no document");
    return undefined;
  }
}
