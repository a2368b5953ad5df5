import { describe, expect, it } from "vitest";
import { checkSettings, type DeskSettings, type RoutingRule } from "../../src/triage/index.ts";
import { LI, makeDepartment, makeSettings } from "../support/triage-settings.ts";

const settings = makeSettings();
const known = {
  categories: new Map([
    ["C02", { name: "融资与基金" }],
    ["C08", { name: "政策解读与申报" }],
  ]),
  industries: new Set(["cosmetics"]),
};

function find(change: Partial<DeskSettings>): string[] {
  return checkSettings({ ...settings, ...change }, known).map(({ level, text }) => `${level} ${text}`);
}

function findRules(...rules: RoutingRule[]): string[] {
  return find({ routing: [...settings.routing, ...rules] });
}

const [science, finance, center] = settings.departments;
if (!science || !finance || !center) throw new Error("departments are missing");

describe("what is wrong with settings", () => {
  it("finds nothing in sound ones", () => {
    expect(checkSettings(settings, known)).toEqual([]);
  });

  it.each<[string, Partial<DeskSettings>, RegExp]>([
    [
      "no fallback",
      { departments: [science, finance, { ...center, fallback: false }] },
      /^error 没有兜底部门/u,
    ],
    [
      "one group of two departments",
      { departments: [{ ...science, group: "feishu:oc_x" }, { ...finance, group: "feishu:oc_x" }, center] },
      /^warning 区科委、区财政局用的是同一个群/u,
    ],
    [
      "two fallbacks",
      { departments: [science, { ...finance, fallback: true }, center] },
      /^error 兜底部门只能有一个，现在是区财政局、区科技发展促进中心/u,
    ],
    [
      "an id twice",
      { departments: [science, finance, center, { ...finance, name: "另一个" }] },
      /^error 部门编号“finance”写了不止一次/u,
    ],
    [
      "a name twice",
      { departments: [science, finance, center, { ...finance, id: "other" }] },
      /^error 部门名称“区财政局”写了不止一次/u,
    ],
    [
      "hours reversed",
      { departments: [science, center, { ...finance, hours: [["11:30", "09:00"]] }] },
      /^error 区财政局的办公时间 11:30–09:00 起止颠倒/u,
    ],
    [
      "hours that overlap",
      {
        departments: [
          science,
          center,
          {
            ...finance,
            hours: [
              ["09:00", "12:00"],
              ["11:30", "17:00"],
            ],
          },
        ],
      },
      /^error 区财政局的办公时间 11:30–17:00 与前一段重叠/u,
    ],
    [
      "a specialist twice",
      { departments: [{ ...science, specialists: [LI, LI], leads: [] }, finance, center] },
      /^error 区科委的专员 feishu:ou_li 写了不止一次/u,
    ],
    [
      "an unknown lead",
      { departments: [{ ...science, leads: ["feishu:ou_nobody"] }, finance, center] },
      /^warning 区科委的负责人 feishu:ou_nobody 不是任何部门的专员/u,
    ],
    [
      "nobody there",
      { departments: [...settings.departments, makeDepartment({ id: "empty", name: "空部门" })] },
      /^warning 空部门还没有专员，也没有群，分派到这里的工单将由兜底部门接手/u,
    ],
    [
      "an empty fallback",
      { departments: [science, finance, { ...center, group: null }] },
      /^warning 区科技发展促进中心还没有专员，也没有群，没人接得了的工单只能提醒管理员/u,
    ],
    [
      "no general term",
      {
        sla: {
          ...settings.sla,
          terms: [{ urgency: "高", firstResponse: 1, nextResponse: 1, resolution: 1 }],
        },
      },
      /^error 缺少一行既不写 department/u,
    ],
    [
      "a term twice",
      { sla: { ...settings.sla, terms: [...settings.sla.terms, ...settings.sla.terms] } },
      /^error 通用的时限写了不止一行/u,
    ],
    [
      "a term of nobody",
      {
        sla: {
          ...settings.sla,
          terms: [
            ...settings.sla.terms,
            { department: "x", firstResponse: 1, nextResponse: 1, resolution: 1 },
          ],
        },
      },
      /^error 时限中的部门“x”不在受理部门中/u,
    ],
    [
      "an answer slower than the end",
      { sla: { ...settings.sla, terms: [{ firstResponse: 9, nextResponse: 1, resolution: 5 }] } },
      /^warning 通用的回应时限长于办结时限/u,
    ],
    [
      "a day of both kinds",
      { calendar: { holidays: ["2027-01-01"], workdays: ["2027-01-01"] } },
      /^error 2027-01-01 既写成放假又写成上班/u,
    ],
    [
      "a template twice",
      { templates: [...settings.templates, ...settings.templates] },
      /^error 模板编号“received”写了不止一次/u,
    ],
    [
      "a placeholder that is none",
      { templates: [{ id: "x", title: "试", text: "{电话}" }] },
      /^error 模板“试”中的 \{电话\} 无法填入/u,
    ],
    [
      "a template of no category",
      { templates: [{ id: "x", title: "试", text: "好", categories: ["C77"] }] },
      /^error 模板“试”的类别“C77”不存在/u,
    ],
    [
      "a promise",
      { templates: [{ id: "x", title: "试", text: "我们保证三天办好" }] },
      /^warning 模板“试”中的“保证”像是承诺/u,
    ],
    ["no duty line", { dutyLine: null }, /^warning 没有设置园区值班电话/u],
  ])("%s", (_name, change, expected) => {
    const found = find(change);
    expect(
      found.filter((text) => expected.test(text)),
      found.join("\n"),
    ).toHaveLength(1);
  });

  it.each<[string, RoutingRule, RegExp]>([
    [
      "an unknown department",
      { id: "x", categories: ["C02"], words: ["甲"], departments: ["science", "gone"] },
      /^error 规则 x 的部门“gone”不在受理部门中/u,
    ],
    [
      "a department twice",
      { id: "x", words: ["甲"], departments: ["science", "science"] },
      /^error 规则 x 的部门“science”写了不止一次/u,
    ],
    [
      "an id twice",
      { id: "R-C02", words: ["甲"], departments: ["science"] },
      /^error 规则编号“R-C02”写了不止一次/u,
    ],
    [
      "an unknown category",
      { id: "x", categories: ["C99"], departments: ["science"] },
      /^error 规则 x 的类别“C99”不存在/u,
    ],
    [
      "an unknown industry",
      { id: "x", industries: ["shipping"], departments: ["science"] },
      /^error 规则 x 的行业“shipping”不在行业词表中/u,
    ],
    [
      "a person of another department",
      { id: "x", words: ["甲"], departments: ["finance", "science"], assignee: LI.account },
      /^error 规则 x 指定的 feishu:ou_li 不是区财政局的专员/u,
    ],
    [
      "withWords alone",
      { id: "x", withWords: ["甲"], departments: ["science"] },
      /^error 规则 x 写了 withWords 而没有 words/u,
    ],
    [
      "a rule behind a wider one",
      { id: "x", categories: ["C08"], departments: ["science"] },
      /^warning 规则 x 永远轮不到：凡符合它的都先按 R-C08 分派/u,
    ],
  ])("%s", (_name, rule, expected) => {
    const found = findRules(rule);
    expect(
      found.filter((text) => expected.test(text)),
      found.join("\n"),
    ).toHaveLength(1);
  });

  it("knows when a later rule can still win", () => {
    const base: RoutingRule = { id: "a", categories: ["C02"], words: ["贴息"], departments: ["science"] };
    const hidden = (rule: RoutingRule) =>
      findRules(base, rule).some((text) => text.includes(`规则 ${rule.id} 永远轮不到`));
    expect(hidden({ ...base, id: "b", words: ["贷款贴息", "贴息政策"] })).toBe(true);
    expect(hidden({ ...base, id: "b", words: ["贷款贴息", "担保"] })).toBe(false);
    expect(hidden({ ...base, id: "b", categories: ["C02", "C08"] })).toBe(false);
    expect(hidden({ ...base, id: "b", parks: ["东方美谷"] })).toBe(false);
    expect(hidden({ id: "b", categories: ["C02"], parks: ["东方美谷"], departments: ["science"] })).toBe(
      false,
    );
  });

  it("names a category that only the fallback takes", () => {
    const routing: RoutingRule[] = [
      { id: "a", categories: ["C02"], departments: ["science"] },
      { id: "b", categories: ["C08"], words: ["甲"], departments: ["science"] },
    ];
    expect(find({ routing })).toEqual([
      expect.stringMatching(/^warning 类别 C08“政策解读与申报”没有默认规则/u),
    ]);
    expect(find({ routing: [...routing, { id: "all", departments: ["center"] }] })).toEqual([]);
  });
});
