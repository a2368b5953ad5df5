import { z } from "zod";
import { PROGRAM_KINDS, PROGRAM_STATES } from "../types.ts";

const line = z.string().trim().min(1);
const day = z.iso.date();

const quoted = {
  quote: line.describe("文件原文，逐字照抄（标点、错漏一并照录），须整段落在所注章节之内。"),
  section: line
    .optional()
    .describe(
      "出处，按系统的章节记法：三（六）¶2、二（一）1、、第五条（二）。省略时取本项目开头的 section。",
    ),
};

const saying = z.strictObject({ text: line.describe("给人看的说法，只用原文的意思和动词。"), ...quoted });

const unit = line.describe(
  "单位：元、万元、亿元、人、家、平方米、亩、项、%、年、月 等，须与字段的单位相合。",
);
const fieldId = line.describe("字段编号，见 knowledge/lexicon/profile-fields.yaml。");

const comparison = z.strictObject({
  field: fieldId,
  operator: z
    .enum(["at-least", "more-than", "at-most", "less-than"])
    .describe(
      "以上、不少于、不低于：at-least；超过、高于：more-than；以下、不超过：at-most；不足、低于、不满：less-than。原文另有“含本数”“不含本数”的，从其规定。",
    ),
  value: z.number().describe("原文写的数；必须在所引原文中出现。"),
  unit,
});

const between = z.strictObject({
  field: fieldId,
  operator: z.literal("between"),
  value: z.tuple([z.number(), z.number()]).describe("两端均含本数；两个数都必须在所引原文中出现。"),
  unit,
});

const membership = z.strictObject({
  field: fieldId,
  operator: z.enum(["within", "not-within"]),
  value: z
    .array(line)
    .min(1)
    .describe("单选、行政区划或多项字段：属于其中之一即满足。行业可写 direction:编号，指该方向所含行业。"),
  unclear: z
    .array(line)
    .min(1)
    .optional()
    .describe("原文用语说不清是否包括的，写在这里，一律判“待确认”，不猜。"),
});

const holding = z.strictObject({
  field: fieldId,
  operator: z.literal("has"),
  value: z.array(line).min(1).describe("多项字段：须全部具备，资质以核验日有效为准。"),
});

const flag = z.strictObject({ field: fieldId, operator: z.literal("is"), value: z.boolean() });

const age = z.strictObject({
  field: fieldId,
  operator: z
    .enum(["age-at-least", "age-less-than"])
    .describe("成立满2年：age-at-least；成立不满5年：age-less-than。"),
  value: z.int().min(1),
  unit: z.enum(["年", "月"]),
});

const calendar = z.strictObject({
  field: fieldId,
  operator: z
    .enum(["on-or-after", "before"])
    .describe("某日及以后：on-or-after；某日之前（不含当日）：before。"),
  value: day,
});

export type TestInput =
  | z.infer<typeof comparison>
  | z.infer<typeof between>
  | z.infer<typeof membership>
  | z.infer<typeof holding>
  | z.infer<typeof flag>
  | z.infer<typeof age>
  | z.infer<typeof calendar>
  | { anyOf: TestInput[] }
  | { allOf: TestInput[] };

export const testSchema: z.ZodType<TestInput, TestInput> = z.lazy(() =>
  z.union([
    comparison,
    between,
    membership,
    holding,
    flag,
    age,
    calendar,
    z.strictObject({ anyOf: z.array(testSchema).min(1).describe("满足其一即可。") }),
    z.strictObject({ allOf: z.array(testSchema).min(1).describe("须同时满足。") }),
  ]),
);

const criterion = z.strictObject({
  id: line.describe("英文短名，在本项目内不重复，定了不改：industry、stage、founded。"),
  text: line.describe("给人看的条件，用原文的说法，不加码、不放宽。"),
  level: z
    .enum(["enterprise", "project"])
    .default("enterprise")
    .describe("enterprise：看企业本身。project：看这一次的事项（要多大面积、拟上哪个板）。"),
  mandatory: z.boolean().default(true).describe("必备条件写 true；“优先”“鼓励”一类写 false。"),
  computable: z
    .boolean()
    .optional()
    .describe("可省略。写 true 时必须有 test；写 false 时不得有 test，只能由人判断，系统一律判“待确认”。"),
  test: testSchema
    .optional()
    .describe("可由程序核对时才写。原文没有写明标准的（“符合认定标准”“高价值”），不写 test。"),
  ...quoted,
});

