import { z } from "zod";
import { FEEDBACK_CAUSES, SETTINGS_PARTS } from "../../triage/index.ts";

/** Shapes of tickets and of the desk's settings over REST. */
const record = z.record(z.string(), z.unknown());
const key = z.string().min(1).max(200).meta({ description: "本次请求的编号；同一编号重复提交只办理一次" });
const text = z.string().max(20_000);
const reason = z.string().trim().min(1).max(1_000);
const instant = z.iso.datetime({
  offset: true,
  message: "时间应为 ISO 8601，如 2026-11-23T09:00:00+08:00。",
});
const day = z.iso.date("日期应为 YYYY-MM-DD。");

const taskId = z.string().min(1).max(200).meta({ description: "事项编号，见工单的 tasks" });

/** As triage's TicketCommand, without those that the system gives itself. */
const command = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("claim"), taskId }),
  z.strictObject({ do: z.literal("release"), taskId, reason: reason.optional() }),
  z.strictObject({
    do: z.literal("transfer"),
    taskId,
    to: z.strictObject({ department: z.string().max(60), assignee: z.string().max(200).optional() }),
    reason: text,
  }),
  z.strictObject({ do: z.literal("return"), taskId, reason: text }),
  z.strictObject({ do: z.literal("ask"), taskId, text }),
  z.strictObject({ do: z.literal("reply"), taskId, text }),
  z.strictObject({ do: z.literal("close"), taskId, outcome: text.optional() }),
  z.strictObject({ do: z.literal("undo-close"), taskId }),
  z.strictObject({
    do: z.literal("note"),
    taskId: taskId.nullable(),
    text,
    mentions: z.array(z.string().max(200)).max(20).optional(),
  }),
  z.strictObject({
    do: z.literal("add-task"),
    department: z.string().max(60),
    category: z.string().max(10),
    summary: text,
    reason: text,
  }),
  z.strictObject({
    do: z.literal("reclassify"),
    category: z.string().max(10),
    urgency: z.enum(["紧急", "高", "中", "低"]),
    reason: text,
  }),
  z.strictObject({ do: z.literal("cancel"), reason: text.optional() }),
  z.strictObject({ do: z.literal("reopen"), reason: text.optional() }),
]);

const part = z.enum(SETTINGS_PARTS);

export const listing = z.object({
  ticket: record,
  departmentNames: z.record(z.string(), z.string()),
  dueAt: z.string().nullable().meta({ description: "最近一个时限；null：没有在走的时限" }),
  breached: z.boolean(),
});

export const view = z.object({
  ticket: record,
  events: z.array(record),
  departmentNames: z.record(z.string(), z.string()),
  party: record,
  may: z.array(z.string()).meta({ description: "当前账号现在可以做的操作" }),
});

export const acted = z.object({
  outcome: z.enum(["done", "unchanged", "repeated", "refused"]),
  refusal: z.object({ code: z.string(), zh: z.string(), en: z.string() }).optional(),
  ticket: record,
});

export const settingsShown = z.object({
  settings: record,
  revisions: z.record(z.string(), z.int()),
  problems: z.array(record),
});

const cause = z.enum(FEEDBACK_CAUSES).nullable();

export const feedback = z.object({
  at: z.string(),
  channel: z.string(),
  verdict: z.enum(["helpful", "unhelpful"]),
  cause,
  causeName: z.string().nullable(),
  reason: z.string().nullable().meta({ description: "评价人的话，已去除个人信息" }),
  question: z.string().nullable().meta({ description: "null：提问人已删除自己的数据" }),
  conclusion: z.string().nullable(),
  sections: z.array(z.string()).meta({ description: "所引条款" }),
});

export const feedbackFigures = z.object({
  period: z.object({ from: z.string(), to: z.string() }),
  helpful: z.int(),
  unhelpful: z.int(),
  causes: z.array(z.object({ cause, name: z.string(), count: z.int() })),
});

export const anything = record;
export const list = z.array(record);
export const done = z.object({ done: z.boolean() });

export const requests = {
  command: z.strictObject({ command, key }),
  merge: z.strictObject({ into: z.string().max(200), key }),
  setting: z.strictObject({ content: z.unknown(), expectedRevision: z.int().min(0), reason }),
  rollback: z.strictObject({ revision: z.int().min(1), reason }),
  absence: z.strictObject({
    account: z.string().min(3).max(200).optional().meta({ description: "缺省：本人；他人须由管理员登记" }),
    from: instant,
    to: instant,
    deputy: z.string().max(200).optional(),
    note: z.string().max(500).optional(),
  }),
  adopt: z.strictObject({ suggestion: record, reason }),
  gap: z.strictObject({
    state: z.enum(["answered", "dismissed"]),
    note: z.string().max(500).optional(),
  }),
};

export const queries = {
  tickets: z.object({
    open: z.stringbool().optional().meta({ description: "只列未办结的" }),
    status: z.string().max(20).optional(),
    department: z.string().max(60).optional(),
    assignee: z.string().max(200).optional(),
    category: z.string().max(10).optional(),
    urgency: z.string().max(10).optional(),
    search: z.string().max(100).optional(),
    from: day.optional(),
    to: day.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  period: z.object({
    from: day.optional().meta({ description: "起，含当日；默认七天前" }),
    to: day.optional().meta({ description: "止，不含当日；默认明天" }),
  }),
  figuresFile: z.object({
    from: day.optional(),
    to: day.optional(),
    texts: z.stringbool().optional().meta({ description: "工单表带上原文（不含联系方式）" }),
  }),
  gaps: z.object({
    state: z.enum(["open", "answered", "dismissed"]).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  feedback: z.object({
    from: day.optional().meta({ description: "起，含当日；默认三十天前" }),
    to: day.optional().meta({ description: "止，不含当日；默认明天" }),
    verdict: z.enum(["helpful", "unhelpful"]).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  }),
  part,
};
