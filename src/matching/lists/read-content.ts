import { z } from "zod";
import type { ProfileLexicon } from "../../enterprises/index.ts";
import { AppError, isDay } from "../../shared/index.ts";
import { isKnownIndustry } from "../catalogue/check-test.ts";
import type { ListContent } from "../catalogue/list-schema.ts";
import type { Direction } from "../types.ts";

const line = z.string().trim().min(1).max(300);
const day = z.string().refine(isDay, "应为 YYYY-MM-DD");

const contentSchema = z.strictObject({
  name: line,
  aliases: z.array(line).max(30).default([]),
  about: line.nullable().default(null),
  industries: z.array(line).max(30).default([]),
  direction: line.nullable().default(null),
  places: z.array(line).max(10).default([]),
  programs: z.array(line).max(30).default([]),
  startsOn: day.nullable().default(null),
  endsOn: day.nullable().default(null),
  details: z
    .array(z.strictObject({ label: line, value: line }))
    .max(20)
    .default([]),
  source: z
    .strictObject({ document: line, section: line, quote: z.string().min(1) })
    .nullable()
    .default(null),
});

/** What is stored of an entry; undefined when it is damaged. */
export function readContent(stored: unknown): ListContent | undefined {
  const parsed = contentSchema.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

/** What an administrator wrote, over what was there. Throws AppError `unusable-input` that says what to write. */
export function checkContent(
  input: object,
  before: ListContent | undefined,
  { lexicon, directions }: { lexicon: ProfileLexicon; directions: ReadonlyMap<string, Direction> },
): ListContent {
  const parsed = contentSchema.safeParse({ ...before, ...input });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw unusable(
      `“${NAMES[String(issue?.path[0])] ?? place}”一栏不合要求：${issue?.message ?? "内容不合格式"}`,
    );
  }
  const content = parsed.data;
  const unknown = content.industries.find((id) => !isKnownIndustry(id, lexicon, directions));
  if (unknown !== undefined) throw unusable(`词表中没有行业“${unknown}”，请改用行业词表中的编号`);
  if (content.startsOn !== null && content.endsOn !== null && content.startsOn >= content.endsOn)
    throw unusable("日期起止颠倒：结束一栏写最后一天的次日");
  if (MOBILE.test(JSON.stringify(content)))
    throw unusable("清单对外公开，请不要录入个人手机号，改填办公座机或对外公布的联系方式");
  return content;
}

const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/;

const NAMES: Readonly<Record<string, string>> = {
  name: "名称",
  aliases: "别名",
  about: "定位",
  industries: "产业",
  direction: "方向",
  places: "地点",
  programs: "相关项目",
  startsOn: "开始日期",
  endsOn: "结束日期",
  details: "其他信息",
  source: "出处",
};

export function unusable(what: string): AppError {
  return new AppError({
    code: "unusable-input",
    message: `list entry: ${what}`,
    safeMessage: `${what}。请改正后重新提交，原有内容没有变动。`,
  });
}
