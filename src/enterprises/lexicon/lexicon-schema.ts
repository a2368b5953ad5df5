import { z } from "zod";

const id = z.string().regex(/^[a-z][a-z0-9-]*$/);
const text = z.string().min(1);
const words = z.array(text);
const patterns = z
  .array(text.refine(compiles, { error: "不是有效的正则表达式" }))
  .transform((sources) => sources.map((source) => new RegExp(source, "gu")));

const term = { id, name: text, words, patterns: patterns.optional(), not: patterns.optional() };

const optionSchema = z.strictObject({
  id,
  label: text,
  labelEn: text.optional(),
  words,
  patterns: patterns.optional(),
  not: patterns.optional(),
});

const fieldSchema = z
  .strictObject({
    id,
    label: text,
    labelEn: text,
    names: z.array(text).min(1),
    kind: z.enum(["text", "number", "date", "choice", "flag", "terms", "place"]),
    level: z.enum(["enterprise", "project"]),
    unit: text.optional(),
    options: z.array(optionSchema).min(1).optional(),
    vocabulary: z.enum(["industries", "needs", "qualifications"]).optional(),
    sensitive: z.boolean(),
    staleAfterMonths: z.int().positive().nullable(),
    ask: text,
    askEn: text,
    bounds: z.strictObject({ min: z.number(), max: z.number() }).optional(),
  })
  .superRefine((field, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (field.kind === "number" && !field.unit) refuse("unit", "number 字段要写单位");
    if (field.kind === "number" && !field.bounds) refuse("bounds", "number 字段要写合理范围 { min, max }");
    if (field.bounds && field.bounds.min > field.bounds.max) refuse("bounds", "min 大于 max");
    if (field.kind === "choice" && !field.options) refuse("options", "choice 字段要写选项");
    if (field.kind === "terms" && !field.options === !field.vocabulary) {
      refuse("options", "terms 字段要写 options 或 vocabulary 其中一项");
    }
  });

/** `profile-fields.yaml`. */
export const fieldFileSchema = z.strictObject({
  fields: z.array(fieldSchema).min(1),
  localities: z
    .array(z.strictObject({ words: z.array(text).min(1), path: z.array(text).min(1), park: text.nullable() }))
    .default([]),
  slips: z.record(text, text).default({}),
});

const gbt = z.strictObject({
  code: z.string().regex(/^[A-T]?\d{2,4}$/, "应为 GB/T 4754-2017 的 2 至 4 位数字代码"),
  name: text,
});

/** `industries.yaml`. */
export const industryFileSchema = z.strictObject({
  industries: z
    .array(z.strictObject({ ...term, parent: id.nullable().default(null), gbt: z.array(gbt).default([]) }))
    .min(1),
});

/** `needs.yaml`. */
export const needFileSchema = z.strictObject({
  needs: z.array(z.strictObject({ ...term, topics: words.optional() })).min(1),
});

/** `qualifications.yaml`. */
export const qualificationFileSchema = z.strictObject({
  qualifications: z.array(z.strictObject(term)).min(1),
});

function compiles(source: string): boolean {
  try {
    return !new RegExp(source, "gu").test("");
  } catch {
    return false;
  }
}
