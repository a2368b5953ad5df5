import { z } from "zod";

export const listing = z
  .object({
    programId: z.string(),
    name: z.string(),
    kind: z.string(),
    revision: z.int(),
    state: z.enum(["proposed", "published", "superseded", "withdrawn", "rejected"]),
    origin: z.enum(["file", "suggested", "desk"]),
    documentTitle: z.string(),
    problems: z.array(z.string()).meta({ description: "原文依据的变动；空表示仍逐字一致" }),
  })
  .meta({ id: "ProgramListing" });

export const shownProgram = z.object({
  listing,
  program: z.record(z.string(), z.unknown()),
  yaml: z.string(),
});

export const suggestion = z.object({
  program: z.record(z.string(), z.unknown()),
  confidence: z.number(),
  notes: z.array(z.string()),
  duplicateOf: z.string().nullable(),
});

export const enterprise = z
  .object({
    enterpriseId: z.string(),
    name: z.string().nullable(),
    creditCode: z.string().nullable(),
    createdAt: z.string(),
  })
  .meta({ id: "Enterprise" });

export const profileView = z
  .object({
    enterpriseId: z.string(),
    fields: z.array(
      z.object({
        field: z.string(),
        label: z.string(),
        value: z.string(),
        note: z.string().optional().meta({ description: "来源、日期、有效期" }),
      }),
    ),
    problems: z.array(z.record(z.string(), z.unknown())),
  })
  .meta({ id: "Profile" });

export const imported = z.object({
  added: z.int(),
  updated: z.int(),
  problems: z.array(z.object({ line: z.int(), problem: z.record(z.string(), z.unknown()) })),
});

export const listEntry = z.record(z.string(), z.unknown()).meta({ id: "ListEntry" });

const reason = z.string().trim().min(1).max(1000);

export const requests = {
  program: z.strictObject({ program: z.record(z.string(), z.unknown()), reason: reason.optional() }),
  suggest: z.strictObject({ documentId: z.string().max(200) }),
  decision: z.strictObject({ reason: reason.optional() }),
  rejection: z.strictObject({ reason }),
  profile: z.strictObject({
    profile: z.record(z.string().max(60), z.unknown()).meta({ description: "同 /api/v1/match 的 profile" }),
    reference: z.string().min(1).max(200).meta({ description: "本次请求的编号；同一编号重复提交不重复记录" }),
  }),
  newEnterprise: z.strictObject({
    rows: z
      .array(z.record(z.string().max(60), z.unknown()))
      .min(1)
      .max(5_000),
    reference: z.string().min(1).max(200),
  }),
  specialist: z.strictObject({ account: z.string().min(3).max(200) }),
  entry: z.strictObject({
    entryId: z.string().max(200).optional().meta({ description: "更新已有的一条" }),
    content: z.record(z.string().max(60), z.unknown()),
    reason: reason.optional(),
  }),
};

export const queries = {
  programs: z.object({
    state: z.enum(["proposed", "published", "superseded", "withdrawn", "rejected"]).optional(),
    problems: z.stringbool().optional().meta({ description: "只列依据已变动的" }),
  }),
  enterprises: z.object({
    search: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
};
