import { describe, expect, it } from "vitest";
import {
  checkSettings,
  type Reroute,
  route,
  suggestRoutingChanges,
  withRule,
} from "../../src/triage/index.ts";
import {
  makeClassification,
  makeDepartment,
  makeSettings,
  makeTicket,
  NOW,
} from "../support/triage-settings.ts";

const settings = makeSettings({
  departments: [...makeSettings().departments, makeDepartment({ id: "housing", name: "区房管局" })],
});
const since = "2026-11-01T00:00:00.000Z";

function move(
  from: string,
  to: string,
  kind: Reroute["kind"] = "transfer",
  reason = "不是我们的事",
): Reroute {
  return { from, to, at: "2026-11-20T03:00:00.000Z", by: "feishu:ou_li", reason, kind };
}

const moved = (text: string, ...reroutes: Reroute[]) =>
  makeTicket(text, {
    category: "C02",
    ruleId: "R-C02",
    department: reroutes.at(-1)?.to ?? "science",
    reroutes,
  });
const stayed = (text: string) => moved(text);
const suggest = (tickets: Parameters<typeof suggestRoutingChanges>[0], options = {}) =>
  suggestRoutingChanges(tickets, settings, { since, ...options });

describe("changes that re-routings suggest", () => {
  it("changes the leading department when most goes elsewhere", () => {
    const tickets = [1, 2, 3]
      .map((n) => moved(`第${n}件`, move("science", "housing")))
      .concat(stayed("留下的"));
    const [only, ...rest] = suggest(tickets);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({
      category: "C02",
      fromDepartment: "science",
      toDepartment: "housing",
      rerouted: 3,
      routed: 4,
      reasons: ["不是我们的事（3 次）"],
      rule: { id: "R-C02", categories: ["C02"], departments: ["housing", "finance"] },
    });
    expect(only?.rule.note).toContain("非文件规定");
  });

  it("follows a request to where it ended: returned, then given on", () => {
    const twice = () => moved("退回再转", move("science", "center", "return"), move("center", "housing"));
    expect(suggest([twice(), twice(), twice()])[0]).toMatchObject({
      fromDepartment: "science",
      toDepartment: "housing",
    });
    const back = () => moved("转了又回", move("science", "housing"), move("housing", "science"));
    expect(suggest([back(), back(), back()])).toEqual([]);
  });

  it("counts neither the unreachable nor what administrators moved, nor a colleague", () => {
    for (const kind of ["unreachable", "settings"] as const) {
      const tickets = [1, 2, 3].map(() => moved("没人在", move("science", "housing", kind)));
      expect(suggest(tickets), kind).toEqual([]);
    }
    expect(suggest([1, 2, 3].map(() => moved("同部门", move("science", "science"))))).toEqual([]);
  });

  it("needs enough of them, a share, and the period", () => {
    const three = [1, 2, 3].map(() => moved("转走", move("science", "housing")));
    expect(suggest(three.slice(1))).toEqual([]);
    const seven = [1, 2, 3, 4, 5, 6, 7].map(() => stayed("留下"));
    expect(suggest([...three, ...seven])).toHaveLength(1);
    expect(suggest([...three, ...seven, stayed("再一件")])).toEqual([]);
    expect(suggest(three, { since: "2026-11-21T00:00:00.000Z" })).toEqual([]);
  });

  it("finds the words that tell apart what goes elsewhere, and the rule then does what people did", () => {
    const away = ["员工想申请人才公寓", "人才公寓还有空房吗", "请问人才公寓怎么排队"];
    const home = ["想找天使投资", "银行贷款怎么申请", "股权融资路演", "贷款贴息", "基金对接"];
    const tickets = [...away.map((text) => moved(text, move("science", "housing"))), ...home.map(stayed)];
    const [only] = suggest(tickets);
    expect(only?.rule).toMatchObject({ categories: ["C02"], departments: ["housing"] });
    expect(only?.rule.words).toContain("公寓");
    const routing = withRule(settings.routing, only?.rule ?? { id: "none", departments: [] });
    const after = { ...settings, routing };
    expect(checkSettings(after).filter(({ part, level }) => part === "routing" && level === "error")).toEqual(
      [],
    );
    const lead = (text: string) =>
      route(makeClassification(), text, {}, after, [], NOW).lead[0]?.departmentId;
    expect([...away, "想住人才公寓"].map(lead)).toEqual(["housing", "housing", "housing", "housing"]);
    expect(home.map(lead)).toEqual(home.map(() => "science"));
    expect(suggestRoutingChanges(tickets, after, { since })).toEqual([]);
  });

  it("names the other department beside where no words tell them apart", () => {
    const tickets = [
      ...[1, 2, 3].map(() => moved("融资", move("science", "housing"))),
      ...[1, 2, 3, 4, 5].map(() => stayed("融资")),
    ];
    expect(suggest(tickets)[0]?.rule).toMatchObject({
      id: "R-C02",
      departments: ["science", "finance", "housing"],
    });
  });

  it("makes a rule for the one category when the present rule is for several, and one anew for the fallback", () => {
    const wide = {
      ...settings,
      routing: [{ id: "R", categories: ["C02", "C03"], departments: ["science"] }],
    };
    const tickets = [1, 2, 3].map(() =>
      makeTicket("转", {
        category: "C02",
        ruleId: "R",
        department: "housing",
        reroutes: [move("science", "housing")],
      }),
    );
    const [narrowed] = suggestRoutingChanges(tickets, wide, { since });
    expect(narrowed?.rule).toMatchObject({ id: "R-C02", categories: ["C02"], departments: ["housing"] });
    expect(withRule(wide.routing, narrowed?.rule ?? { id: "", departments: [] }).map(({ id }) => id)).toEqual(
      ["R-C02", "R"],
    );
    const lost = [1, 2, 3].map(() =>
      makeTicket("转", {
        category: "C09",
        ruleId: null,
        department: "housing",
        reroutes: [move("center", "housing")],
      }),
    );
    expect(suggest(lost)[0]?.rule).toMatchObject({
      id: "R-C09",
      categories: ["C09"],
      departments: ["housing"],
    });
  });
});
