import { describe, expect, it } from "vitest";
import type { FactValue } from "../../src/enterprises/index.ts";
import type { CriterionTest } from "../../src/matching/index.ts";
import {
  at,
  between,
  contextOn,
  exactly,
  holding,
  judgeOne,
  onDay,
  oneOf,
} from "../support/engine-samples.ts";

type Case = [what: string, test: CriterionTest, values: Record<string, FactValue>, verdict: string];

const people = (
  operator: "at-least" | "more-than" | "at-most" | "less-than",
  value: number,
): CriterionTest => ({
  field: "headcount",
  operator,
  value,
  unit: "人",
});
const revenue = (operator: "at-least" | "less-than", value: number, unit: string): CriterionTest => ({
  field: "revenue",
  operator,
  value,
  unit,
});

describe("industries", () => {
  const within = (...value: string[]): CriterionTest => ({ field: "industries", operator: "within", value });
  const unclear: CriterionTest = {
    field: "industries",
    operator: "within",
    value: ["biomedicine"],
    unclear: ["medical-device"],
  };
  const cases: Case[] = [
    ["小核酸属于生物医药", within("biomedicine"), { industries: holding("nucleic-acid") }, "met"],
    ["生物医药不一定是小核酸", within("nucleic-acid"), { industries: holding("biomedicine") }, "unknown"],
    ["疫苗不是小核酸", within("nucleic-acid"), { industries: holding("vaccine") }, "unmet"],
    ["零售不是生物医药", within("biomedicine"), { industries: holding("retail") }, "unmet"],
    ["主业两项，有一项即可", within("biomedicine"), { industries: holding("retail", "vaccine") }, "met"],
    [
      "主业两项，有一项可能",
      within("nucleic-acid"),
      { industries: holding("retail", "life-health") },
      "unknown",
    ],
    ["方向含其行业", within("direction:future"), { industries: holding("membrane") }, "met"],
    ["方向之外", within("direction:future"), { industries: holding("medical-device") }, "unmet"],
    ["方向之上", within("direction:future"), { industries: holding("life-health") }, "unknown"],
    ["没有这个方向", within("direction:none"), { industries: holding("retail") }, "unknown"],
    ["没说行业", within("biomedicine"), {}, "unknown"],
    [
      "说了不做生物医药",
      within("nucleic-acid"),
      { industries: { kind: "terms", has: [], lacks: ["biomedicine"], closed: false } },
      "unmet",
    ],
    [
      "做生命健康，不做生物医药",
      within("nucleic-acid"),
      { industries: { kind: "terms", has: [{ id: "life-health" }], lacks: ["biomedicine"], closed: false } },
      "unmet",
    ],
    [
      "除外的行业",
      { field: "industries", operator: "not-within", value: ["retail"] },
      { industries: holding("retail") },
      "unmet",
    ],
    [
      "不在除外之列",
      { field: "industries", operator: "not-within", value: ["retail"] },
      { industries: holding("vaccine") },
      "met",
    ],
    ["原文说不清的，待确认", unclear, { industries: holding("in-vitro-diagnostics") }, "unknown"],
    ["原文说得清的，照判", unclear, { industries: holding("vaccine") }, "met"],
    ["两边都不沾", unclear, { industries: holding("retail") }, "unmet"],
  ];
  it.each(cases)("%s", (_what, test, values, verdict) => {
    expect(judgeOne(test, values).verdict).toBe(verdict);
  });

  it("asks nobody for what the text itself leaves open", () => {
    expect(judgeOne(unclear, { industries: holding("medical-device") }).missing).toEqual([]);
    expect(judgeOne(unclear, { industries: holding("life-health") }).missing).toEqual(["industries"]);
  });
});

