import type { z } from "zod";
import { AppError } from "../shared/index.ts";

/** Checks what a client sent. Throws an AppError `unusable-input` that names the first fault. */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new AppError({
    code: "unusable-input",
    message: `unusable request: ${field || "body"}`,
    safeMessage: describeIssue(issue, field),
  });
}

function describeIssue(issue: z.core.$ZodIssue | undefined, field: string): string {
  if (issue && /\p{Script=Han}/u.test(issue.message)) return issue.message;
  if (issue?.code === "unrecognized_keys") return `不认识的字段：${issue.keys.slice(0, 5).join("、")}。`;
  return field ? `字段 ${field} 的值不正确，请检查。` : "请求内容应为 JSON 对象。";
}
