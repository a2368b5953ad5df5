import { z } from "zod";

const day = z.iso.date("日期应为 YYYY-MM-DD。");

export const matchRequestSchema = z
  .strictObject({
    id: z
      .union([z.string().max(200), z.number()])
      .optional()
      .meta({ description: "原样返回" }),
    message: z
      .string()
      .max(2000, "message 不能超过 2000 字。")
      .optional()
      .meta({ description: "企业自己的话，如 我们做小核酸药的，天使轮，想融资" }),
    profile: z.record(z.string().max(60), z.unknown()).optional().meta({
      description:
        "企业情况：name、creditCode、industryWords、industries、stage、foundedOn、headcount、rdHeadcount、revenue、rdExpense、district、park、needs、qualifications、ip 等；数可以是数字、区间或中文写法",
    }),
    asOf: day.optional().meta({ description: "按哪一天判定，默认今天（上海）" }),
    asked: z.array(z.string().max(60)).max(100).optional().meta({ description: "已经问过的字段，不再问" }),
    limit: z.int().min(1).max(100).optional().meta({ description: "最多列出几个项目，默认 8" }),
  })
  .refine(({ message, profile }) => message !== undefined || profile !== undefined, {
    message: "message 与 profile 至少给出一个。",
  });

const criterion = z.object({
  criterionId: z.string(),
  text: z.string(),
  level: z.enum(["enterprise", "project"]),
  mandatory: z.boolean(),
  verdict: z.enum(["met", "unmet", "unknown"]).meta({ description: "满足、不满足、待确认" }),
  observed: z.string().optional().meta({ description: "企业的情况" }),
  threshold: z.string().optional().meta({ description: "原文的要求" }),
  quote: z.string().meta({ description: "逐字摘自所引条款" }),
  section: z.string(),
  missing: z.array(z.string()),
  asOf: day,
  metFrom: z.string().optional().meta({ description: "从哪一天起满足" }),
  shortBy: z.string().optional(),
});

const matchSchema = z
  .object({
    programId: z.string(),
    name: z.string(),
    kind: z.string(),
    verdict: z.enum(["eligible", "likely", "needs-confirmation", "not-eligible"]),
    criteria: z.array(criterion),
    unconditional: z.boolean().meta({ description: "文中未写条件" }),
    documentId: z.string().nullable(),
    versionId: z.string().nullable(),
    documentTitle: z.string(),
    documentStatus: z.string().meta({ description: "文件状态，如 征求意见稿" }),
    programStatus: z.string().meta({ description: "原文的动词所示的状态，如 拟设立" }),
    quotes: z.array(z.record(z.string(), z.unknown())),
    notStated: z.array(z.string()),
    cautions: z.array(z.string()),
    nextStep: z.string(),
    score: z.number(),
    ranking: z.array(z.object({ name: z.string(), points: z.number(), because: z.string() })),
  })
  .meta({ id: "Match" });

export const matchReplySchema = z
  .object({
    id: z.union([z.string(), z.number()]).optional(),
    understood: z.array(
      z.object({
        field: z.string(),
        label: z.string(),
        value: z.unknown(),
        text: z.string(),
        period: z.string().optional(),
        words: z.string().nullable().meta({ description: "读自哪些原话" }),
      }),
    ),
    problems: z.array(z.record(z.string(), z.unknown())),
    asOf: day,
    matches: z.array(matchSchema),
    ask: z.array(
      z.object({
        field: z.string(),
        question: z.string(),
        settles: z.int().meta({ description: "答这一项可判定几个项目" }),
        programs: z.array(z.string()),
        why: z.string(),
      }),
    ),
    nearMisses: z.array(z.record(z.string(), z.unknown())),
    package: z.record(z.string(), z.unknown()).nullable(),
    outside: z.record(z.string(), z.unknown()).nullable(),
    leftOut: z.array(z.record(z.string(), z.unknown())),
    withheld: z.array(z.record(z.string(), z.unknown())),
    elapsedMs: z.number(),
  })
  .meta({ id: "MatchReply" });

export const programQuerySchema = z.object({
  kind: z.string().max(20).optional().meta({ description: "只要这一类" }),
});

export const programSummarySchema = z
  .object({
    programId: z.string(),
    name: z.string(),
    aliases: z.array(z.string()),
    kind: z.string(),
    programStatus: z.string(),
    documentTitle: z.string(),
    documentStatus: z.string(),
    notStated: z.array(z.string()),
  })
  .meta({ id: "ProgramSummary" });

export const listQuerySchema = z.object({
  industry: z.string().max(60).optional().meta({ description: "行业，中文或编号" }),
  text: z.string().max(100).optional().meta({ description: "名称中的字" }),
});
