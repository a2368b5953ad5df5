import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import type { z } from "zod";
import { AppError } from "../../shared/index.ts";
import type { Classifier } from "../types.ts";
import { createClassifier } from "./create-classifier.ts";
import {
  categoriesSchema,
  conceptsSchema,
  signalsSchema,
  type TrainingRequest,
  type TriageKnowledge,
  trainingLineSchema,
} from "./signals-schema.ts";

/** Reads `triage/` of the knowledge directory; trains at the first use. A bad entry throws an AppError `configuration` that names it. */
export async function loadClassifier(knowledgeDirectory: string): Promise<Classifier> {
  return createClassifier(await loadTriageKnowledge(knowledgeDirectory));
}

export async function loadTriageKnowledge(knowledgeDirectory: string): Promise<TriageKnowledge> {
  const pathOf = (name: string) => join(knowledgeDirectory, "triage", name);
  const [{ categories }, signals, { concepts, tones }, lines] = await Promise.all([
    readYaml(pathOf("categories.yaml"), categoriesSchema),
    readYaml(pathOf("signals.yaml"), signalsSchema),
    readYaml(pathOf("concepts.yaml"), conceptsSchema),
    readAllTraining(join(knowledgeDirectory, "triage")),
  ]);
  const ids = new Set(categories.map(({ id }) => id));
  if (ids.size < categories.length) throw badFile(pathOf("categories.yaml"), "有重复的 id");
  const strange = Object.keys(signals.categories).find((id) => !ids.has(id));
  if (strange) throw badFile(pathOf("signals.yaml"), `categories.${strange} 不在 categories.yaml 里`);
  const training = lines.filter(isFirst());
  for (const { category, also = [], source, line } of training) {
    const unknown = [category, ...also].find((id) => !ids.has(id));
    if (unknown) throw badFile(pathOf(source), `第 ${line} 行的类别 ${unknown} 不在 categories.yaml 里`);
  }
  return { categories, signals, concepts, tones, training };
}

async function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const raw = await readText(path);
  let value: unknown;
  try {
    value = parse(raw);
  } catch (cause) {
    throw badFile(path, "不是有效的 YAML", cause);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badFile(path, explain(parsed.error));
  return parsed.data;
}

interface TrainingLine extends TrainingRequest {
  source: string;
  /** From 1. */
  line: number;
}

/** `training.jsonl` and `training-*.jsonl`, each by one author, in the order of their names. */
async function readAllTraining(directory: string): Promise<TrainingLine[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw badFile(directory, "读不到", cause);
  });
  const files = names.filter((name) => /^training(?:-[\w-]+)?\.jsonl$/.test(name)).sort();
  const found = (await Promise.all(files.map((name) => readTraining(directory, name)))).flat();
  if (found.length === 0) throw badFile(join(directory, "training.jsonl"), "没有任何训练数据");
  return found;
}

async function readTraining(directory: string, source: string): Promise<TrainingLine[]> {
  const path = join(directory, source);
  const lines = (await readText(path)).split("\n");
  return lines.flatMap((words, index) => {
    if (words.trim() === "") return [];
    const parsed = trainingLineSchema.safeParse(parseLine(path, index, words));
    if (!parsed.success) throw badFile(path, `第 ${index + 1} 行：${explain(parsed.error)}`);
    return [{ ...parsed.data, source, line: index + 1 }];
  });
}

/** Two authors may think of the same words: they count once. */
function isFirst(): (line: TrainingLine) => boolean {
  const seen = new Set<string>();
  return ({ text }) => !seen.has(text) && seen.add(text).size > 0;
}

function parseLine(path: string, index: number, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw badFile(path, `第 ${index + 1} 行不是有效的 JSON`, cause);
  }
}

function explain(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue ? `${issue.path.join(".") || "（整个文件）"}：${issue.message}` : "格式不对";
}

function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw badFile(path, "读不到", cause);
  });
}

function badFile(path: string, what: string, cause?: unknown): AppError {
  const name = path.split(/[\\/]/).slice(-2).join("/");
  return new AppError({
    code: "configuration",
    message: `${path}: ${what}`,
    safeMessage: `分派词表 ${name} 有误：${what}。请按文件开头的写法改正后重新启动。`,
    ...(cause === undefined ? {} : { cause }),
  });
}
