import { z } from "zod";

/** Shapes of the administrators' interface; requests are checked by them, and OpenAPI is written from them. */
const record = z.record(z.string(), z.unknown());
const life = z.enum([
  "received",
  "parsed",
  "in-review",
  "returned",
  "published",
  "superseded",
  "withdrawn",
  "expired",
]);
const visibility = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("public") }),
    z.strictObject({ kind: z.literal("groups"), chats: z.array(z.string().min(3).max(200)).min(1).max(200) }),
    z.strictObject({ kind: z.literal("internal") }),
  ])
  .meta({ description: "public 公开；groups 指定群组；internal 内部" });
const reason = z.string().trim().min(1).max(1000);

export const submission = z.object({
  submissionId: z.string(),
  originalHash: z.string().meta({ description: "原件的 SHA-256" }),
  fileName: z.string(),
  bytes: z.int(),
  submittedBy: z.string(),
  source: z.string(),
  state: z.enum(["received", "parsed", "failed", "discarded"]),
  documentId: z.string().nullable(),
  versionId: z.string().nullable(),
  failure: z.string().nullable().meta({ description: "未能读取的原因" }),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export const proposal = z.object({
  proposalId: z.string(),
  kind: z.enum(["publish", "withdraw", "rollback", "faq-publish", "faq-withdraw"]),
  documentId: z.string().nullable(),
  versionId: z.string().nullable(),
  faqId: z.string().nullable(),
  faqRevision: z.int().nullable(),
  state: z.enum(["open", "approved", "rejected", "cancelled"]),
  proposedBy: z.string(),
  proposedAt: z.string(),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  impact: z.unknown(),
});

const run = z.object({ text: z.string(), mark: z.enum(["added", "removed"]).optional() });

export const diff = z.object({
  fromVersionId: z.string().nullable(),
  toVersionId: z.string().nullable(),
  changes: z.array(
    z.object({
      kind: z.enum(["added", "removed", "changed", "moved"]),
      section: z.string(),
      previousSection: z.string().optional(),
      runs: z.array(run).meta({ description: "去掉 removed 为新文，去掉 added 为旧文" }),
    }),
  ),
  unchanged: z.int(),
  metadata: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
});

const impactItem = z.object({
  subject: z.string(),
  change: z.string(),
  severity: z.enum(["info", "warning", "regression"]),
});
const side = z.object({ kind: z.string(), conclusion: z.string(), sections: z.array(z.string()) });

export const impact = z.object({
  versionId: z.string().nullable(),
  documentId: z.string(),
  diff,
  golden: z.object({
    asked: z.int(),
    changed: z.array(
      z.object({ question: z.string(), before: side, after: side, regression: z.boolean(), why: z.string() }),
    ),
  }),
  faq: z.array(impactItem),
  others: z.array(z.object({ name: z.string(), items: z.array(impactItem) })),
  blocked: z.boolean().meta({ description: "有回答变差，须写明原因才能发布" }),
  askersAffected: z.int(),
  assessedAt: z.string(),
});

export const decision = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("done"), proposal }),
  z.object({ outcome: z.literal("waiting"), proposal }),
  z.object({ outcome: z.literal("blocked"), impact }),
]);

export const review = z.object({
  documentId: z.string(),
  versionId: z.string(),
  number: z.int(),
  state: life,
  title: z.string(),
  fileName: z.string().nullable(),
  format: z.string().nullable(),
  metadata: record,
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      value: z.string(),
      basis: z.enum(["stated", "computed", "default", "admin", "none"]),
    }),
  ),
  outline: z.array(record),
  clauses: z.int(),
  pages: z.int().nullable(),
  warnings: z.array(z.string()),
  lowConfidence: z.array(z.object({ page: z.int(), text: z.string(), confidence: z.number() })),
  match: record.nullable(),
  visibility,
  submittedBy: z.string().nullable(),
  openProposal: proposal.nullable(),
});

export const outcome = z.object({
  submission,
  review: review.optional(),
  duplicate: z.boolean(),
});