const needs = z.strictObject({
  direct: z.array(line).default([]).describe("本项目就是为此而设。"),
  related: z.array(line).default([]).describe("对此可能有帮助。"),
});

const window = z.strictObject({
  from: day.nullable().default(null).describe("可申报的第一天。"),
  to: day.nullable().default(null).describe("可申报的最后一天的次日。"),
  ...quoted,
});

const list = (advice: string) => z.array(line).default([]).describe(advice);

/** A program as its YAML file says it; what is left out is empty. `toProgram` makes a `Program` of it. */
export const programFileSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z][A-Z0-9-]{1,39}$/, "编号应为大写字母开头，由大写字母、数字和连字符组成")
    .describe("编号，定了不改，文件名以它开头：P02。"),
  name: line.describe("项目名称，用原文的叫法，不自造专名。"),
  aliases: list("人们怎么叫它：简称、口语、旧称。"),
  kind: z.enum(PROGRAM_KINDS).describe("类别。"),
  document: line.describe("出自哪份文件：文件标题（不带书名号和“征求意见稿”字样），或系统中的文件编号。"),
  section: line.optional().describe("本项目各处引文的默认出处；个别引文出自别处的，在该处另写 section。"),
  audience: saying.nullable().default(null).describe("原文写明的对象；没写就省略。"),
  industries: list("与哪些行业有关（行业编号，或 direction:编号）；不限行业则省略。条件另写在 criteria。"),
  industryBound: z
    .boolean()
    .default(false)
    .describe(
      "true：对其他行业毫无意义（化妆品备案之于芯片企业）。基金等“面向某某产业”的不写 true，写成条件。",
    ),
  subjects: list("为哪类主体而设（subject-type 的选项编号）；不限则省略。"),
  needs: needs
    .prefault({})
    .describe("对应哪些需求，见 knowledge/lexicon/needs.yaml。宁可多写相关的，不可漏写直接的。"),
  state: z
    .strictObject({
      state: z
        .enum(PROGRAM_STATES)
        .describe(
          "按原文动词定：完善优化、持续举办 → 已有；给予、奖励 → 明确措施；加快推进、布局建设 → 推进建设；设立、建立 → 拟设立；支持、鼓励、争取、引导 → 鼓励。",
        ),
      verb: line.describe("原文的动词，须在引文中出现。"),
      ...quoted,
    })
    .describe("现在是什么状态。"),
  criteria: z
    .array(criterion)
    .default([])
    .describe("原文写明的条件；一条一项。原文没写条件就省略，系统答“文中未写条件，需确认”。"),
  benefits: z.array(saying).default([]).describe("原文写明给什么、提供什么；不写金额，除非原文写了。"),
  notStated: list("原文没有写的，短名词：金额、申报时间、入驻条件。"),
  steps: z.array(saying).default([]).describe("办理步骤，原文写了才写。"),
  materials: z.array(saying).default([]).describe("申报材料，原文写了才写。"),
  window: window.nullable().default(null).describe("申报时间，半开区间；原文没写就省略。"),
  responsibleBody: saying
    .nullable()
    .default(null)
    .describe("原文写明负责本项目的部门；没有分工到本项目就省略。"),
  excludes: list("不可同享的项目编号，原文写明才写。"),
  requires: list("须先具备的项目编号，原文写明才写。"),
  stacksWith: list("原文写明可以同享的项目编号。"),
  intake: list("专员首先想知道的字段，重要的在前；不是条件。"),
  cautions: list("必须同时告知的话。征求意见稿等文件状态由系统自动提示，不写。"),
});

/** As written, before defaults. */
export type ProgramFile = z.input<typeof programFileSchema>;
export type FilledProgramFile = z.output<typeof programFileSchema>;

/** JSON Schema of a program file, for editors; `knowledge/programs/program.schema.json` is this. */
export function writeProgramJsonSchema(): unknown {
  return {
    title: "贤策 项目（knowledge/programs/*.yaml）",
    ...z.toJSONSchema(programFileSchema, { io: "input", reused: "inline" }),
  };
}
