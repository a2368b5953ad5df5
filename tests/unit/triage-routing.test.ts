import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Absence,
  createAssigneeFor,
  type DeskSettings,
  type EnterpriseTraits,
  type RoutingRule,
  route,
  standIn,
} from "../../src/triage/index.ts";
import {
  LI,
  makeClassification,
  makeDepartment,
  makeSettings,
  NOW,
  WANG,
  ZHAO,
} from "../support/triage-settings.ts";

const settings = makeSettings();
const away = (account: string, deputy: string | null): Absence => ({
  absenceId: `a-${account}`,
  account,
  from: "2026-11-23T00:00:00.000Z",
  to: "2026-11-24T00:00:00.000Z",
  deputy,
  note: null,
});

function leadOf(
  text: string,
  routing: readonly RoutingRule[],
  traits: EnterpriseTraits = {},
  from: DeskSettings = settings,
) {
  return route(makeClassification(), text, traits, { ...from, routing }, [], NOW).lead;
}

describe("the routing table", () => {
  it("names all departments of the rule, the leading one first, and the table as the reason", () => {
    const { lead, also } = route(makeClassification(), "想做融资", {}, settings, [], NOW);
    expect(lead.map(({ name }) => name)).toEqual(["区科委", "区财政局"]);
    expect(lead[0]).toMatchObject({
      departmentId: "science",
      category: "C02",
      ruleId: "R-C02",
      assignee: null,
      queue: null,
    });
    expect(lead[0]?.reason).toBe("按园区分派表 R-C02：融资与基金由区科委受理，区财政局协同");
    expect(also).toEqual([]);
  });

  it("takes the rule with the most conditions, of equals the earlier one", () => {
    const base: RoutingRule = { id: "base", categories: ["C02"], departments: ["science"] };
    const words: RoutingRule = {
      id: "words",
      categories: ["C02"],
      words: ["贴息"],
      departments: ["finance"],
    };
    const other: RoutingRule = { ...words, id: "other", departments: ["center"] };
    expect(leadOf("贷款贴息", [base, words, other])[0]?.ruleId).toBe("words");
    expect(leadOf("贷款贴息", [base, other, words])[0]?.ruleId).toBe("other");
    expect(leadOf("股权融资", [base, words])[0]?.ruleId).toBe("base");
    const park: RoutingRule = { ...words, id: "park", parks: ["东方美谷"], departments: ["center"] };
    expect(leadOf("贷款贴息", [words, park], { park: "东方美谷" })[0]?.ruleId).toBe("park");
    expect(leadOf("贷款贴息", [words, park], { park: "東方美谷核心区" })[0]?.ruleId).toBe("park");
    expect(leadOf("贷款贴息", [words, park], { park: "临港" })[0]?.ruleId).toBe("words");
    expect(leadOf("贷款贴息", [words, park])[0]?.ruleId).toBe("words");
  });

  it("asks for every condition that a rule names", () => {
    const traits: EnterpriseTraits = {
      industries: ["cosmetics", "beauty-health"],
      types: ["foreign"],
      park: "东方美谷",
    };
    const wide: RoutingRule = { id: "wide", departments: ["center"] };
    const conditions: [Partial<RoutingRule>, boolean][] = [
      [{ industries: ["beauty-health"] }, true],
      [{ industries: ["software"] }, false],
      [{ enterpriseTypes: ["foreign", "large"] }, true],
      [{ enterpriseTypes: ["startup"] }, false],
      [{ urgencies: ["中"] }, true],
      [{ urgencies: ["紧急", "高"] }, false],
      [{ categories: ["C03"] }, false],
      [{ words: ["贴息"], withWords: ["银行"] }, true],
      [{ words: ["贴息"], withWords: ["基金"] }, false],
    ];
    for (const [condition, holds] of conditions) {
      const rules = [wide, { id: "narrow", departments: ["science"], ...condition }];
      expect(leadOf("银行贷款贴息", rules, traits)[0]?.ruleId, JSON.stringify(condition)).toBe(
        holds ? "narrow" : "wide",
      );
    }
  });

  it("finds words in traditional and full-width writing, with spaces, and Latin ones only whole", () => {
    const rules: RoutingRule[] = [{ id: "w", words: ["人才公寓", "VC", "A轮"], departments: ["science"] }];
    const found = (text: string) => leadOf(text, rules)[0]?.ruleId === "w";
    for (const text of ["人才公寓", "人 才公寓", "找ＶＣ投资", "looking for vc", "想做a轮融资", "做Ａ輪"]) {
      expect(found(text), text).toBe(true);
    }
    for (const text of ["vcd 播放器", "人才的公寓", "CPA轮换"]) expect(found(text), text).toBe(false);
  });

  it("leaves what no rule takes to the fallback, and says that the table is silent", () => {
    const [only, ...rest] = leadOf("随便问问", []);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ departmentId: "center", ruleId: null, assignee: null });
    expect(only?.reason).toBe("园区分派表暂无“融资与基金”的规则，先由区科技发展促进中心受理并转交");
    const gone: RoutingRule = { id: "gone", departments: ["dissolved"] };
    expect(leadOf("融资", [gone])[0]?.departmentId).toBe("center");
  });

  it("never says that a document gives the matter to a bureau", () => {
    fc.assert(
      fc.property(fc.constantFrom("C02", "C08", "C11"), fc.string(), (category, text) => {
        const { lead } = route(makeClassification({ category }), text, {}, settings, [], NOW);
        expect(lead.length).toBeGreaterThan(0);
        for (const { reason } of lead) {
          expect(reason).toContain("园区分派表");
          expect(reason).not.toMatch(/文件|规定|方案|负责/u);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("gives each further matter its leading department, by its own words, without the leading one again", () => {
    const routing: RoutingRule[] = [
      { id: "R-C02", categories: ["C02"], departments: ["science"] },
      { id: "R-C08-钱", categories: ["C08"], words: ["到账"], departments: ["finance"] },
      { id: "R-C08", categories: ["C08"], departments: ["center"] },
      { id: "R-C10", categories: ["C10"], departments: ["science"] },
    ];
    const classification = makeClassification({
      also: ["C08", "C10"],
      parts: [
        { category: "C02", words: "想找基金，资金还没到账" },
        { category: "C08", words: "政策怎么申报" },
        { category: "C10", words: "专利预审" },
      ],
    });
    const names = new Map([["C08", { name: "政策解读与申报" }]]);
    const text = "想找基金，资金还没到账；政策怎么申报；专利预审";
    const { also } = route(classification, text, {}, { ...settings, routing }, [], NOW, names);
    expect(also.map(({ departmentId, category }) => [departmentId, category])).toEqual([["center", "C08"]]);
    expect(also[0]?.reason).toBe("按园区分派表 R-C08：政策解读与申报由区科技发展促进中心受理");
  });
});

describe("who gets it", () => {
  const rule: RoutingRule = {
    id: "r",
    departments: ["science", "finance"],
    assignee: LI.account,
    queue: "成果转化组",
  };
  const at = (absences: readonly Absence[]) =>
    route(makeClassification(), "融资", {}, { ...settings, routing: [rule] }, absences, NOW).lead;

  it("goes to the rule's person, of the leading department only", () => {
    expect(at([])[0]).toMatchObject({ assignee: LI.account, queue: "成果转化组" });
    expect(at([])[1]).toMatchObject({ assignee: null, queue: null });
  });

  it("goes to the deputy while they are away, and to the queue where the chain ends", () => {
    expect(at([away(LI.account, WANG.account)])[0]?.assignee).toBe(WANG.account);
    expect(at([away(LI.account, WANG.account), away(WANG.account, ZHAO.account)])[0]?.assignee).toBe(
      ZHAO.account,
    );
    expect(at([away(LI.account, WANG.account), away(WANG.account, LI.account)])[0]?.assignee).toBeNull();
    expect(at([away(LI.account, null)])[0]?.assignee).toBeNull();
    expect(at([away(LI.account, "feishu:ou_stranger")])[0]?.assignee).toBeNull();
  });

  it("counts an absence from its first instant up to, not at, its last", () => {
    const [department] = settings.departments;
    if (!department) throw new Error("no department");
    const absence = away(LI.account, WANG.account);
    const who = (at: string) => standIn(LI.account, department, [absence], new Date(at));
    expect(who("2026-11-22T23:59:59.999Z")).toBe(LI.account);
    expect(who("2026-11-23T00:00:00.000Z")).toBe(WANG.account);
    expect(who("2026-11-23T23:59:59.999Z")).toBe(WANG.account);
    expect(who("2026-11-24T00:00:00.000Z")).toBe(LI.account);
  });

  it("gives no one who has left the department", () => {
    const assigneeFor = createAssigneeFor(settings, [], NOW);
    expect(assigneeFor("science", LI.account)).toBe(LI.account);
    expect(assigneeFor("finance", LI.account)).toBeNull();
    expect(assigneeFor("nowhere", LI.account)).toBeNull();
  });

  it("ends however deputies are chained, with somebody present or nobody", () => {
    const accounts = [LI.account, WANG.account, ZHAO.account, "feishu:ou_stranger"];
    const department = makeDepartment({ id: "x", specialists: [LI, WANG, ZHAO] });
    const absences = fc.array(
      fc
        .tuple(fc.constantFrom(...accounts), fc.option(fc.constantFrom(...accounts)))
        .map(([a, d]) => away(a, d)),
    );
    fc.assert(
      fc.property(absences, fc.constantFrom(...accounts), (list, wanted) => {
        const found = standIn(wanted, department, list, NOW);
        if (found === null) return;
        expect(department.specialists.map(({ account }) => account)).toContain(found);
        expect(list.some(({ account }) => account === found)).toBe(false);
      }),
    );
  });
});
