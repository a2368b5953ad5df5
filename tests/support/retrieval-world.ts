import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { EmbeddingModel } from "../../src/models/index.ts";
import { createRetriever, type Retriever } from "../../src/retrieval/index.ts";
import { createManualClock, silentLogger } from "../../src/shared/index.ts";
import type { NewClause, SavedVersion } from "../../src/storage/index.ts";
import { makeVersion, second } from "./storage-samples.ts";
import { openTemporaryStorage } from "./temporary-storage.ts";

const lexiconDirectory = resolve(import.meta.dirname, "../../knowledge/lexicon");
const clock = createManualClock(new Date("2026-11-22T00:00:00Z")).now;

export interface SampleMetadata {
  title?: string;
  places?: string[];
  documentNumber?: string;
}

/** Real storage, and retrievers over it whose index lies in a directory of its own. */
export interface RetrievalWorld {
  storage: Awaited<ReturnType<typeof openTemporaryStorage>>;
  dataDirectory: string;
  snapshotPath: string;
  openRetriever(homePlaces?: readonly string[], embedding?: EmbeddingModel): Promise<Retriever>;
  /** Publishes clauses as version `content` of a document. */
  publish(key: string, texts: string[], metadata?: SampleMetadata, content?: string): Promise<SavedVersion>;
  /** Two documents of five clauses. */
  publishSamples(): Promise<void>;
  /** As after a restore: another database beside the same index. */
  replaceStorage(): Promise<void>;
  remove(): Promise<void>;
}

export async function createRetrievalWorld(): Promise<RetrievalWorld> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "xiance-index-"));
  const world: RetrievalWorld = {
    storage: await openTemporaryStorage(),
    dataDirectory,
    snapshotPath: join(dataDirectory, "index", "clauses.snapshot"),
    openRetriever: (homePlaces = [], embedding) =>
      createRetriever({
        knowledgeStore: world.storage.knowledge,
        embeddingStore: world.storage.embeddings,
        ...{ dataDirectory, lexiconDirectory, homePlaces, clock, logger: silentLogger },
        ...(embedding && { embedding }),
      }),
    publish(key, texts, metadata = {}, content = "1") {
      const title = metadata.title ?? `${key}行动方案`;
      const at = second(Number(content));
      const clauses = texts.map(toClause);
      return world.storage.knowledge.saveVersion(
        makeVersion(key, content, { title, clauses, metadata: { ...metadata, title }, at }),
      );
    },
    async publishSamples() {
      await world.publish("人才", [
        "加快实施“租购并举”的人才安居工程，增强人才安居政策穿透力。",
        "持续举办全球创新创业大赛，吸引海内外参赛项目签约落地。",
        "支持企业多渠道上市，包括境内IPO企业。",
      ]);
      await world.publish("基金", [
        "面向前沿新兴领域，设立天使投资引导基金，发挥财政资金的杠杆放大效应。",
        "到2026年，园区产业规模达千亿级以上。",
      ]);
    },
    async replaceStorage() {
      await world.storage.remove();
      world.storage = await openTemporaryStorage();
    },
    async remove() {
      await world.storage.remove();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
  return world;
}

function toClause(text: string, ordinal: number): NewClause {
  return {
    ordinal,
    section: `一（${ordinal + 1}）`,
    level: 2,
    heading: ["一、重点任务"],
    text,
    start: ordinal * 200,
    end: ordinal * 200 + text.length,
    page: null,
    passageId: null,
  };
}

export async function searchTexts(retriever: Retriever, question: string, top = 3): Promise<string[]> {
  const { hits } = await retriever.search(question, { top });
  return hits.map((hit) => hit.clause.text);
}