export const documentStatus = z.object({
  documentId: z.string(),
  title: z.string(),
  collection: z.string(),
  visibility,
  published: z
    .object({
      versionId: z.string(),
      number: z.int(),
      statusToday: z.string(),
      publishedAt: z.string(),
      expired: z.boolean(),
    })
    .nullable(),
  versions: z.array(z.object({ versionId: z.string(), number: z.int(), state: life, createdAt: z.string() })),
  openProposals: z.array(proposal),
});

const faqContent = z.object({
  questions: z.array(z.string()),
  answer: z.string(),
  sources: z.array(z.object({ documentId: z.string(), section: z.string(), quote: z.string() })),
  validUntil: z.string().nullable(),
  owner: z.string(),
});
const faqRecord = z.object({
  faqId: z.string(),
  revision: z.int(),
  state: z.enum(["draft", "in-review", "published", "superseded", "withdrawn", "returned"]),
  content: z.unknown(),
  createdBy: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  retiredAt: z.string().nullable(),
});
const faqProblems = z.array(z.object({ where: z.string(), message: z.string() }));
export const savedFaq = z.object({ record: faqRecord, problems: faqProblems });
export const listedFaq = z.object({ record: faqRecord, content: faqContent, problems: faqProblems });

export const auditEntry = z.object({
  sequence: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  reason: z.string().nullable(),
  details: z.unknown(),
  previousHash: z.string(),
  hash: z.string(),
});
export const auditVerdict = z.discriminatedUnion("intact", [
  z.object({ intact: z.literal(true), entries: z.int(), headHash: z.string() }),
  z.object({ intact: z.literal(false), entries: z.int(), brokenAt: z.int(), why: z.string() }),
]);

export const binding = z.object({
  account: z.string(),
  role: z.string(),
  grantedBy: z.string(),
  grantedAt: z.string(),
});

export const givenAnswer = z.object({
  turnId: z.string(),
  question: z.string(),
  at: z.string(),
  answer: record,
  citations: z.array(
    z.object({
      versionId: z.string().nullable(),
      number: z.int().nullable(),
      state: life.nullable(),
      quoteHolds: z.boolean(),
    }),
  ),
});

export const givenAnswerHead = z.object({
  turnId: z.string(),
  question: z.string(),
  at: z.string(),
  kind: z.string(),
});

export const finding = z.object({
  kind: z.string(),
  subject: z.string(),
  title: z.string(),
  text: z.string(),
  day: z.string().optional(),
});

export const requests = {
  link: z.strictObject({ url: z.string().max(2000) }),
  decision: z.strictObject({
    reason: reason.optional(),
    override: z.boolean().optional().meta({ description: "有回答变差时仍然办理；须写明原因" }),
  }),
  rejection: z.strictObject({ reason: reason.meta({ description: "退回的原因" }) }),
  correction: z.strictObject({
    changes: record.meta({ description: "字段名同元数据文件，如 expiresOn" }),
    reason: reason.optional(),
  }),
  assignment: z.strictObject({
    documentId: z.string().max(200).nullable().meta({ description: "null：另立为新文件" }),
  }),
  visibility: z.strictObject({ visibility, reason: reason.optional() }),
  role: z.strictObject({ account: z.string().max(200), role: z.string().max(20), reason: reason.optional() }),
  faq: z.strictObject({ faqId: z.string().max(100).optional(), content: record }),
};

export const queries = {
  none: z.object({}),
  documents: z.object({ search: z.string().max(200).optional(), state: life.optional() }),
  diff: z.object({
    from: z.string().max(200).optional().meta({ description: "旧版本，默认现行发布的版本" }),
  }),
  audit: z.object({
    subject: z.string().max(300).optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
    before: z.coerce.number().int().min(1).optional().meta({ description: "只要该序号之前的" }),
  }),
  answers: z.object({
    text: z.string().max(200).optional().meta({ description: "提问中含有的词" }),
    days: z.coerce.number().int().min(1).max(365).default(30),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  verify: z.object({ head: z.string().max(100).optional().meta({ description: "另存的末条哈希" }) }),
  watch: z.object({ day: z.iso.date("日期应为 YYYY-MM-DD。").optional() }),
};
