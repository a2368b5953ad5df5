import type { KnowledgeService } from "../knowledge/index.ts";
import type { Storage } from "../storage/index.ts";
import type { CommandContext } from "./run-command.ts";
import { withDocumentReader } from "./with-document-reader.ts";

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
  try {
    return await withDocumentReader(context, (reader) => {
      const store = storage.knowledge;
      const knowledge = createKnowledgeService({ store, places, reader, clock, ids, logger });
      return work({ storage, knowledge });
    });
  } finally {
    await storage.close();
  }
}
