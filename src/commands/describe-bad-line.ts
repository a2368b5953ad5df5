import { z } from "zod";
import { AppError } from "../shared/index.ts";

/** A line of a batch without what it must have, said with the names of the fields. */
export function unusableLine(error: z.ZodError): AppError {
  const faults = error.issues.map((issue) => `${issue.path.join(".") || "整行"} ${describeFault(issue)}`);
  return new AppError({
    code: "unusable-input",
    message: z.prettifyError(error),
    safeMessage: `这一行的字段不符合要求：${faults.join("；")}。`,
  });
}

const TYPES: Readonly<Record<string, string>> = { string: "应为文字", array: "应为数组" };

function describeFault(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_union") return "应为文字或数字";
  if (issue.code !== "invalid_type") return "不符合要求";
  // Zod names what it received only in its message.
  return issue.message.endsWith("received undefined") ? "缺失" : (TYPES[issue.expected] ?? "类型不对");
}
