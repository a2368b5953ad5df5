import { z } from "zod";
import { isDay } from "../../shared/index.ts";
import { URGENCIES } from "../classification-types.ts";
import type { DeskSettings, SettingsPart } from "../settings-types.ts";

const id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,63}$/u, "应为字母、数字、连字符，64 字以内");
const name = z.string().trim().min(1, "不能为空").max(60, "不超过 60 字");
const account = z.string().regex(/^[a-z]+:\S+$/, "应为“平台:账号”，例如 feishu:ou_…");
const category = z.string().regex(/^C\d{2}$/, "应为 C01 这样的类别编号");
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "应为 HH:MM");
const day = z.string().refine(isDay, "应为日历上有的日期 YYYY-MM-DD");
const words = z
  .array(z.string().trim().min(1, "不能是空词").max(40, "一个词不超过 40 字"))
  .min(1, "不能为空");
const categories = z.array(category).min(1, "不能为空");
const minutes = z.int("应为整数").min(1, "应大于 0").max(525_600, "过大");

export const hoursSchema = z
  .array(z.tuple([time, time]))
  .min(1, "至少写一段办公时间")
  .readonly();

const specialistSchema = z.strictObject({ account, name, categories: categories.exactOptional() });

const departmentSchema = z.strictObject({
  id,
  name,
  specialists: z.array(specialistSchema),
  leads: z.array(account),
  group: account.nullable(),
  hours: hoursSchema,
  fallback: z.boolean(),
});

/** Of a file: what stands for every department may be left out of each. */
export const departmentsFileSchema = z.strictObject({
  hours: hoursSchema,
  departments: z.array(
    departmentSchema.partial({ specialists: true, leads: true, group: true, hours: true, fallback: true }),
  ),
});

const ruleSchema = z.strictObject({
  id,
  categories: categories.exactOptional(),
  industries: words.exactOptional(),
  parks: words.exactOptional(),
  enterpriseTypes: words.exactOptional(),
  urgencies: z.array(z.enum(URGENCIES)).min(1, "不能为空").exactOptional(),
  words: words.exactOptional(),
  withWords: words.exactOptional(),
  departments: z.array(id).min(1, "至少写一个部门"),
  assignee: account.exactOptional(),
  queue: name.exactOptional(),
  note: z.string().max(500, "不超过 500 字").exactOptional(),
});

const termSchema = z.strictObject({
  department: id.exactOptional(),
  urgency: z.enum(URGENCIES).exactOptional(),
  firstResponse: minutes,
  nextResponse: minutes,
  resolution: minutes,
  aroundTheClock: z.boolean().exactOptional(),
});

const slaSchema = z.strictObject({
  terms: z.array(termSchema).min(1, "不能为空"),
  soonShare: z.number().gt(0, "应大于 0").lt(1, "应小于 1"),
  leadAfter: z.int().min(0),
  askerAfter: z.int().min(0),
  undoMinutes: z.int().min(0).max(1440),
  reopenDays: z.int().min(0).max(365),
  autoCloseDays: z.int().min(1).max(90),
});

const calendarSchema = z.strictObject({ holidays: z.array(day), workdays: z.array(day) });

const templateSchema = z.strictObject({
  id,
  title: name,
  categories: categories.exactOptional(),
  text: z.string().trim().min(1, "不能为空").max(2000, "不超过 2000 字"),
});

const dutyLineSchema = z
  .strictObject({ name, phone: z.string().regex(/^\+?[\d\s()（）-]{3,30}$/, "应为能直接拨打的号码") })
  .nullable();

const PART_SCHEMAS = {
  departments: z.array(departmentSchema),
  routing: z.array(ruleSchema),
  sla: slaSchema,
  calendar: calendarSchema,
  templates: z.array(templateSchema),
  dutyLine: dutyLineSchema,
} as const satisfies { [Part in SettingsPart]: z.ZodType<DeskSettings[Part]> };

export const SETTINGS_PARTS = Object.keys(PART_SCHEMAS) as [SettingsPart, ...SettingsPart[]];

/** How a part is called before people. */
export const PART_NAMES: Readonly<Record<SettingsPart, string>> = {
  departments: "受理部门",
  routing: "分派表",
  sla: "办理时限",
  calendar: "工作日历",
  templates: "答复模板",
  dutyLine: "值班电话",
};

export function schemaOf(part: SettingsPart): z.ZodType {
  return PART_SCHEMAS[part];
}

export const routingFileSchema = z.strictObject({ rules: PART_SCHEMAS.routing });
export const templatesFileSchema = z.strictObject({ templates: PART_SCHEMAS.templates });
export const dutyLineFileSchema = z.strictObject({ dutyLine: PART_SCHEMAS.dutyLine });
export { calendarSchema, slaSchema };
