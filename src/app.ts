import { join } from "node:path";
import { type Access, createAccess } from "./access/index.ts";
import { type Answerer, createAnswerer, loadAnsweringLexicon } from "./answering/index.ts";
import type { Config } from "./config.ts";
import type { MaterialSkillOptions } from "./conversation/index.ts";
import { describeVersions } from "./describe-versions.ts";
import {
  createKnowledgeService,
  findPlaces,
  type KnowledgeService,
  loadPlaces,
  type PlaceTable,
} from "./knowledge/index.ts";
import { loadPark, type Park } from "./park.ts";
import { createFaqSource, type Publishing } from "./publishing/index.ts";
import { createDocumentReader } from "./readers/index.ts";
import { createRetriever, type Retriever } from "./retrieval/index.ts";
import type { Clock, IdSource, Logger } from "./shared/index.ts";
import { openStorage, type Storage } from "./storage/index.ts";
import { type MatchingRooms, wireMatching } from "./wire-matching.ts";
import { wireMaterials } from "./wire-materials.ts";
import { wirePublishing } from "./wire-publishing.ts";
import { type TriageRooms, wireTriage } from "./wire-triage.ts";

export interface Surroundings {
  /** `write`: the one process that changes the data directory; `read`: beside a running one. */
  mode: "write" | "read";
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** The wired application, without channels: `service.ts` adds those. */
export interface Application extends MatchingRooms, TriageRooms {
  mode: "write" | "read";
  config: Config;
  park: Park;
  storage: Storage;
  knowledge: KnowledgeService;
  retriever: Retriever;
  answerer: Answerer;
  access: Access;
  publishing: Publishing;
  /** Files that askers send, as question material. */
  readMaterial: MaterialSkillOptions["read"];
  close(): Promise<void>;
}

/** Opens storage, brings the shipped knowledge up to date (when writing), loads the index and wires the rooms. */
export async function openApplication(
  config: Config,
  { mode, clock, ids, logger }: Surroundings,
): Promise<Application> {
  const park = await loadPark(config.knowledgeDirectory);
  const storage = await openStorage({
    dataDirectory: config.dataDirectory,
    mode,
    ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
  });
  try {
    const places = await loadPlaces(config.knowledgeDirectory);
    const reader = createDocumentReader({ logger });
    const knowledge = createKnowledgeService({
      ...{ store: storage.knowledge, places, reader, clock, ids, logger },
    });
    if (mode === "write") await knowledge.syncDirectory(join(config.knowledgeDirectory, "plans"), "plans");
    const retriever = await openRetriever({ config, storage, park, clock, logger });
    const answerer = await openAnswerer({
      config,
      storage,
      knowledge,
      retriever,
      places,
      park,
      clock,
      logger,
    });
    const access = createAccess(storage.access, clock);
    const publishing = wirePublishing({
      ...{ storage, knowledge, places, reader, answerer, access, park, clock, ids, logger },
      knowledgeDirectory: config.knowledgeDirectory,
      refresh: () => retriever.refresh(),
    });
    const rooms = await wireMatching({
      ...{ mode, storage, knowledge, places, park, clock, ids, logger },
      knowledgeDirectory: config.knowledgeDirectory,
    });
    publishing.addImpactSource(rooms.programImpact);
    const { matching } = rooms;
    const desk = await wireTriage({
      ...{ mode, config, storage, knowledge, access, publishing, matching, clock, ids, logger },
    });
    rooms.enterprises.addKeeper(desk.tickets.personalData);
    rooms.enterprises.addKeeper(desk.triage.feedback.personalData);
    return {
      ...rooms,
      ...desk,
      mode,
      config,
      park,
      storage,
      knowledge,
      retriever,
      answerer,
      access,
      publishing,
      readMaterial: wireMaterials({ storage, knowledge, places, reader, clock, logger }),
      close: async () => {
        await reader.close();
        await retriever.close();
        await storage.close();
      },
    };
  } catch (thrown) {
    await storage.close();
    throw thrown;
  }
}

async function openRetriever({
  config,
  storage,
  park,
  clock,
  logger,
}: Pick<Application, "config" | "storage" | "park"> & Pick<Surroundings, "clock" | "logger">) {
  const embedding = await openEmbedding(config, logger);
  return createRetriever({
    knowledgeStore: storage.knowledge,
    embeddingStore: storage.embeddings,
    dataDirectory: config.dataDirectory,
    lexiconDirectory: join(config.knowledgeDirectory, "lexicon"),
    homePlaces: park.places,
    clock,
    logger,
    ...(embedding && { embedding }),
  });
}

type AnswererParts = Pick<Application, "config" | "storage" | "knowledge" | "retriever" | "park"> &
  Pick<Surroundings, "clock" | "logger"> & { places: PlaceTable };

async function openAnswerer(parts: AnswererParts): Promise<Answerer> {
  const { config, storage, knowledge, retriever, places, park, clock, logger } = parts;
  const phraser = await openPhraser(config, logger);
  return createAnswerer({
    retriever,
    documents: describeDocuments(storage, knowledge),
    faq: createFaqSource(storage.faq, clock),
    lexicon: await loadAnsweringLexicon(join(config.knowledgeDirectory, "lexicon")),
    findPlaces: (text) => findPlaces(text, places),
    homePlaces: park.places,
    clock,
    ...(phraser && { phraser }),
  });
}

/** What answering asks of the documents. */
function describeDocuments(
  storage: Storage,
  knowledge: KnowledgeService,
): Parameters<typeof createAnswerer>[0]["documents"] {
  return {
    listPublished: knowledge.listPublished,
    getClauses: knowledge.getClauses,
    documentText: knowledge.documentText,
    getOutline: knowledge.getOutline,
    revision: () => storage.knowledge.revision(),
    describeVersions: (versionIds) => describeVersions(storage.knowledge, versionIds),
  };
}

/** Model code is only loaded when a model is configured. */
async function openEmbedding(config: Config, logger: Logger) {
  if (config.embedding.kind === "none") return undefined;
  const { createEmbeddingModel } = await import("./models/index.ts");
  return createEmbeddingModel(config.embedding, { logger });
}

async function openPhraser(config: Config, logger: Logger) {
  if (!config.languageModel) return undefined;
  const [{ createAnswerPhraser }, { createLanguageModel }] = await Promise.all([
    import("./answering/index.ts"),
    import("./models/index.ts"),
  ]);
  const model = createLanguageModel(config.languageModel, { logger });
  return createAnswerPhraser({ model, promptsDirectory: config.promptsDirectory, logger });
}
