import { describe, expect, test } from "vitest";
import { checkAgainst, checkStatement, readSupport } from "../../src/answering/grounding/index.ts";
import { normalizeText, stripReferences } from "../../src/answering/grounding/normalize-text.ts";
import { readDates } from "../../src/answering/grounding/read-dates.ts";
import { readNumerics } from "../../src/answering/grounding/read-figures.ts";
import { parseArabicNumeral, parseChineseNumeral } from "../../src/answering/grounding/read-numerals.ts";
import { BLIND_FALSE, BLIND_TRUE } from "./grounding-blind.ts";
import { FALSE_CASES } from "./grounding-false.ts";
import { HELD_OUT_FALSE, HELD_OUT_TRUE } from "./grounding-heldout.ts";
import { LAST_FALSE, LAST_TRUE } from "./grounding-last.ts";
import { clausesOf, type FalseCase, type GroundingCase, planClause } from "./grounding-sources.ts";
import { TRUE_CASES } from "./grounding-true.ts";

const judge = ({ clauses, statement, question = "" }: GroundingCase) =>
  checkStatement(statement, clausesOf(clauses), question);

describe.each([
  { name: "calibration", truths: TRUE_CASES, falsehoods: FALSE_CASES, mostRejected: 0.02 },
  { name: "held out", truths: HELD_OUT_TRUE, falsehoods: HELD_OUT_FALSE, mostRejected: 0.05 },
  { name: "looser paraphrases", truths: BLIND_TRUE, falsehoods: BLIND_FALSE, mostRejected: 0.15 },
  { name: "mixed", truths: LAST_TRUE, falsehoods: LAST_FALSE, mostRejected: 0.2 },
])("statements, $name", ({ truths, falsehoods, mostRejected }) => {
  test.each(falsehoods.map((one): [string, FalseCase] => [one.statement, one]))("fails: %s", (_name, one) => {
    const verdict = judge(one);
    expect(verdict.ok).toBe(false);
  });

  test("false statements fail for the right reason, with few exceptions", () => {
    const others = falsehoods.filter((one) => {
      const verdict = judge(one);
      return verdict.ok || !verdict.problems.some(({ kind }) => one.problem.includes(kind));
    });
    expect(others.length).toBeLessThanOrEqual(2);
  });

  test("few true paraphrases fail", () => {
    const rejected = truths.filter((one) => !judge(one).ok);
    expect(rejected.length / truths.length).toBeLessThanOrEqual(mostRejected);
  });
});

test("the sets are large enough to mean something", () => {
  expect(TRUE_CASES.length + HELD_OUT_TRUE.length + BLIND_TRUE.length).toBeGreaterThan(170);
  expect(FALSE_CASES.length + HELD_OUT_FALSE.length + BLIND_FALSE.length).toBeGreaterThan(280);
});

describe("absences", () => {
  const clauses = [planClause("设立天使投资引导基金")];
  test("may be told when they are known", () => {
    const statement = "文件提出设立天使投资引导基金，未写明单笔额度和申报入口。";
    expect(checkStatement(statement, clauses, "", { notStated: ["单笔额度", "申报入口"] })).toEqual({
      ok: true,
    });
    expect(checkStatement(statement, clauses, "", { notStated: ["单笔额度"] }).ok).toBe(false);
    expect(checkStatement(statement, clauses, "").ok).toBe(false);
  });
});

describe("the question supports nothing", () => {
  const clauses = [planClause("租购并举")];
  const question = "园区给不给500万元的租房补贴";
  test.each([
    ["关于租房补贴，文件提出加快实施“租购并举”的人才安居工程。", true],
    ["文件提出加快实施“租购并举”的人才安居工程和租房补贴。", false],
    ["园区给500万元的租房补贴。", false],
    ["关于500万元的租房补贴，文件提出加快实施“租购并举”的人才安居工程。", false],
  ])("%s", (statement, ok) => {
    expect(checkStatement(statement, clauses, question).ok).toBe(ok);
  });
});

