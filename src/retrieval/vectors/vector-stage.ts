import type { EmbeddingModel } from "../../models/index.ts";
import { type Clock, type Logger, toAppError } from "../../shared/index.ts";
import type { EmbeddingStore } from "../../storage/index.ts";
import { createQuestionEmbedder } from "./embed-question.ts";
import { type SyncOutcome, syncVectors, UNFINISHED, type VectorSource } from "./sync-vectors.ts";
import type { VectorHit, VectorIndex } from "./types.ts";

export interface VectorStageOptions {
  model: EmbeddingModel;
  index: VectorIndex;
  cache: EmbeddingStore;
  clock: Clock;
  logger: Logger;
  /** How long a question may wait for its vector. Default 2000. */
  queryTimeoutMs?: number;
}

/** Search by meaning, which may fail at any time without harm: then the lexical part answers alone. */
export interface VectorStage {
  /**
   * Brings the index in line with the texts: from the cache what it knows, from the model the rest, then saves. Call it in
   * the background; calls run one after the other. Never throws: what fails is logged and tried again by the next call.
   * Undefined when the texts or the cache could not be read.
   */
  sync(source: VectorSource): Promise<SyncOutcome | undefined>;
  /**
   * The nearest texts, best first; keys of texts that the caller no longer has can be among them. Undefined when there is
   * no telling: not yet synchronised, or the model is dead, slow or talks nonsense.
   */
  search(
    question: string,
    count: number,
    accept?: (key: string) => boolean,
  ): Promise<VectorHit[] | undefined>;
  /** For start and doctor, in Chinese. */
  describe(): string;
  /** Ends a running sync; what it had embedded is in the cache. */
  close(): Promise<void>;
}

const QUERY_TIMEOUT_MS = 2000;
/** Below this share of texts with vectors, search by meaning would favour what happens to be embedded. */
const USABLE_SHARE = 0.95;

export function createVectorStage(options: VectorStageOptions): VectorStage {
  const { index, logger, queryTimeoutMs: timeoutMs = QUERY_TIMEOUT_MS } = options;
  const embedQuestion = createQuestionEmbedder(options.model, { ...options, timeoutMs });
  const stop = new AbortController();
  let missing = (index.savedRevision ?? UNFINISHED) === UNFINISHED ? Number.POSITIVE_INFINITY : 0;
  let queue: Promise<unknown> = Promise.resolve();
  const isUsable = () => index.size > 0 && index.size / (index.size + missing) >= USABLE_SHARE;

  return {
    sync(source) {
      const run = queue.then(async () => {
        try {
          const outcome = await syncVectors(source, { ...options, signal: stop.signal });
          if (!stop.signal.aborted) missing = outcome.missing;
          return outcome;
        } catch (thrown) {
          const error = toAppError(thrown);
          if (!stop.signal.aborted)
            logger.error(
              { errorId: error.id, reason: error.message },
              "vector index could not be brought up to date",
            );
          return undefined;
        }
      });
      queue = run;
      return run;
    },
    async search(question, count, accept) {
      if (!isUsable()) return undefined;
      const vector = await embedQuestion(question);
      if (!vector) return undefined;
      try {
        return index.search(vector, count, accept);
      } catch (thrown) {
        logger.warn({ reason: toAppError(thrown).message }, "vector search failed, answering by words");
        return undefined;
      }
    },
    describe: () => describe(options, missing, isUsable()),
    async close() {
      stop.abort();
      index.close();
      await queue;
    },
  };
}

function describe({ model, index }: VectorStageOptions, missing: number, isUsable: boolean): string {
  const { size, strategy, recall } = index.describe();
  if (!isUsable) {
    const why = Number.isFinite(missing) && missing > 0 ? "接口故障，尚缺" : "正在建立，已有";
    const count = Number.isFinite(missing) && missing > 0 ? missing : size;
    return `向量检索：模型 ${model.name}，${why} ${count} 条；完成前按词语检索。`;
  }
  const how = strategy === "exact" ? "精确比对" : `图索引，实测召回率 ${((recall ?? 0) * 100).toFixed(1)}%`;
  const rest = missing > 0 ? `；另有 ${missing} 条因接口故障待补` : "";
  return `向量检索：已启用，模型 ${model.name}，${size} 条，${how}${rest}。`;
}
