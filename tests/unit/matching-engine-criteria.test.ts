import { describe, expect, it } from "vitest";
import type { FactValue } from "../../src/enterprises/index.ts";
import { type CriterionTest, judgeProgram } from "../../src/matching/index.ts";
import {
  between,
  contextOn,
  exactly,
  judgeOne,
  onDay,
  profileOf,
  programOf,
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

describe("numbers", () => {
  const cases: Case[] = [
    ["300人以上含本数", people("at-least", 300), { headcount: exactly(300) }, "met"],
    ["超过300人不含本数", people("more-than", 300), { headcount: exactly(300) }, "unmet"],
    ["不超过300人含本数", people("at-most", 300), { headcount: exactly(300) }, "met"],
    ["不足300人不含本数", people("less-than", 300), { headcount: exactly(300) }, "unmet"],
    ["三百来人对不少于300人", people("at-least", 300), { headcount: between(270, 330) }, "unknown"],
    ["三百来人对不少于200人", people("at-least", 200), { headcount: between(270, 330) }, "met"],
    ["三百来人对不少于400人", people("at-least", 400), { headcount: between(270, 330) }, "unmet"],
    [
      "超过300人就是301人以上",
      people("at-least", 301),
      { headcount: { kind: "number", min: 300, max: null, minOpen: true } },
      "met",
    ],
    ["只知道不少于50人", people("less-than", 50), { headcount: between(50, null) }, "unmet"],
    ["只知道不少于50人，问100人", people("at-least", 100), { headcount: between(50, null) }, "unknown"],
    ["没说人数", people("at-least", 1), {}, "unknown"],
    ["不知道人数", people("at-least", 1), { headcount: { kind: "declined" } }, "unknown"],
    ["4.35亿元是43500万元", revenue("at-least", 4.35, "亿元"), { revenue: exactly(435_000_000) }, "met"],
    ["浮点乘法的误差不算差", revenue("at-least", 115_000_000, "元"), { revenue: exactly(1.15 * 1e8) }, "met"],
    ["差一元", revenue("at-least", 43_500, "万元"), { revenue: exactly(434_999_999) }, "unmet"],
    ["刚好两亿元不算不足", revenue("less-than", 2, "亿元"), { revenue: exactly(200_000_000) }, "unmet"],
    [
      "不足两亿元",
      revenue("less-than", 2, "亿元"),
      { revenue: { kind: "number", min: null, max: 2e8, maxOpen: true } },
      "met",
    ],
    [
      "三亩超过1999平方米",
      { field: "space-area", operator: "at-most", value: 3, unit: "亩" },
      { "space-area": exactly(1999) },
      "met",
    ],
    [
      "三亩就是2000平方米",
      { field: "space-area", operator: "at-most", value: 3, unit: "亩" },
      { "space-area": exactly(2000) },
      "met",
    ],
    [
      "区间两端均含",
      { field: "headcount", operator: "between", value: [20, 300], unit: "人" },
      { headcount: between(20, 300) },
      "met",
    ],
    [
      "区间一半在外",
      { field: "headcount", operator: "between", value: [20, 300], unit: "人" },
      { headcount: between(10, 20) },
      "unknown",
    ],
    [
      "区间全在外",
      { field: "headcount", operator: "between", value: [20, 300], unit: "人" },
      { headcount: exactly(301) },
      "unmet",
    ],
    [
      "亏损不算盈利",
      { field: "net-profit", operator: "more-than", value: 0, unit: "元" },
      { "net-profit": exactly(-5_000_000) },
      "unmet",
    ],
    [
      "单位对不上不猜",
      { field: "headcount", operator: "at-least", value: 1, unit: "亩" },
      { headcount: exactly(9) },
      "unknown",
    ],
    ["前后矛盾的区间不判", people("at-least", 1), { headcount: between(9, 3) }, "unknown"],
  ];
  it.each(cases)("%s", (_what, test, values, verdict) => {
    expect(judgeOne(test, values).verdict).toBe(verdict);
  });
});

describe("figures that follow from others", () => {
  const share: CriterionTest = { field: "rd-share", operator: "at-least", value: 5, unit: "%" };
  const million = 1_000_000;
  const cases: Case[] = [
    [
      "研发费用300万、营收6000万正好5%",
      share,
      { "rd-expense": exactly(3 * million), revenue: exactly(60 * million) },
      "met",
    ],
    [
      "研发费用299万不到5%",
      share,
      { "rd-expense": exactly(2.99 * million), revenue: exactly(60 * million) },
      "unmet",
    ],
    [
      "都是区间，最低也够",
      share,
      { "rd-expense": between(4 * million, 5 * million), revenue: between(50 * million, 70 * million) },
      "met",
    ],
    [
      "都是区间，说不准",
      share,
      { "rd-expense": between(2 * million, 5 * million), revenue: between(50 * million, 70 * million) },
      "unknown",
    ],
    ["只有营收", share, { revenue: exactly(60 * million) }, "unknown"],
    [
      "说了占比就按占比",
      share,
      { "rd-share": exactly(6), "rd-expense": exactly(1), revenue: exactly(60 * million) },
      "met",
    ],
    [
      "占比不知道时仍可推算",
      share,
      {
        "rd-share": { kind: "declined" },
        "rd-expense": exactly(6 * million),
        revenue: exactly(60 * million),
      },
      "met",
    ],
    [
      "研发人员十分之一",
      { field: "rd-staff-share", operator: "at-least", value: 10, unit: "%" },
      { "rd-headcount": exactly(10), headcount: exactly(100) },
      "met",
    ],
    [
      "研发人员不会多于职工",
      { field: "rd-headcount", operator: "at-least", value: 10, unit: "人" },
      { headcount: exactly(5) },
      "unmet",
    ],
    [
      "由占比推研发费用",
      { field: "rd-expense", operator: "at-least", value: 100, unit: "万元" },
      { "rd-share": exactly(10), revenue: exactly(20 * million) },
      "met",
    ],
    ["营收为零时不推", share, { "rd-expense": exactly(1), revenue: exactly(0) }, "unknown"],
  ];
  it.each(cases)("%s", (_what, test, values, verdict) => {
    expect(judgeOne(test, values).verdict).toBe(verdict);
  });

  it("takes figures of one period only; without a period they are last year's", () => {
    const share = programOf([{ field: "rd-share", operator: "at-least", value: 5, unit: "%" }]);
    const judge = (expensePeriod: string | null, revenuePeriod: string | null): string => {
      const expense = profileOf({ "rd-expense": exactly(6) }, expensePeriod);
      const whole = profileOf({ revenue: exactly(60) }, revenuePeriod);
      const both = { ...expense, facts: new Map([...expense.facts, ...whole.facts]) };
      return judgeProgram(share, both, contextOn()).verdict;
    };
    expect(judge("2024", "2024")).toBe("eligible");
    expect(judge("2025", null)).toBe("eligible");
    expect(judge("2024", null)).toBe("needs-confirmation");
    expect(judge("2024", "2025")).toBe("needs-confirmation");
  });

  it("says that a figure was worked out, and what else would settle it", () => {
    const met = judgeOne(share, { "rd-expense": exactly(6 * million), revenue: exactly(60 * million) });
    expect(met.observed).toBe("10%（按已知数据推算）");
    expect(judgeOne(share, { revenue: exactly(60 * million) }).missing).toEqual(["rd-share", "rd-expense"]);
    expect(judgeOne(share, {}).missing).toEqual(["rd-share"]);
  });
});

describe("time", () => {
  const aged = (
    value: number,
    unit: "年" | "月",
    operator: "age-at-least" | "age-less-than" = "age-at-least",
  ): CriterionTest => ({
    field: "founded-on",
    operator,
    value,
    unit,
  });
  const cases: [string, CriterionTest, FactValue, string, string][] = [
    ["两年前的今天成立", aged(2, "年"), onDay("2024-11-23"), "2026-11-23", "met"],
    ["差一天满两年", aged(2, "年"), onDay("2024-11-24"), "2026-11-23", "unmet"],
    ["满两年就不是不满两年", aged(2, "年", "age-less-than"), onDay("2024-11-23"), "2026-11-23", "unmet"],
    ["闰日成立，平年二月末满一年", aged(1, "年"), onDay("2024-02-29"), "2025-02-28", "met"],
    ["闰日成立，前一天未满", aged(1, "年"), onDay("2024-02-29"), "2025-02-27", "unmet"],
    ["闰日成立，四年后的闰日满四年", aged(4, "年"), onDay("2024-02-29"), "2028-02-28", "unmet"],
    ["一月三十一日成立，二月末满一月", aged(1, "月"), onDay("2026-01-31"), "2026-02-28", "met"],
    ["三月三十一日成立，四月三十日满一月", aged(1, "月"), onDay("2026-03-31"), "2026-04-30", "met"],
    [
      "只知2024年，说不准",
      aged(2, "年"),
      { kind: "date", from: "2024-01-01", to: "2025-01-01" },
      "2026-11-23",
      "unknown",
    ],
    [
      "只知2024年，到年底都满",
      aged(2, "年"),
      { kind: "date", from: "2024-01-01", to: "2025-01-01" },
      "2026-12-31",
      "met",
    ],
    [
      "只知2021年，满五年说不准",
      aged(5, "年", "age-less-than"),
      { kind: "date", from: "2021-01-01", to: "2022-01-01" },
      "2026-11-23",
      "unknown",
    ],
    [
      "最早的那天正好满两年，说不准",
      aged(2, "年"),
      { kind: "date", from: "2024-11-23", to: "2024-12-01" },
      "2026-11-23",
      "unknown",
    ],
    [
      "某日以后含当日",
      { field: "founded-on", operator: "on-or-after", value: "2024-01-01" },
      onDay("2024-01-01"),
      "2026-11-23",
      "met",
    ],
    [
      "某日以前不含当日",
      { field: "founded-on", operator: "before", value: "2024-01-01" },
      onDay("2024-01-01"),
      "2026-11-23",
      "unmet",
    ],
    [
      "跨着那一天说不准",
      { field: "founded-on", operator: "before", value: "2024-06-01" },
      { kind: "date", from: "2024-01-01", to: "2025-01-01" },
      "2026-11-23",
      "unknown",
    ],
  ];
  it.each(cases)("%s", (_what, test, founded, asOf, verdict) => {
    expect(judgeOne(test, { "founded-on": founded }, contextOn(asOf)).verdict).toBe(verdict);
  });

  it("says from which day it holds", () => {
    const young = judgeOne(aged(2, "年"), { "founded-on": onDay("2025-03-01") });
    expect(young).toMatchObject({
      verdict: "unmet",
      threshold: "满2年",
      observed: "2025-03-01成立（已满1年）",
      metFrom: "2027-03-01",
      shortBy: "至少还差4个月",
      missing: [],
    });
    const year = judgeOne(aged(2, "年"), {
      "founded-on": { kind: "date", from: "2024-01-01", to: "2025-01-01" },
    });
    expect(year).toMatchObject({ verdict: "unknown", metFrom: "2026-12-31", missing: ["founded-on"] });
  });

  it("holds out no day for what only gets older", () => {
    expect(
      judgeOne(aged(1, "年", "age-less-than"), { "founded-on": onDay("2020-01-01") }).metFrom,
    ).toBeUndefined();
  });
});
