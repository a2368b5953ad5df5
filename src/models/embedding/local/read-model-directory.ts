import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { AppError } from "../../../shared/index.ts";
import { type Prefixes, prefixesOf } from "../prefixes.ts";
import { createWordPiece, type Tokenizer } from "./word-piece.ts";

const MODEL_FILES = ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx"];

/** xiance.json: what the operator says, before what the model's own files say. */
const ownSettings = z.strictObject({
  pooling: z.enum(["cls", "mean"]).optional(),
  queryPrefix: z.string().optional(),
  documentPrefix: z.string().optional(),
  maxTokens: z.number().int().min(8).max(8192).optional(),
  /** Raise it when the files change but the vectors must not be kept; otherwise the model file names the revision. */
  revision: z.string().optional(),
});
const poolingFile = z.object({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
});
const sentenceFile = z.object({ max_seq_length: z.number().int().min(8).optional() });
const modelFile = z.object({ max_position_embeddings: z.number().int().min(8).optional() });
const tokenizerSettingsFile = z.object({ do_lower_case: z.boolean().optional() });
const tokenizerFile = z.object({
  model: z.object({ type: z.string().optional(), vocab: z.unknown() }),
  normalizer: z.object({ lowercase: z.boolean().optional() }).nullish(),
});

export type Pooling = "cls" | "mean";

export interface ModelDirectory {
  /** Directory name and a part of the model file's checksum: other weights are another model. */
  name: string;
  modelPath: string;
  tokenizer: Tokenizer;
  pooling: Pooling;
  prefixes: Prefixes;
}

const DEFAULT_MAX_TOKENS = 512;

/** Throws an AppError `configuration` that names the file and what to do. */
export async function readModelDirectory(directory: string): Promise<ModelDirectory> {
  const modelPath = MODEL_FILES.map((file) => join(directory, file)).find((path) => existsSync(path));
  if (!modelPath) throw unusable(directory, `缺少 ${MODEL_FILES.slice(0, 2).join(" 或 ")}`);
  const own = (await readJson(join(directory, "xiance.json"), ownSettings)) ?? {};
  const pooling = await readJson(join(directory, "1_Pooling/config.json"), poolingFile);
  const sentence = await readJson(join(directory, "sentence_bert_config.json"), sentenceFile);
  const model = await readJson(join(directory, "config.json"), modelFile);
  const family = prefixesOf(basename(directory));
  const maxTokens = Math.min(
    own.maxTokens ?? sentence?.max_seq_length ?? DEFAULT_MAX_TOKENS,
    model?.max_position_embeddings ?? Number.POSITIVE_INFINITY,
  );
  return {
    name: `local:${basename(directory)}@${own.revision ?? (await checksumOf(modelPath)).slice(0, 12)}`,
    modelPath,
    tokenizer: await readTokenizer(directory, maxTokens),
    pooling: own.pooling ?? (pooling?.pooling_mode_mean_tokens ? "mean" : "cls"),
    prefixes: { query: own.queryPrefix ?? family.query, document: own.documentPrefix ?? family.document },
  };
}

async function readTokenizer(directory: string, maxTokens: number): Promise<Tokenizer> {
  const settings = await readJson(join(directory, "tokenizer_config.json"), tokenizerSettingsFile);
  const whole = await readJson(join(directory, "tokenizer.json"), tokenizerFile);
  const vocabulary = whole ? readVocabulary(directory, whole) : await readVocabularyList(directory);
  const lowerCase = settings?.do_lower_case ?? whole?.normalizer?.lowercase ?? true;
  try {
    return createWordPiece({ vocabulary, lowerCase, maxTokens });
  } catch (cause) {
    throw unusable(directory, "词表中缺少 [CLS]、[SEP] 或 [UNK]", cause);
  }
}

function readVocabulary(directory: string, { model }: z.infer<typeof tokenizerFile>): Map<string, number> {
  const vocabulary = z.record(z.string(), z.number().int()).safeParse(model.vocab);
  if ((model.type ?? "WordPiece") !== "WordPiece" || !vocabulary.success) {
    throw unusable(
      directory,
      `tokenizer.json 的类型为 ${model.type ?? "未知"}，目前只支持 WordPiece（BERT 类模型，如 bge-*-zh）`,
    );
  }
  return new Map(Object.entries(vocabulary.data));
}

async function readVocabularyList(directory: string): Promise<Map<string, number>> {
  const path = join(directory, "vocab.txt");
  if (!existsSync(path)) throw unusable(directory, "缺少 tokenizer.json 或 vocab.txt");
  const lines = (await readFile(path, "utf8")).replace(/\r?\n$/, "").split(/\r?\n/);
  return new Map(lines.map((token, id) => [token, id]));
}

/** Undefined when there is no such file. */
async function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw unusable(path, "不是合格的 JSON 设置文件", cause);
  }
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

export function unusable(path: string, fault: string, cause?: unknown): AppError {
  return new AppError({
    code: "configuration",
    message: `cannot use the local embedding model at ${path}: ${fault}`,
    safeMessage: `本地向量模型 ${path} 无法使用：${fault}。请补齐文件，或删除 EMBEDDING_MODEL_PATH 以关闭向量检索。`,
    cause,
  });
}
