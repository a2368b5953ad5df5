import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { EmbeddingModel } from "../../src/models/index.ts";
import { createRetriever } from "../../src/retrieval/index.ts";
import { type DocumentId, silentLogger, systemClock, type VersionId } from "../../src/shared/index.ts";
import { type NewVersion, openStorage } from "../../src/storage/index.ts";
import type { BenchTask, Contestant } from "./contestant.ts";
import { type GeneratedClause, generateCorpus } from "./generate-corpus.ts";
import { hashEmbedding } from "./hash-embedding.ts";
import { peakMemoryMb, timeQueries } from "./measure.ts";

const lexiconDirectory = resolve(import.meta.dirname, "../../knowledge/lexicon");

async function openRetriever(directory: string, embedding?: EmbeddingModel) {
  const storage = await openStorage({ dataDirectory: directory });
  const startedAt = performance.now();
  const retriever = await createRetriever({
    knowledgeStore: storage.knowledge,
    embeddingStore: storage.embeddings,
    dataDirectory: directory,
    ...{ lexiconDirectory, homePlaces: [], clock: systemClock, logger: silentLogger },
    ...(embedding && { embedding }),
  });
  const openMs = performance.now() - startedAt;
  const close = async () => {
    await retriever.close();
    await storage.close();
  };
  return { retriever, openMs, close };
}

/** Puts the corpus into storage; not timed, as the other contestants get it for nothing. */
export async function fillStorage({ size, seed, directory }: BenchTask): Promise<void> {
  const storage = await openStorage({ dataDirectory: directory });
  let document: GeneratedClause[] = [];
  const flush = async () => {
    if (document.length > 0) await storage.knowledge.saveVersion(toVersion(document));
    document = [];
  };
  for (const clause of generateCorpus(size, seed)) {
    if (clause.ordinal === 0) await flush();
    document.push(clause);
  }
  await flush();
  await storage.close();
}

function toVersion(clauses: readonly GeneratedClause[]): NewVersion {
  const number = clauses[0]?.document ?? 0;
  const title = clauses[0]?.title ?? "";
  return {
    collection: "bench",
    sourceKey: `${number}.txt`,
    documentId: `document-${number}` as DocumentId,
    versionId: `version-${number}` as VersionId,
    title,
    contentHash: String(number),
    parserRevision: 1,
    text: "",
    metadata: { title },
    outline: [],
    warnings: [],
    clauses: clauses.map(({ ordinal, heading, text }) => ({
      ...{ ordinal, heading, text, section: `（${ordinal}）`, level: 1, start: 0, end: text.length },
      page: null,
      passageId: null,
    })),
    at: new Date(0),
    publish: true,
  };
}

/** From storage to a written snapshot. */
export const runBuild: Contestant = async ({ directory, questions }) => {
  const { retriever, openMs, close } = await openRetriever(directory);
  const peakMb = peakMemoryMb();
  const query = await timeQueries(questions, (question) => retriever.search(question, { top: 10 }));
  await close();
  const { size } = await stat(join(directory, "index", "clauses.snapshot"));
  return { buildMs: openMs, sizeMb: size / 2 ** 20, peakMb, query };
};

/** From the snapshot, by words alone. */
export const runLoaded: Contestant = async ({ directory, questions }) => {
  const { retriever, openMs, close } = await openRetriever(directory);
  const query = await timeQueries(questions, (question) => retriever.search(question, { top: 10 }));
  await close();
  return { loadMs: openMs, peakMb: peakMemoryMb(), query };
};

/** The whole path with the vector stage on: analysis, words, vectors, fusion, re-ranking. */
export const runWithVectors: Contestant = async ({ directory, questions, size }) => {
  const startedAt = performance.now();
  const { retriever, openMs, close } = await openRetriever(directory, hashEmbedding);
  const state = () => retriever.describe().join(" ");
  const isReady = size > 50_000 ? () => state().includes("图索引") : () => state().includes("已启用");
  while (!isReady()) await wait(100);
  const buildMs = performance.now() - startedAt;
  const query = await timeQueries(questions, (question) => retriever.search(question, { top: 10 }));
  const note = retriever.describe().at(-1) ?? "";
  await close();
  return { buildMs, loadMs: openMs, peakMb: peakMemoryMb(), query, note };
};
