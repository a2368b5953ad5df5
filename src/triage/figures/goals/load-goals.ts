import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { AppError, isDay } from "../../../shared/index.ts";
import { describeIssues, inChinese } from "../../settings/describe-issues.ts";
import type { Goal } from "./goal-types.ts";

const words = z.string().trim().min(1, "不能为空");

const actualSchema = z.strictObject({
  value: z.union([words, z.number().transform(String)]),
  asOf: z.string().refine(isDay, "应为日历上有的日期 YYYY-MM-DD"),
  source: words,
});

const fileSchema = z.strictObject({
  document: words,
  year: z.int().min(2000).max(2100),
  goals: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][a-z0-9-]*$/, "应为小写字母、数字、连字符"),
      name: words,
      section: words,
      quote: words,
      target: words,
      note: words.optional(),
      actual: actualSchema.nullish(),
    }),
  ),
});

/**
 * Reads `knowledge/triage/goals.yaml`. No file: no goals. Throws AppError `configuration` that names every faulty entry; whether
 * the quotes stand in the plan is `checkGoals`' matter.
 */
export async function loadGoals(knowledgeDirectory: string): Promise<Goal[]> {
  const content = await readIfThere(join(knowledgeDirectory, "triage/goals.yaml"));
  if (content === undefined) return [];
  const raw = parseYaml(content);
  const checked = fileSchema.safeParse(raw, inChinese);
  if (!checked.success) throw unusable(describeIssues(checked.error, raw));
  const { document, year, goals } = checked.data;
  const faults = goals.flatMap(({ id, quote, target }, index) => [
    ...(goals.findIndex((other) => other.id === id) < index ? [`“${id}”写了不止一次，请只留一个`] : []),
    ...(quote.includes(target) ? [] : [`“${id}”的 target 不在 quote 里，应逐字取自原文`]),
  ]);
  if (faults.length > 0) throw unusable(faults);
  return goals.map(({ note, actual, ...goal }) => ({
    ...goal,
    document,
    year,
    note: note ?? null,
    actual: actual ?? null,
  }));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw unusable(["文件无法读取"], cause);
  }
}

function parseYaml(content: string): unknown {
  try {
    return parse(content);
  } catch (cause) {
    const line = cause instanceof YAMLParseError ? cause.linePos?.[0].line : undefined;
    throw unusable([`${line === undefined ? "" : `第 ${line} 行`}不是合法的 YAML`], cause);
  }
}

function unusable(faults: readonly string[], cause?: unknown): AppError {
  return new AppError({
    code: "configuration",
    message: `knowledge/triage/goals.yaml: ${faults.join("; ")}`,
    safeMessage: [
      "规划目标文件（knowledge/triage/goals.yaml）无法使用：",
      ...faults.map((fault) => `· ${fault}`),
      "请对照文件开头的写作说明修正后重新启动。",
    ].join("\n"),
    cause,
  });
}
