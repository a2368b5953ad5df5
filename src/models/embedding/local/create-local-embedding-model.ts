import { AppError } from "../../../shared/index.ts";
import type { EmbeddingModel } from "../../types.ts";
import type { EmbeddingOptions, EmbeddingSettings } from "../embedding-settings.ts";
import { toUnitVector } from "../to-unit-vector.ts";
import { createOnnxQueue, OnnxFailure, type OnnxQueue } from "./onnx-queue.ts";
import { type ModelDirectory, readModelDirectory, unusable } from "./read-model-directory.ts";

type Settings = Extract<EmbeddingSettings, { kind: "local" }>;

/** Tokens in one run, padding included: some half a second for a small model, which is how long a question may wait. */
const TOKENS_PER_RUN = 2048;

/** A BERT-like model in ONNX from a directory. Runs it once, to learn the length of its vectors and that it works. */
export async function createLocalEmbeddingModel(
  { directory }: Settings,
  _options: EmbeddingOptions,
): Promise<EmbeddingModel> {
  const model = await readModelDirectory(directory);
  const queue = createOnnxQueue({ modelPath: model.modelPath, pooling: model.pooling });
  const [probe] = await embedTexts(["政策"], "query", model, queue).catch((thrown: unknown) => {
    throw toLoadError(thrown, directory);
  });
  return {
    name: model.name,
    dimensions: probe?.length ?? 0,
    async embed(texts, purpose, options) {
      try {
        return await embedTexts(texts, purpose, model, queue, options?.signal);
      } catch (thrown) {
        throw toRunError(thrown, model.name);
      }
    },
  };
}

async function embedTexts(
  texts: readonly string[],
  purpose: "query" | "document",
  { tokenizer, prefixes }: ModelDirectory,
  queue: OnnxQueue,
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const encoded = texts.map((text, index) => ({ index, ids: tokenizer.encode(prefixes[purpose] + text) }));
  const vectors: Float32Array[] = new Array(texts.length);
  for (const batch of cutBatches(encoded)) {
    const found = await queue.run(
      batch.map(({ ids }) => ids),
      purpose === "query",
      signal,
    );
    for (const [position, { index }] of batch.entries()) {
      const vector = toUnitVector(found[position] ?? []);
      if (!vector) throw new OnnxFailure("a vector without direction");
      vectors[index] = vector;
    }
  }
  return vectors;
}

/** Texts of like length together, so that little is padding. */
function cutBatches<Encoded extends { ids: number[] }>(encoded: readonly Encoded[]): Encoded[][] {
  const batches: Encoded[][] = [];
  let open: Encoded[] = [];
  for (const one of encoded.toSorted((left, right) => left.ids.length - right.ids.length)) {
    if (open.length > 0 && (open.length + 1) * one.ids.length > TOKENS_PER_RUN) {
      batches.push(open);
      open = [];
    }
    open.push(one);
  }
  if (open.length > 0) batches.push(open);
  return batches;
}

function toLoadError(thrown: unknown, directory: string): AppError {
  if (thrown instanceof OnnxFailure && thrown.runtimeMissing)
    return unusable(directory, "未安装 onnxruntime-web，请先运行 npm install onnxruntime-web", thrown);
  return unusable(directory, "模型文件已损坏，或不是可用的 ONNX 向量模型", thrown);
}

function toRunError(thrown: unknown, model: string): AppError {
  return new AppError({
    code: "model",
    message: `embedding model ${model}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    safeMessage: "本地向量模型运行失败，暂按词语检索。请管理员查看日志，并检查内存和模型文件。",
    retryable: true,
    cause: thrown,
  });
}
