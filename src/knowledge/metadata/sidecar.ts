import { parse } from "yaml";
import { z } from "zod";
import { AppError } from "../../shared/index.ts";
import type { DocumentMetadata } from "../types.ts";

const day = z.iso.date("应为 YYYY-MM-DD 形式的日期");
const words = z.string().min(1);

const schema = z.strictObject({
  title: words.optional(),
  titleOuter: words.nullable().optional(),
  issuers: z.array(words).optional(),
  documentNumber: words.nullable().optional(),
  addressees: words.nullable().optional(),
  kind: z
    .enum(["规划/行动方案", "规范性文件", "实施细则", "申报通知/指南", "问答/解读", "通知公告", "其他"])
    .optional(),
  status: z.enum(["征求意见稿", "送审稿", "正式", "已废止", "已被替代", "未载明"]).optional(),
  signedOn: day.nullable().optional(),
  publishedOn: day.nullable().optional(),
  effectiveFrom: day.nullable().optional(),
  expiresOn: day.nullable().optional(),
  expiryBasis: z.enum(["explicit", "computed", "default", "none"]).optional(),
  period: z
    .strictObject({ from: z.number().int(), to: z.number().int() })
    .refine(({ from, to }) => from <= to, "起始年份应不晚于结束年份")
    .nullable()
    .optional(),
  places: z.array(words).optional(),
  interpreter: words.nullable().optional(),
  repeals: z.array(words).optional(),
  draftedBy: words.nullable().optional(),
  basedOn: z
    .array(z.strictObject({ title: words, documentNumber: words.nullable().default(null) }))
    .optional(),
  amendments: z
    .array(
      z.strictObject({
        effect: z.enum(["extends", "repeals", "supersedes", "amends"]),
        title: words.nullable().default(null),
        documentNumber: words.nullable().default(null),
        until: day.nullable().default(null),
        quote: z.string().default(""),
        from: day.optional(),
      }),
    )
    .optional(),
  attachments: z.array(words).optional(),
  tailClause: words.nullable().optional(),
  isNormative: z.boolean().nullable().optional(),
});

/** Metadata that a maintainer states beside the text; it overrides what the text was read to say, field by field. */
export type Sidecar = z.infer<typeof schema>;

/** Reads `<file>.yaml`. Throws AppError `unusable-input` that names file and field. */
export function parseSidecar(yaml: string, fileName: string): Sidecar {
  let value: unknown;
  try {
    value = parse(yaml, { schema: "core" }) ?? {};
  } catch (cause) {
    throw unusable(fileName, `不是合法的 YAML（${firstLine(cause)}）`, cause);
  }
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  const [issue] = outcome.error.issues;
  throw unusable(fileName, describeIssue(issue), outcome.error);
}

function describeIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === "unrecognized_keys") {
    return `有不认识的字段 ${issue.keys.join("、")}；可用字段：${Object.keys(schema.shape).join("、")}`;
  }
  const field = issue?.path.join(".") ?? "";
  return field === ""
    ? `内容格式不对（${issue?.message ?? ""}）`
    : `字段 ${field} 的值不对（${issue?.message ?? ""}）`;
}

function firstLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).split("\n")[0] ?? "";
}

function unusable(fileName: string, detail: string, cause: unknown): AppError {
  return new AppError({
    code: "unusable-input",
    message: `bad sidecar ${fileName}: ${detail}`,
    safeMessage: `元数据文件 ${fileName} ${detail}。请修正后重试。`,
    cause,
  });
}

/** Stated fields win; an expiry that is stated without its basis is explicit. */
export function applySidecar(metadata: DocumentMetadata, sidecar: Sidecar): DocumentMetadata {
  const stated = Object.fromEntries(Object.entries(sidecar).filter(([, value]) => value !== undefined));
  const merged = { ...metadata, ...stated } as DocumentMetadata;
  if (sidecar.expiresOn !== undefined && sidecar.expiryBasis === undefined) {
    merged.expiryBasis = sidecar.expiresOn === null ? "none" : "explicit";
  }
  return merged;
}
