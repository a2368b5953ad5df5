import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Answerer } from "../../src/answering/index.ts";
import { readConfig } from "../../src/config.ts";
import { parseDocument } from "../../src/knowledge/index.ts";
import { type Service, startService } from "../../src/service.ts";
import {
  type DocumentId,
  randomIds,
  silentLogger,
  systemClock,
  type VersionId,
} from "../../src/shared/index.ts";
import type { Storage } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";
import { createEchoAnswerer } from "./test-answerer.ts";

const PLAN_FILE = "张江高新区奉贤园改革创新发展行动方案（2024-2026年）.txt";
const PLAN_ID = "plan" as DocumentId;
/** A sentence of the plan that the answer cites. */
export const CITED =
  "到2026年，“独角兽”“隐形冠军”企业超过2家，园区产业规模达千亿级以上，三大特色产业总规模占全区70%以上。";

export interface WebService {
  readonly address: string;
  readonly storage: Storage;
  /** Ends the service and begins it anew on the same port and data. */
  restart(): Promise<void>;
  /** Ends the service; `begin` starts it again. */
  end(): Promise<void>;
  begin(): Promise<void>;
  remove(): Promise<void>;
}

/** The whole service over the real plan, with an answerer that always cites the same sentence. */
export async function openWebService(
  behave: Parameters<typeof createEchoAnswerer>[0] = async () => ({}),
  environment: Record<string, string> = {},
): Promise<WebService> {
  const storage = await openTemporaryStorage();
  const start = await publishPlan(storage);
  const answerer: Answerer = createEchoAnswerer(async (request) => ({
    citations: [
      {
        documentId: PLAN_ID,
        title: "张江高新区奉贤园改革创新发展行动方案（2024-2026年）",
        status: "征求意见稿",
        section: "一（三）1、",
        heading: ["一、总体要求", "（三）行动目标", "1、产业能级显著增强。"],
        quote: CITED,
        start,
        end: start + CITED.length,
      },
    ],
    ...(await behave(request)),
  }));
  let port = 0;
  let service: Service | undefined;
  const begin = async () => {
    const config = readConfig({ XIANCE_HTTP_PORT: String(port), ...environment });
    const park = { name: "张江高新区奉贤园", places: [] };
    const parts = { config, park, storage, answerer, retriever: { size: 80 } };
    service = await startService(parts, { clock: systemClock, ids: randomIds, logger: silentLogger });
    port = Number(new URL(service.address).port);
  };
  const end = async () => {
    await service?.stop();
    service = undefined;
  };
  await begin();
  return {
    get address() {
      return `http://127.0.0.1:${port}`;
    },
    storage,
    begin,
    end,
    async restart() {
      await end();
      await begin();
    },
    async remove() {
      await end();
      await storage.remove();
    },
  };
}

/** Returns where the cited sentence begins. */
export async function publishPlan({ knowledge }: Storage): Promise<number> {
  const path = join(import.meta.dirname, "../../knowledge/plans", PLAN_FILE);
  const { text, metadata, nodes, clauses, warnings } = parseDocument(await readFile(path, "utf8"), {
    fileName: PLAN_FILE,
  });
  await knowledge.saveVersion({
    collection: "plans",
    sourceKey: PLAN_FILE,
    documentId: PLAN_ID,
    versionId: "plan-1" as VersionId,
    title: metadata.title,
    contentHash: "hash",
    parserRevision: 1,
    text,
    metadata,
    outline: nodes,
    warnings,
    clauses: clauses.map((clause) => ({ ...clause, passageId: null })),
    at: new Date(),
    publish: true,
  });
  return text.indexOf(CITED);
}