describe("certificates", () => {
  const high: CriterionTest = {
    field: "qualifications",
    operator: "within",
    value: ["high-tech-enterprise"],
  };
  const proven = {
    id: "high-tech-enterprise",
    certificate: "GR0000",
    validFrom: "2024-12-01",
    validTo: "2027-12-01",
  };
  const cases: Case[] = [
    ["有证书、在有效期", high, { qualifications: holding(proven) }, "met"],
    ["只说是高企", high, { qualifications: holding("high-tech-enterprise") }, "unknown"],
    [
      "有证书号，没说有效期",
      high,
      { qualifications: holding({ id: "high-tech-enterprise", certificate: "GR0000" }) },
      "unknown",
    ],
    [
      "有有效期，没有证书号",
      high,
      { qualifications: holding({ id: "high-tech-enterprise", validTo: "2027-12-01" }) },
      "unknown",
    ],
    ["当天失效", high, { qualifications: holding({ ...proven, validTo: "2026-11-23" }) }, "unmet"],
    ["最后一天有效", high, { qualifications: holding({ ...proven, validTo: "2026-11-24" }) }, "met"],
    ["曾获", high, { qualifications: holding({ id: "high-tech-enterprise", lapsed: true }) }, "unmet"],
    ["没说有没有", high, { qualifications: holding({ ...proven, id: "specialized-sme" }) }, "unknown"],
    [
      "就这些资质",
      high,
      { qualifications: { ...holding({ ...proven, id: "specialized-sme" }), closed: true } },
      "unmet",
    ],
    [
      "说了没有高企",
      high,
      { qualifications: { kind: "terms", has: [], lacks: ["high-tech-enterprise"], closed: false } },
      "unmet",
    ],
    [
      "须两项都有，缺一项的证明",
      { field: "qualifications", operator: "has", value: ["high-tech-enterprise", "specialized-sme"] },
      { qualifications: holding(proven, "specialized-sme") },
      "unknown",
    ],
    [
      "须两项都有，有一项没有",
      { field: "qualifications", operator: "has", value: ["high-tech-enterprise", "specialized-sme"] },
      { qualifications: { ...holding(proven), lacks: ["specialized-sme"] } },
      "unmet",
    ],
    [
      "专利不要证书",
      { field: "ip", operator: "has", value: ["invention-patent"] },
      { ip: holding("invention-patent") },
      "met",
    ],
    [
      "需求不要证书",
      { field: "needs", operator: "within", value: ["loan"] },
      { needs: holding("loan") },
      "met",
    ],
  ];
  it.each(cases)("%s", (_what, test, values, verdict) => {
    expect(judgeOne(test, values).verdict).toBe(verdict);
  });

  it("says why a title does not count", () => {
    expect(judgeOne(high, { qualifications: holding("high-tech-enterprise") }).observed).toBe(
      "高新技术企业（称号需证书核实）",
    );
    expect(judgeOne(high, { qualifications: holding({ ...proven, validTo: "2026-11-01" }) }).observed).toBe(
      "高新技术企业（有效期至2026-10-31，已到期）",
    );
    const coming = judgeOne(high, { qualifications: holding({ ...proven, validFrom: "2027-01-05" }) });
    expect(coming).toMatchObject({
      verdict: "unmet",
      metFrom: "2027-01-05",
      observed: "高新技术企业（2027-01-05起有效）",
    });
  });
});

describe("choices, places, flags", () => {
  const early: CriterionTest = {
    field: "stage",
    operator: "within",
    value: ["angel", "early"],
    unclear: ["seed"],
  };
  const fengxian: CriterionTest = { field: "district", operator: "within", value: ["奉贤区"] };
  const shanghai: CriterionTest = { field: "district", operator: "within", value: ["上海市"] };
  const cases: Case[] = [
    ["天使期", early, { stage: oneOf("angel") }, "met"],
    ["天使或早期", early, { stage: oneOf("angel", "early") }, "met"],
    ["早期或成长期", early, { stage: oneOf("early", "growth") }, "unknown"],
    ["成长期", early, { stage: oneOf("growth") }, "unmet"],
    ["种子期，原文说不清", early, { stage: oneOf("seed") }, "unknown"],
    ["奉贤在上海", shanghai, { district: at("上海市", "奉贤区") }, "met"],
    ["上海不一定在奉贤", fengxian, { district: at("上海市") }, "unknown"],
    ["浦东不是奉贤", fengxian, { district: at("上海市", "浦东新区") }, "unmet"],
    ["奉贤的镇", fengxian, { district: at("上海市", "奉贤区", "南桥镇") }, "met"],
    ["苏州不在上海", shanghai, { district: at("江苏省", "苏州市") }, "unmet"],
    ["境外", fengxian, { district: at("境外") }, "unmet"],
    [
      "不在奉贤的",
      { ...fengxian, operator: "not-within" } as CriterionTest,
      { district: at("江苏省") },
      "met",
    ],
    [
      "连写的地名",
      { field: "district", operator: "within", value: ["江苏省苏州市"] },
      { district: at("江苏省", "苏州市", "昆山市") },
      "met",
    ],
    [
      "单写的外地区名",
      { field: "district", operator: "within", value: ["天河区"] },
      { district: at("广东省", "广州市", "天河区") },
      "met",
    ],
    [
      "单写的外地区名，省内别处",
      { field: "district", operator: "within", value: ["天河区"] },
      { district: at("广东省", "广州市", "海珠区") },
      "unmet",
    ],
    [
      "单写的外地区名，只知到市",
      { field: "district", operator: "within", value: ["天河区"] },
      { district: at("广东省", "广州市") },
      "unknown",
    ],
    [
      "功能区不按区名排除",
      { field: "district", operator: "within", value: ["临港新片区"] },
      { district: at("上海市", "奉贤区") },
      "unknown",
    ],
    [
      "是",
      { field: "listing-reserve", operator: "is", value: true },
      { "listing-reserve": { kind: "flag", value: true } },
      "met",
    ],
    [
      "否",
      { field: "listing-reserve", operator: "is", value: true },
      { "listing-reserve": { kind: "flag", value: false } },
      "unmet",
    ],
    [
      "文字不判",
      { field: "listing-plan", operator: "within", value: ["科创板"] },
      { "listing-plan": { kind: "text", text: "科创板" } },
      "unknown",
    ],
    ["没有的字段不判", { field: "no-such", operator: "is", value: true }, {}, "unknown"],
  ];
  it.each(cases)("%s", (_what, test, values, verdict) => {
    expect(judgeOne(test, values).verdict).toBe(verdict);
  });
});

