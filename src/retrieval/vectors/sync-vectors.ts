import { createHash } from "node:crypto";
import type { EmbeddingModel } from "../../models/index.ts";
import { type Logger, toAppError } from "../../shared/index.ts";
import type { EmbeddingStore } from "../../storage/index.ts";
import type { VectorIndex } from "./types.ts";

/** A text to be found by meaning. `key` changes whenever the text does. */
export interface VectorSourceText {
  key: string;
  text: string;
}

export interface VectorSource {
  /** Not negative; equal revisions mean equal texts. */
  revision: number;
  eachBatch(onBatch: (batch: readonly VectorSourceText[]) => Promise<void>): Promise<void>;
}

export interface SyncOutcome {
  embedded: number;
  fromCache: number;
  removed: number;
  /** Texts left without a vector because the model failed; the next sync tries again. */
  missing: number;
}

export interface SyncParts {
  model: EmbeddingModel;
  index: VectorIndex;
  cache: EmbeddingStore;
  logger: Logger;
  signal: AbortSignal;
}

/** Saved in place of a revision while texts are missing, so that the next sync looks for them. */
export const UNFINISHED = -1;

/** Brings the index in line with the texts, then saves it. A failing model leaves texts missing, and the rest goes on. */
export async function syncVectors(source: VectorSource, parts: SyncParts): Promise<SyncOutcome> {
  const { index, signal } = parts;
  const outcome: SyncOutcome = { embedded: 0, fromCache: 0, removed: 0, missing: 0 };
  if (index.savedRevision !== source.revision) {
    const wanted = new Set<string>();
    let model: EmbeddingModel | undefined = parts.model;
    await source.eachBatch(async (batch) => {
      for (const { key } of batch) wanted.add(key);
      if (signal.aborted) return;
      const rest = await fillFromCache(batch, parts, outcome);
      if (model && rest.length > 0 && !(await fillFromModel(rest, model, parts, outcome))) model = undefined;
      else if (!model) outcome.missing += rest.length;
    });
    if (signal.aborted) return outcome;
    const gone = [...index.keys()].filter((key) => !wanted.has(key));
    index.remove(gone);
    outcome.removed = gone.length;
    await save(parts, outcome.missing === 0 ? source.revision : UNFINISHED);
  }
  await buildGraph(parts);
  return outcome;
}

interface HashedText extends VectorSourceText {
  hash: string;
}

/** Returns what neither the index nor the cache has. */
async function fillFromCache(
  batch: readonly VectorSourceText[],
  { index, cache, model }: SyncParts,
  outcome: SyncOutcome,
): Promise<HashedText[]> {
  const absent = batch
    .filter(({ key }) => !index.has(key))
    .map((one) => ({ ...one, hash: hashText(one.text) }));
  if (absent.length === 0) return [];
  const cached = await cache.get(model.name, [...new Set(absent.map(({ hash }) => hash))]);
  return absent.filter(({ key, hash }) => {
    const vector = cached.get(hash);
    if (vector?.length !== model.dimensions) return true;
    index.upsert([key], [vector]);
    outcome.fromCache += 1;
    return false;
  });
}

/** False when the model failed: it is not asked again in this run. */
async function fillFromModel(
  texts: readonly HashedText[],
  model: EmbeddingModel,
  { index, cache, logger, signal }: SyncParts,
  outcome: SyncOutcome,
): Promise<boolean> {
  try {
    const vectors = await model.embed(
      texts.map(({ text }) => text),
      "document",
      { signal },
    );
    index.upsert(
      texts.map(({ key }) => key),
      vectors,
    );
    outcome.embedded += texts.length;
    await cache.put(model.name, new Map(texts.map(({ hash }, at) => [hash, vectors[at] as Float32Array])));
    return true;
  } catch (thrown) {
    if (signal.aborted) return false;
    outcome.missing += texts.filter(({ key }) => !index.has(key)).length;
    const error = toAppError(thrown);
    logger.warn(
      { errorId: error.id, reason: error.message },
      "texts could not be embedded, trying again later",
    );
    return false;
  }
}

async function buildGraph(parts: SyncParts): Promise<void> {
  const { index, logger } = parts;
  const before = index.describe().strategy;
  try {
    await index.optimize();
  } catch (thrown) {
    logger.warn({ reason: toAppError(thrown).message }, "vector graph could not be built, searching exactly");
  }
  const isNew = index.describe().strategy === "graph" && before === "exact";
  if (isNew) await save(parts, index.savedRevision ?? UNFINISHED);
}

/** The vectors are in the database's cache: without the file only the next start takes longer. */
async function save({ index, logger }: SyncParts, revision: number): Promise<void> {
  try {
    await index.save(revision);
  } catch (thrown) {
    logger.warn({ reason: toAppError(thrown).message }, "vector index could not be saved");
  }
}

function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
