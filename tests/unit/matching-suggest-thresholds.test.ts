import { describe, expect, it } from "vitest";
import {
  type Bounds,
  readBounds,
  readThreshold,
  USUAL_BOUNDS,
} from "../../src/matching/suggest/read-threshold.ts";

const EXCLUDED: Bounds = { aboveIncluded: false, belowIncluded: false };

/** What a phrase says, short: field operator value unit. `-`: not to be computed. */
const PHRASES: readonly (readonly [string, string])[] = [
  ["上年度营业收入不低于2000万元", "revenue at-least 2000 万元"],
  ["上年度营业收入不少于2000万元", "revenue at-least 2000 万元"],
  ["上年度营业收入在2000万元以上", "revenue at-least 2000 万元"],
  ["上年度营业收入2000万元（含）以上", "revenue at-least 2000 万元"],
  ["上年度营业收入达到1亿元", "revenue at-least 1 亿元"],
  ["上年度营业收入达到1亿元以上", "revenue at-least 1 亿元"],
  ["上年度营业收入超过2000万元", "revenue more-than 2000 万元"],
  ["营业收入高于3,000万元", "revenue more-than 3000 万元"],
  ["上年度营业收入不超过4亿元", "revenue at-most 4 亿元"],
  ["上年度营业收入不高于4亿元", "revenue at-most 4 亿元"],
  ["上年度营业收入4亿元以下", "revenue at-most 4 亿元"],
  ["营业收入低于5000万元", "revenue less-than 5000 万元"],
  ["营业收入不足5000万元", "revenue less-than 5000 万元"],
  ["上一会计年度营业收入不低于3000万元", "revenue at-least 3000 万元"],
  ["上年度营业收入2000万元以上（不含本数）", "revenue more-than 2000 万元"],
  ["营业收入1000万元至5000万元的", "revenue between 1000,5000 万元"],
  ["企业上年度营业收入不低于两千万元", "revenue at-least 2000 万元"],
  ["研发费用占营业收入5%以上", "rd-share at-least 5 %"],
  ["研发费用占营业收入的比例不低于5%", "rd-share at-least 5 %"],
  ["研发投入占营业收入比重达到百分之五以上", "rd-share at-least 5 %"],
  ["研究开发费用总额占同期销售收入总额的比例不低于4%", "rd-share at-least 4 %"],
  ["研发投入占营业收入比重超过3％", "rd-share more-than 3 %"],
  ["上年度研发费用不低于100万元", "rd-expense at-least 100 万元"],
  ["研发投入超过500万元", "rd-expense more-than 500 万元"],
  ["职工总数不超过500人", "headcount at-most 500 人"],
  ["职工人数不少于20人", "headcount at-least 20 人"],
  ["从业人员300人以下", "headcount at-most 300 人"],
  ["员工不超过200人", "headcount at-most 200 人"],
  ["从业人员不足100人", "headcount less-than 100 人"],
  ["研发人员不少于10名", "rd-headcount at-least 10 人"],
  ["科技人员数不低于15人", "rd-headcount at-least 15 人"],
  ["上年度净利润不低于500万元", "net-profit at-least 500 万元"],
  ["资产总额不超过2亿元", "total-assets at-most 2 亿元"],
  ["总资产达到1亿元", "total-assets at-least 1 亿元"],
  ["注册资本不低于1000万元", "registered-capital at-least 1000 万元"],
  ["注册资金500万元以上", "registered-capital at-least 500 万元"],
  ["上年度纳税总额不低于100万元", "tax-paid at-least 100 万元"],
  ["单笔贷款金额不低于50万元", "loan-amount at-least 50 万元"],
  ["项目总投资不低于1000万元", "investment-amount at-least 1000 万元"],
  ["固定资产投资额超过2000万元", "investment-amount more-than 2000 万元"],
  ["注册满一年", "founded-on age-at-least 1 年"],
  ["注册成立满1年以上", "founded-on age-at-least 1 年"],
  ["成立时间不少于2年", "founded-on age-at-least 2 年"],
  ["成立3年以上", "founded-on age-at-least 3 年"],
  ["成立满6个月", "founded-on age-at-least 6 月"],
  ["成立不超过5年", "founded-on age-less-than 5 年"],
  ["成立时间不超过五年", "founded-on age-less-than 5 年"],
  ["成立不满3年", "founded-on age-less-than 3 年"],
  ["注册成立未满两年的企业", "founded-on age-less-than 2 年"],
  ["成立5年以内", "founded-on age-less-than 5 年"],
  ["近两年营业收入平均增长率不低于25%", "-"],
  ["近三年累计研发费用不低于1000万元", "-"],
  ["在本市的职工不少于200人", "-"],
  ["未来两年内承诺营业收入突破8亿元", "-"],
  ["实缴注册资本不低于1000万元", "-"],
  ["2025年度营业收入不低于2000万元", "-"],
  ["营业收入不低于1亿元或者净利润不低于1000万元", "-"],
  ["新引进的年营业收入20亿元以上的企业总部", "-"],
  ["大专以上学历人员占比不低于30%", "-"],
  ["研发人员占职工总数的比例不低于10%", "-"],
  ["研发投入占净利润的比例不低于10%", "-"],
  ["服务非关联企业年合同金额达到2000万元以上", "-"],
  ["主营业务收入不低于3000万元", "-"],
  ["研发费用占主营业务收入的比例不低于5%", "-"],
  ["营业收入稳定增长", "-"],
  ["营业收入不低于2000", "-"],
  ["境外营业收入不低于2000万元", "-"],
  ["子公司成立满2年", "-"],
  ["成立3年以上5年以下", "-"],
  ["研发费用占营业收入比例不低于5%且不少于100万元", "-"],
  ["产品成立专门团队", "-"],
  ["营业收入超过2000万元以下", "-"],
];

describe("thresholds of a policy text", () => {
  it.each(PHRASES)("%s → %s", (phrase, expected) => {
    expect(say(readThreshold(phrase))).toBe(expected);
  });

  it("turns 以上 and 以下 round where the document excludes the number, and nothing else", () => {
    expect(say(readThreshold("营业收入2000万元以上", EXCLUDED))).toBe("revenue more-than 2000 万元");
    expect(say(readThreshold("营业收入2000万元以下", EXCLUDED))).toBe("revenue less-than 2000 万元");
    expect(say(readThreshold("营业收入不低于2000万元", EXCLUDED))).toBe("revenue at-least 2000 万元");
    expect(say(readThreshold("营业收入2000万元（含）以上", EXCLUDED))).toBe("revenue at-least 2000 万元");
  });

  it("reads the document's own rule on 以上 and 以下", () => {
    expect(readBounds("本办法所称“以上”“以下”均包括本数。")).toEqual(USUAL_BOUNDS);
    expect(readBounds("本办法所称“以上”包括本数，“以下”不包括本数。")).toEqual({
      aboveIncluded: true,
      belowIncluded: false,
    });
    expect(readBounds("本细则所称“以上”不含本数。")).toEqual({ aboveIncluded: false, belowIncluded: true });
    expect(readBounds("营业收入2000万元以上。")).toEqual(USUAL_BOUNDS);
  });
});

function say(test: ReturnType<typeof readThreshold>): string {
  if (!test || !("field" in test)) return "-";
  const value = "value" in test ? String(test.value) : "";
  return `${test.field} ${test.operator} ${value} ${"unit" in test ? test.unit : ""}`;
}