describe("what the text leaves open", () => {
  it("is no question to the enterprise", () => {
    const zone: CriterionTest = {
      field: "district",
      operator: "within",
      value: ["奉贤区"],
      unclear: ["金山区"],
    };
    expect(judgeOne(zone, { district: at("上海市", "金山区") })).toMatchObject({
      verdict: "unknown",
      missing: [],
    });
    expect(judgeOne(zone, { district: at("上海市") })).toMatchObject({
      verdict: "unknown",
      missing: ["district"],
    });
    expect(judgeOne(zone, { district: at("上海市", "崇明区") }).verdict).toBe("unmet");
    const early: CriterionTest = { field: "stage", operator: "within", value: ["angel"], unclear: ["seed"] };
    expect(judgeOne(early, { stage: oneOf("seed") }).missing).toEqual([]);
    expect(judgeOne(early, { stage: oneOf("seed", "angel") }).missing).toEqual(["stage"]);
  });
});

describe("tests of several parts", () => {
  const big: CriterionTest = { anyOf: [people("at-least", 300), revenue("at-least", 4, "亿元")] };
  it("is met by one met alternative, and open while one is open", () => {
    expect(judgeOne(big, { headcount: exactly(320) }).verdict).toBe("met");
    expect(judgeOne(big, { headcount: exactly(200) })).toMatchObject({
      verdict: "unknown",
      missing: ["revenue"],
    });
    expect(judgeOne(big, { headcount: exactly(290), revenue: exactly(1e8) })).toMatchObject({
      verdict: "unmet",
      shortBy: "还差10人",
      observed: "职工人数：290人；上年营业收入：1亿元",
      threshold: "职工人数不少于300人，或上年营业收入不少于4亿元",
    });
  });
  it("takes the day on which all parts hold together", () => {
    const both: CriterionTest = {
      allOf: [
        { field: "founded-on", operator: "age-at-least", value: 2, unit: "年" },
        { field: "qualifications", operator: "has", value: ["high-tech-enterprise"] },
      ],
    };
    const held = { id: "high-tech-enterprise", certificate: "GR0000", validTo: "2027-02-01" };
    const young = { "founded-on": onDay("2025-03-01") };
    expect(judgeOne(both, { ...young, qualifications: holding(held) }).metFrom).toBeUndefined();
    const longer = holding({ ...held, validTo: "2028-01-01" });
    expect(judgeOne(both, { ...young, qualifications: longer }).metFrom).toBe("2027-03-01");
  });
});

describe("wording", () => {
  const cases: [
    CriterionTest,
    Record<string, FactValue>,
    string | undefined,
    string | undefined,
    string | undefined,
  ][] = [
    [
      people("at-least", 300),
      { headcount: between(270, 330) },
      "约300人（270–330人）",
      "不少于300人",
      undefined,
    ],
    [people("at-least", 300), { headcount: between(100, 250) }, "100–250人", "不少于300人", "至少还差50人"],
    [
      revenue("at-least", 5000, "万元"),
      { revenue: exactly(48_800_000) },
      "4880万元",
      "不少于5000万元",
      "还差120万元",
    ],
    [
      revenue("less-than", 2, "亿元"),
      { revenue: exactly(430_000_000) },
      "4.3亿元",
      "少于2亿元",
      "超出2.3亿元",
    ],
    [people("more-than", 300), { headcount: exactly(300) }, "300人", "超过300人", "须再多一些（不含本数）"],
    [people("at-least", 300), {}, undefined, "不少于300人", undefined],
  ];
  it.each(cases)("%j %j", (test, values, observed, threshold, shortBy) => {
    const verdict = judgeOne(test, values);
    expect([verdict.observed, verdict.threshold, verdict.shortBy]).toEqual([observed, threshold, shortBy]);
  });
  it("writes English on request", () => {
    const english = judgeOne(
      revenue("at-least", 2, "亿元"),
      { revenue: exactly(150_000_000) },
      contextOn("2026-11-23", { language: "en" }),
    );
    expect(english).toMatchObject({
      observed: "150 million yuan",
      threshold: "at least 200 million yuan",
      shortBy: "50 million yuan short",
    });
  });
});
