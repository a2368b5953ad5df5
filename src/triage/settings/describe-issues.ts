import { z } from "zod";

const { localeError } = z.locales.zhCN();

/** Messages of zod in Chinese, for `safeParse(value, inChinese)`. */
export const inChinese = { error: localeError } as const;

/** `第 3 项“planning”的 hours：应为 HH:MM`, one for every fault. */
export function describeIssues(error: z.ZodError, raw: unknown): string[] {
  return error.issues.map((issue) => {
    const keys = issue.code === "unrecognized_keys" ? issue.keys.join("、") : "";
    const place = [describePath(issue.path, raw), keys].filter(Boolean).join(" 的 ");
    return `${place || "整个文件"}：${keys === "" ? issue.message : "没有这个字段"}`;
  });
}

function describePath(path: readonly PropertyKey[], raw: unknown): string {
  const said: string[] = [];
  let value = raw;
  for (const step of path) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
    if (typeof step === "number") said.push(`第 ${step + 1} 项${nameOf(value)}`);
    else said.push(String(step));
  }
  return said.join(" 的 ");
}

function nameOf(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return "";
  const id: unknown = Reflect.get(entry, "id");
  return typeof id === "string" ? `“${id}”` : "";
}