describe("English statements", () => {
  test.each([
    [
      "plan:设立天使投资引导基金",
      "The plan proposes to set up an angel investment guidance fund (“设立天使投资引导基金”).",
      true,
    ],
    ["plan:设立天使投资引导基金", "The plan proposes to set up an angel investment guidance fund.", false],
    [
      "plan:设立天使投资引导基金",
      "The plan has set up an angel investment guidance fund (“设立天使投资引导基金”).",
      false,
    ],
    [
      "plan:设立天使投资引导基金",
      "The angel guidance fund offers up to 5 million yuan (“设立天使投资引导基金”).",
      false,
    ],
    [
      "plan:设立天使投资引导基金",
      "The plan proposes an angel guidance fund (“设立天使投资引领基金”).",
      false,
    ],
    [
      "plan:设立天使投资引导基金",
      "The Pudong angel guidance fund will be set up (“设立天使投资引导基金”).",
      false,
    ],
    [
      "plan:日均新增科技企业30家",
      "The plan aims to build one high-quality incubator (“力争建成高质量孵化器1家”).",
      true,
    ],
    [
      "plan:日均新增科技企业30家",
      "One high-quality incubator will be built (“力争建成高质量孵化器1家”).",
      false,
    ],
    ["plan:日均新增科技企业30家", "One high-quality incubator will be built (“建成高质量孵化器1家”).", false],
    [
      "plan:日均新增科技企业30家",
      "Talent is to reach 60,000 by 2026 (“到2026年，三大特色产业人才规模达到6万”).",
      true,
    ],
    [
      "plan:日均新增科技企业30家",
      "Talent is to reach 600,000 by 2026 (“到2026年，三大特色产业人才规模达到6万”).",
      false,
    ],
    ["plan:支持企业多渠道上市", "It encourages enterprises to list (“鼓励企业挂牌和转板上市”).", true],
    ["plan:支持企业多渠道上市", "It supports enterprises to list (“鼓励企业挂牌和转板上市”).", false],
    ["禁止", "Vouchers may be transferred (“创新券不得转让、赠送或者重复使用”).", false],
    ["plan:租购并举", "You can get free housing (“加快实施“租购并举”的人才安居工程”).", false],
  ])("%s: %s", (clauses, statement, ok) => {
    expect(checkStatement(statement, clausesOf(clauses), "").ok).toBe(ok);
  });
});

describe("hostile input", () => {
  const support = readSupport([planClause("设立天使投资引导基金")]);
  test.each([
    ["nothing", ""],
    ["blanks", "  \n "],
    ["marks only", "“”《》，。"],
    ["an emoji", "🚀🚀🚀"],
    ["an open quote", "文件提出“设立天使投资引领"],
    ["digits", "1234567890"],
    ["100 KB", "基金".repeat(50_000)],
    ["half a surrogate pair", "设立\ud800天使投资引导基金"],
    ["control characters", "设立\u0000\u0007股权投资基金"],
  ])("%s fails and does not throw", (_name, statement) => {
    expect(checkAgainst(statement, support, "").ok).toBe(false);
  });
  test("without clauses nothing holds", () => {
    expect(checkStatement("设立天使投资引导基金。", [], "设立天使投资引导基金").ok).toBe(false);
  });
});

describe("readers", () => {
  test.each([
    ["六万", 60_000],
    ["一百二十", 120],
    ["两百零五", 205],
    ["千亿", 1e11],
    ["一亿三千万", 130_000_000],
    ["三点五", 3.5],
    ["二〇二四", 2024],
    ["十四五", undefined],
  ])("numeral %s", (text, value) => {
    expect(parseChineseNumeral(text)).toBe(value);
  });
  test("Arabic numerals with multipliers", () => {
    expect([
      parseArabicNumeral("1.5", "亿"),
      parseArabicNumeral("2,000"),
      parseArabicNumeral("3", "千万"),
    ]).toEqual([150_000_000, 2000, 30_000_000]);
  });
  test.each([
    ["3-5万元", [[30_000, 50_000]], "元"],
    ["3年至5年", [[3, 5]], "年"],
    ["百分之七十以上", [[70]], "%"],
    ["七成", [[70]], "%"],
    ["30余家", [[30]], "家"],
    ["15个工作日", [[15]], "个工作日"],
    ["三大产业", [[3]], "大"],
  ])("figure %s", (text, values, unit) => {
    const { figures } = readNumerics(text);
    expect(figures.map((figure) => figure.values)).toEqual(values);
    expect(figures[0]?.unit).toBe(unit);
  });
  test.each(["一站式服务", "进一步", "十分重要", "一批企业", "统一标准", "第三方机构", "一网通办"])(
    "%s counts nothing",
    (text) => {
      expect(readNumerics(text).figures).toEqual([]);
    },
  );
  test("dates, as precise as written", () => {
    const dates = readDates("自2024年5月1日起施行，有效期至二〇二九年四月三十日，2024-2026年，每年3月1日前");
    expect(dates.map(({ year, month, day, role }) => [year, month, day, role])).toEqual([
      [2024, 5, 1, "from"],
      [2029, 4, 30, "until"],
      [2024, undefined, undefined, undefined],
      [2026, undefined, undefined, undefined],
      [undefined, 3, 1, "until"],
    ]);
  });
  test("normalising keeps thousands and unifies marks", () => {
    expect(normalizeText("１,０００ 万元, 约 ３０％；见 A/B.")).toBe("1,000万元，约30%；见A/B。");
    expect(stripReferences("设立基金[1]。支持上市【2、3】。")).toBe("设立基金。支持上市。");
  });
});
