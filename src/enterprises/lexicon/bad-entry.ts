import type { z } from "zod";
import { AppError } from "../../shared/index.ts";

/** A lexicon file that cannot be used: names file, entry and field for people. */
export function badEntry(path: string, where: string, what: string, cause?: unknown): AppError {
  return new AppError({
    code: "configuration",
    message: `${path}: ${where}: ${what}`,
    safeMessage: `词表文件 ${path} 无法使用：${where}${what}。请对照文件开头的写法说明修正后重新启动。`,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The first thing wrong with a parsed file: `第 3 项“plant”的 words：…`. */
export function explainIssue(path: string, raw: unknown, error: z.ZodError): AppError {
  const issue = error.issues[0];
  if (!issue) return badEntry(path, "", String(error), error);
  const [list, index, ...rest] = issue.path;
  const entry = typeof index === "number" ? `第 ${index + 1} 项${nameEntry(raw, list, index)}` : "";
  const keys = issue.code === "unrecognized_keys" ? issue.keys.join("、") : rest.map(String).join(".");
  const field = keys === "" ? "" : `${entry === "" ? "" : "的 "}${keys}`;
  const where = entry === "" && field === "" ? `${String(list ?? "整个文件")} ` : `${entry}${field} `;
  return badEntry(path, where, sayIssue(issue), error);
}

function nameEntry(raw: unknown, list: PropertyKey | undefined, index: number): string {
  if (typeof raw !== "object" || raw === null || list === undefined) return "";
  const entries: unknown = Reflect.get(raw, list);
  const entry: unknown = Array.isArray(entries) ? entries[index] : undefined;
  if (typeof entry !== "object" || entry === null) return "";
  const id: unknown = Reflect.get(entry, "id");
  return typeof id === "string" ? `“${id}”` : "";
}

function sayIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return "没有这个字段";
    case "invalid_type":
      return `应为 ${issue.expected}，或缺少这一项`;
    case "invalid_value":
      return `只能是 ${issue.values.map(String).join("、")}`;
    case "too_small":
      return "不能为空";
    case "invalid_format":
      return `格式不对（${issue.message}）`;
    default:
      return issue.message;
  }
}
