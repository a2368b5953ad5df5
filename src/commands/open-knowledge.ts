import type { KnowledgeService } from "../knowledge/index.ts";
import type { Storage } from "../storage/index.ts";
import type { CommandContext } from "./run-command.ts";

export interface OpenedKnowledge {
  storage: Storage;
  knowledge: KnowledgeService;
}

/** Storage and the knowledge service alone, for commands that change documents; the index follows at the next question. */
export async function withKnowledge<Outcome>(
  context: CommandContext,
  mode: "read" | "write",
  work: (opened: OpenedKnowledge) => Promise<Outcome>,
): Promise<Outcome> {
  const { openStorage } = await import("../storage/index.ts");
  const { createKnowledgeService, loadPlaces } = await import("../knowledge/index.ts");
  const { config, clock, ids, logger } = context;
  const places = await loadPlaces(config.knowledgeDirectory);
  const storage = await openStorage({
    dataDirectory: config.dataDirectory,
    mode,
    ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
  });
  const { createDocumentReader } = await import("../readers/index.ts");
  const reader = createDocumentReader({ logger });
  try {
    const store = storage.knowledge;
    const knowledge = createKnowledgeService({ store, places, reader, clock, ids, logger });
    return await work({ storage, knowledge });
  } finally {
    await reader.close();
    await storage.close();
  }
}
