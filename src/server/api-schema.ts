import { z } from "zod";

const day = z.iso.date("日期应为 YYYY-MM-DD。");

export const askRequestSchema = z.strictObject({
  id: z
    .union([z.string().max(200), z.number()])
    .optional()
    .meta({ description: "原样返回" }),
  question: z
    .string("question 应为文本。")
    .trim()
    .min(1, "问题不能为空。")
    .max(2000, "问题不能超过 2000 字。")
    .meta({ description: "问题" }),
  context: z
    .array(z.string().max(2000))
    .max(10, "context 最多 10 条。")
    .optional()
    .meta({ description: "同一提问人先前的问题，由旧到新" }),
  document: z.string().max(200).optional().meta({ description: "只在该文件内作答" }),
  asOf: day.optional().meta({ description: "按哪一天的状态作答，默认今天（上海）" }),
});

const citationSchema = z
  .object({
    documentId: z.string(),
    versionId: z.string().optional().meta({ description: "所引版本" }),
    page: z.int().optional().meta({ description: "页码，原件有页的才有" }),
    title: z.string(),
    status: z.string().meta({ description: "文件在 asOf 当日的状态，如 征求意见稿" }),
    section: z.string().meta({ description: "章节记号，如 三（六）¶2" }),
    heading: z.array(z.string()),
    quote: z.string().meta({ description: "与原文 start 至 end 逐字一致" }),
    start: z.int().min(0).meta({ description: "UTF-16 偏移" }),
    end: z.int().min(0),
  })
  .meta({ id: "Citation" });

export const answerSchema = z
  .object({
    id: z.union([z.string(), z.number()]).optional(),
    kind: z.enum([
      "answered",
      "partial",
      "not-in-documents",
      "out-of-scope",
      "refused",
      "needs-clarification",
      "smalltalk",
    ]),
    language: z.enum(["zh", "en"]),
    conclusion: z.string(),
    answer: z.string().meta({ description: "完整的纯文本回答" }),
    citations: z.array(citationSchema),
    notStated: z.array(z.string()).meta({ description: "文件未载明的事项" }),
    nextStep: z.string(),
    notices: z.array(z.string()),
    asOf: day,
    engine: z.enum(["rules", "model"]),
    faqId: z.string().optional().meta({ description: "由哪条常见问答作答" }),
    followUps: z.array(z.string()).optional().meta({ description: "可以接着问的问题，已发布文件均有答案" }),
    elapsedMs: z.number(),
  })
  .meta({ id: "Answer" });

const documentSummarySchema = z
  .object({
    documentId: z.string(),
    versionId: z.string(),
    versionState: z
      .enum(["published", "superseded", "withdrawn", "parsed", "in-review", "returned"])
      .meta({ description: "published：现行发布的版本；superseded、withdrawn：曾经发布" }),
    title: z.string(),
    status: z.string().meta({ description: "今天的状态" }),
    metadata: z.record(z.string(), z.unknown()),
    publishedAt: z.string().nullable(),
  })
  .meta({ id: "DocumentSummary" });

export const documentSchema = documentSummarySchema
  .extend({
    text: z.string().meta({ description: "规范化后的全文，引文偏移以此为准" }),
    nodes: z.array(
      z.object({
        section: z.string(),
        level: z.int(),
        heading: z.string(),
        start: z.int(),
        end: z.int(),
        page: z.int().optional(),
      }),
    ),
  })
  .meta({ id: "Document" });

export const listRequestSchema = z.object({
  limit: z.coerce.number().int().min(1).max(500, "limit 最大 500。").default(100),
  offset: z.coerce.number().int().min(0).default(0),
});

export const documentRequestSchema = z.object({
  version: z.string().max(200).optional().meta({ description: "曾经发布的某一版本，默认现行版本" }),
});

export const documentListSchema = z
  .object({ total: z.int(), documents: z.array(documentSummarySchema) })
  .meta({ id: "DocumentList" });

export const errorSchema = z
  .object({ error: z.object({ code: z.string(), message: z.string(), id: z.string() }) })
  .meta({ id: "Error" });
