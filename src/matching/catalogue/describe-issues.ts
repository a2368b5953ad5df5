import type { z } from "zod";
import type { ProgramProblem } from "./program-problem.ts";

type Issue = z.core.$ZodIssue;

/** What a schema finds, in Chinese, with the place in the file and the entry that it is in. */
export function describeIssues(
  error: z.ZodError,
  raw: unknown,
): { entry: string | null; problem: ProgramProblem }[] {
  return error.issues.map((issue) => ({
    entry: findEntry(raw, issue.path),
    problem: { place: writePath(issue.path, raw) || "文件", ...sayIssue(issue, valueAt(raw, issue.path)) },
  }));
}

/** `id` of the outermost thing on the path that has one. */
function findEntry(raw: unknown, path: readonly PropertyKey[]): string | null {
  let value: unknown = raw;
  for (const key of [undefined, ...path]) {
    if (key !== undefined) value = child(value, key);
    const id = child(value, "id");
    if (typeof id === "string") return id;
  }
  return null;
}

function writePath(path: readonly PropertyKey[], raw: unknown): string {
  let value: unknown = raw;
  let written = "";
  for (const key of path) {
    value = child(value, key);
    const id = child(value, "id");
    if (typeof key === "number") written += typeof id === "string" ? ` 的“${id}”` : ` 第 ${key + 1} 项`;
    else written += written === "" ? String(key) : `.${String(key)}`;
  }
  return written;
}

function sayIssue(issue: Issue, value: unknown): Pick<ProgramProblem, "what" | "next"> {
  const shown = typeof value === "string" || typeof value === "number" ? `“${value}”` : "所写内容";
  switch (issue.code) {
    case "unrecognized_keys":
      return {
        what: `没有 ${issue.keys.map((key) => `“${key}”`).join("、")} 这一栏`,
        next: "请删去或改正栏名，各栏见 knowledge/programs/program.schema.json",
      };
    case "invalid_type":
      return value === undefined
        ? { what: "没有填写", next: "此栏必填，请补上" }
        : { what: `${shown}的类型不对`, next: `应为 ${issue.expected}` };
    case "invalid_value":
      return { what: `不能写${shown}`, next: `只能写 ${issue.values.map(String).join("、")} 之一` };
    case "invalid_union":
      return sayUnion(value);
    default:
      return { what: `${shown}不合要求`, next: `${issue.message}；写法见 knowledge/programs/README.md` };
  }
}

const OPERATORS =
  "at-least、more-than、at-most、less-than、between、within、not-within、has、is、age-at-least、age-less-than、on-or-after、before";

/** The only union of the file is a criterion's test. */
function sayUnion(value: unknown): Pick<ProgramProblem, "what" | "next"> {
  const operator = child(value, "operator");
  if (typeof operator === "string" && !OPERATORS.split("、").includes(operator))
    return { what: `没有“${operator}”这种比较（operator）`, next: `只能写 ${OPERATORS} 之一` };
  return {
    what: "比较（test）写得不完整或多了一栏",
    next: "应写 field、operator、value，数值另写 unit；或写 anyOf、allOf",
  };
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => child(value, key), raw);
}

function child(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return (value as Readonly<Record<PropertyKey, unknown>>)[key];
}
