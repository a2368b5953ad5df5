import type { Access } from "./access/index.ts";
import type { Answerer } from "./answering/index.ts";
import { loadGoldenQuestions } from "./evaluation/index.ts";
import {
  type KnowledgeService,
  makeFingerprint,
  matchDocument,
  type PlaceTable,
  parseDocument,
  relateDocuments,
} from "./knowledge/index.ts";
import type { Park } from "./park.ts";
import { createPublishing, type Publishing } from "./publishing/index.ts";
import { type DocumentReader, fetchLink } from "./readers/index.ts";
import type { Clock, IdSource, Logger } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";

export interface PublishingWires {
  storage: Storage;
  knowledge: KnowledgeService;
  places: PlaceTable;
  reader: DocumentReader;
  answerer: Answerer;
  access: Access;
  park: Park;
  knowledgeDirectory: string;
  /** The index learns of what was published. */
  refresh(): Promise<void>;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** The life of documents, over an open application. */
export function wirePublishing(wires: PublishingWires): Publishing {
  const { storage, knowledge, places, reader, clock, ids, logger } = wires;
  return createPublishing({
    storage,
    knowledge,
    relate: async (day) => relateDocuments(await knowledge.listPublished(), day),
    parser: {
      parse: (document, { fileName, sidecar }) =>
        parseDocument(document, { fileName, places, ...(sidecar && { sidecar }) }),
      fingerprint: makeFingerprint,
      match: (document) => matchDocument(makeFingerprint(document), storage.knowledge, document.text),
    },
    reader,
    fetchLink: (url, allowedHosts) => fetchLink(url, { allowedHosts }),
    answerer: wires.answerer,
    goldenQuestions: () => loadGoldenQuestions(wires.knowledgeDirectory),
    rolesOf: async (account) => (await wires.access.actorOf(account)).roles,
    settings: wires.park.publishing,
    onPublished: wires.refresh,
    clock,
    ids,
    logger,
  });
}
