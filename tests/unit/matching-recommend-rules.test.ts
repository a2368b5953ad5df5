import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { ProfileLexicon } from "../../src/enterprises/index.ts";
import {
  type CatalogueEntry,
  createMatchEngine,
  type Direction,
  explainAbsence,
  explainMatch,
  findProgram,
  findPrograms,
  type MatchResult,
  type Program,
  type ProgramKind,
} from "../../src/matching/index.ts";
import {
  loadRecommendWorld,
  makeProfile,
  makeProgram,
  type RecommendWorld,
  type SaidValue,
  toEntry,
} from "../support/recommend-world.ts";

const AS_OF = "2026-11-23";
const source = { section: "二", quote: "成立满2年的企业" };

let world: RecommendWorld;
let lexicon: ProfileLexicon;
let directions: ReadonlyMap<string, Direction>;

beforeAll(async () => {
  world = await loadRecommendWorld();
  ({ lexicon, directions } = world);
});

function engineOf(programs: readonly (Program | CatalogueEntry)[]) {
  const entries = programs.map((one) => ("program" in one ? one : toEntry(one)));
  return createMatchEngine({ entries, directions, lexicon });
}

function match(
  programs: readonly (Program | CatalogueEntry)[],
  said: Record<string, SaidValue>,
  limit?: number,
): MatchResult {
  return engineOf(programs).match(makeProfile(said), { asOf: AS_OF, ...(limit && { limit }) });
}

const idsOf = ({ matches }: MatchResult) => matches.map(({ programId }) => programId);
const direct = (...needs: string[]) => needs.map((need) => ({ need, fit: "direct" as const }));
const related = (...needs: string[]) => needs.map((need) => ({ need, fit: "related" as const }));

describe("what stands first", () => {
  test("all that serves a stated need directly, before anything that only may help", () => {
    const programs = [
      makeProgram({ id: "A-NEAR", industries: ["membrane"], needs: related("loan"), state: existing("A") }),
      makeProgram({ id: "B-FAR", industries: ["cosmetics"], needs: direct("loan") }),
      makeProgram({ id: "C-ANY", needs: direct("loan") }),
    ];
    const said = { industries: "membrane", needs: "loan" };
    expect(idsOf(match(programs, said))).toEqual(["C-ANY", "B-FAR", "A-NEAR"]);
    const desk = makeProgram({ id: "A-DESK", kind: "服务", needs: related("loan") });
    expect(idsOf(match([desk, ...programs.slice(1)], said))).toEqual(["C-ANY", "B-FAR", "A-DESK"]);
  });

  test("directness of industry: the leaf, its branch, the direction, any", () => {
    const of = (id: string, industries: string[]) => makeProgram({ id, industries, needs: direct("loan") });
    const programs = [
      of("A", []),
      of("B", ["direction:life-health"]),
      of("C", ["biomedicine"]),
      of("D", ["nucleic-acid"]),
      of("E", ["robotics"]),
    ];
    expect(idsOf(match(programs, { industries: "nucleic-acid", needs: "loan" }))).toEqual([
      "D",
      "C",
      "B",
      "A",
      "E",
    ]);
  });

  test("what is there before what is to come, and equals by id whatever their order", () => {
    const programs = [
      makeProgram({ id: "Z", needs: direct("loan") }),
      makeProgram({ id: "B", needs: direct("loan") }),
      makeProgram({ id: "M", needs: direct("loan"), state: existing("M") }),
    ];
    const said = { industries: "membrane", needs: "loan" };
    expect(idsOf(match(programs, said))).toEqual(["M", "B", "Z"]);
    expect(match(programs.toReversed(), said)).toEqual(match(programs, said));
  });

  test("general services are left out beside enough that is specific", () => {
    const specific = ["A", "B", "C"].map((id) => makeProgram({ id, needs: direct("loan") }));
    const desk = makeProgram({ id: "DESK", kind: "政务服务", needs: related("loan") });
    const result = match([...specific, desk], { industries: "membrane", needs: "loan" });
    expect(idsOf(result)).toEqual(["A", "B", "C"]);
    expect(explainAbsence(result, "DESK").join()).toContain("一般性服务");
  });
});

function existing(id: string): Program["state"] {
  return { state: "已有", verb: "完善", source: { section: "一", quote: `完善“${id}”` } };
}

describe("what is not listed", () => {
  const founded = makeProgram({
    id: "OLD",
    needs: direct("loan"),
    criteria: [
      {
        id: "founded",
        text: "成立满2年",
        level: "enterprise",
        mandatory: true,
        test: { field: "founded-on", operator: "age-at-least", value: 2, unit: "年" },
        source,
      },
    ],
  });

  test("a near miss by time tells the day; it is neither listed nor merely left out", () => {
    const result = match([founded], { industries: "membrane", needs: "loan", "founded-on": "2025-03-01" });
    expect(idsOf(result)).toEqual([]);
    expect(result.nearMisses).toMatchObject([{ match: { programId: "OLD" }, metFrom: "2027-03-01" }]);
    expect(result.leftOut).toEqual([]);
    expect(explainAbsence(result, "OLD").join()).toContain("2027-03-01");
  });

  test("a near miss of what they do not want is left out with its condition", () => {
    const result = match([founded], { industries: "membrane", needs: "listing", "founded-on": "2025-03-01" });
    expect(result.nearMisses).toEqual([]);
    expect(result.leftOut).toMatchObject([{ programId: "OLD", verdict: "not-eligible" }]);
    expect(result.leftOut[0]?.why).toContain("成立满2年");
  });

  test("a program whose source has changed is withheld and said so", () => {
    const entry = toEntry(makeProgram({ id: "GONE", needs: direct("loan") }), { usable: false });
    const result = match([entry], { industries: "membrane", needs: "loan" });
    expect(idsOf(result)).toEqual([]);
    expect(result.withheld).toMatchObject([{ programId: "GONE" }]);
    expect(explainAbsence(result, "GONE").join()).toContain("已变更");
  });

  test.each<[string, ProgramKind, Record<string, SaidValue>]>([
    ["上市 for a person", "上市", { "subject-type": "individual" }],
    ["总部 for a team", "总部", { "subject-type": "team" }],
    ["孵化 for a listed firm", "孵化", { stage: "listed" }],
    ["孵化 for a large one of unknown stage", "孵化", { headcount: 5000 }],
    ["上市 for a university", "上市", { "subject-type": "university" }],
    ["空间 for whoever stays elsewhere", "空间", { district: "北京市/海淀区", "relocation-intent": false }],
  ])("%s, though wanted", (_case, kind, said) => {
    const program = makeProgram({ id: "X", kind, needs: direct("loan") });
    const result = match([program], { industries: "membrane", needs: "loan", ...said });
    expect(idsOf(result)).toEqual([]);
    expect(idsOf(match([program], { industries: "membrane", needs: "loan" }))).toEqual(["X"]);
  });

  test("what is for few is not offered to whoever has not said who they are", () => {
    const program = makeProgram({ id: "SOE", subjects: ["central-soe"], needs: direct("hq-relocation") });
    const said = { industries: "membrane", needs: "hq-relocation" };
    expect(idsOf(match([program], said))).toEqual([]);
    expect(idsOf(match([program], { ...said, "subject-type": "central-soe" }))).toEqual(["SOE"]);
    expect(idsOf(match([program], { ...said, "subject-type": "company" }))).toEqual([]);
  });
});

describe("package", () => {
  const fund = makeProgram({ id: "FUND", kind: "基金", needs: direct("equity-finance") });
  const space = makeProgram({ id: "SPACE", kind: "空间", needs: direct("plant") });
  const said = { industries: "membrane", needs: ["equity-finance", "plant"] };

  test("in the order of settling, what is required before what requires it", () => {
    const entry = makeProgram({ id: "ENTRY", kind: "资质", name: "入库" });
    const parts = match([fund, { ...space, requires: ["ENTRY"] }, entry], said).package?.parts;
    expect(parts?.map(({ programId, order }) => [programId, order])).toEqual([
      ["ENTRY", 1],
      ["SPACE", 2],
      ["FUND", 3],
    ]);
    expect(parts?.[0]?.why).toContain("须先具备");
  });

  test("a circle of requirements ends", () => {
    const parts = match(
      [
        { ...fund, requires: ["SPACE"] },
        { ...space, requires: ["FUND"] },
      ],
      said,
    ).package?.parts;
    expect(parts?.map(({ programId }) => programId).toSorted()).toEqual(["FUND", "SPACE"]);
  });

  test("of two that exclude each other one stays, the pair is named, the next of the role is taken", () => {
    const second = makeProgram({ id: "FUND-2", kind: "基金", needs: direct("equity-finance") });
    const found = match([{ ...fund, excludes: ["SPACE"] }, second, space], said).package;
    expect(found?.parts.map(({ programId }) => programId)).toEqual(["SPACE", "FUND-2"]);
    expect(found?.exclusions).toMatchObject([{ between: ["SPACE", "FUND"] }]);
  });

  test("none of a single role", () => {
    expect(match([fund], said).package).toBeNull();
  });
});

describe("next step", () => {
  const step = (over: Partial<Program>, said: Record<string, SaidValue> = {}) =>
    match([makeProgram({ id: "X", needs: direct("loan"), ...over })], {
      industries: "membrane",
      needs: "loan",
      ...said,
    }).matches[0]?.nextStep;

  test.each([
    ["2026-12-01", "2027-01-01", "申报自2026-12-01开始，至2026-12-31截止"],
    ["2026-11-01", "2026-11-24", "正在申报期内，至2026-11-23截止"],
    ["2026-10-01", "2026-11-23", "已于2026-11-22截止"],
  ])("a window from %s to before %s", (from, to, words) => {
    expect(step({ window: { from, to, source } })).toContain(words);
  });

  test("names whom the text names, and says so when it names nobody", () => {
    expect(step({})).toContain("文件未载明受理部门和联系方式");
    const stated = step({ responsibleBody: { text: "由区科委受理", source } });
    expect(stated).toContain("由区科委受理");
    expect(stated).not.toContain("未载明受理部门");
  });

  test("asks to prepare what is not known yet", () => {
    expect(step({ intake: ["loan-amount", "headcount"] }, { headcount: 30 })).toMatch(/备好：拟贷款额。/u);
  });
});

describe("questions", () => {
  test("the same profile asked further covers other fields, then ends", () => {
    const program = makeProgram({ id: "X", needs: direct("loan"), intake: ["loan-amount", "revenue"] });
    const engine = engineOf([program]);
    const profile = makeProfile({
      industries: "membrane",
      needs: "loan",
      stage: "growth",
      district: "上海市/奉贤区",
    });
    const one = engine.match(profile, { asOf: AS_OF }).ask.map(({ field }) => field);
    expect(one).toEqual(["loan-amount", "revenue"]);
    expect(engine.match(profile, { asOf: AS_OF, asked: one }).ask).toEqual([]);
  });

  test("declined is not asked again", () => {
    const said = { needs: { kind: "declined" as const }, industries: { kind: "declined" as const } };
    const fields = match([makeProgram({ id: "X" })], said).ask.map(({ field }) => field);
    expect(fields).not.toContain("needs");
    expect(fields).not.toContain("industries");
  });

  test("in English on request", () => {
    const { ask } = engineOf([]).match(makeProfile({}), { asOf: AS_OF, language: "en" });
    expect(ask[0]?.question).toMatch(/industry/iu);
  });
});

describe("check and find", () => {
  test("check judges what is not listed, and knows nothing of unknown ids", () => {
    const profile = makeProfile({ industries: "catering", stage: "mature" });
    expect(world.engine.check("P02", profile, { asOf: AS_OF })).toMatchObject({
      programId: "P02",
      verdict: "not-eligible",
    });
    expect(world.engine.check("P99", profile, { asOf: AS_OF })).toBeUndefined();
  });

  test("explains the sum and the conditions that are open", () => {
    const { matches } = world.engine.match(
      makeProfile({ industries: "nucleic-acid", stage: "angel", needs: "equity-finance" }),
      { asOf: AS_OF },
    );
    const [best] = matches;
    const lines = best ? explainMatch(best).join("\n") : "";
    expect(lines).toContain("直接对应需求“股权融资”（+200）");
    expect(lines).toContain(`合计 ${best?.score}`);
    expect(lines).toContain("尚待确认的条件：面向前沿新兴领域");
  });

  test.each([
    ["P02", "P02"],
    ["p02我们够格吗", "P02"],
    ["天使基金", "P02"],
    ["天使基金我们够格吗", "P02"],
    ["天使投资引导基金", "P02"],
    ["那个美妆大赛", "P37"],
    ["化妆品备案服务站", "P33"],
    ["云上会商怎么申请", "P05"],
    ["人才公寓", "P24"],
    ["膜材料联合攻关", "P46"],
  ])("“%s” is %s", (text, id) => {
    expect(findProgram(world.entries, text)?.program.id).toBe(id);
  });

  test.each(["火星移民计划", "你好", "P0", "XP02Y"])("“%s” is none", (text) => {
    expect(findProgram(world.entries, text)).toBeUndefined();
  });

  test("several alike are several", () => {
    const entries = ["A1", "A2"].map((id) => toEntry(makeProgram({ id, name: "人才公寓补贴" })));
    expect(findProgram(entries, "人才公寓的补贴")).toBeUndefined();
    expect(findPrograms(entries, "人才公寓的补贴").map(({ entry }) => entry.program.id)).toEqual([
      "A1",
      "A2",
    ]);
  });
});

describe("whatever is known", () => {
  const industries = fc.constantFrom(
    "nucleic-acid",
    "cosmetics",
    "robotics",
    "membrane",
    "catering",
    "software",
    "tcm",
  );
  const needs = fc.subarray([
    "equity-finance",
    "plant",
    "listing",
    "joint-research",
    "talent-housing",
    "loan",
  ]);
  const stages = fc.constantFrom("idea", "seed", "angel", "early", "growth", "mature", "pre-ipo", "listed");
  const saids = fc.record({ industries, needs, stage: stages }, { requiredKeys: [] });

  test("a fact that no program looks at changes neither list nor order", () => {
    fc.assert(
      fc.property(saids, fc.string(), (said, name) => {
        const before = idsOf(world.engine.match(makeProfile(said), { asOf: AS_OF }));
        const after = idsOf(
          world.engine.match(makeProfile({ ...said, name, "contact-consent": true }), { asOf: AS_OF }),
        );
        expect(after).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test("the order of the catalogue and of what was said does not matter", () => {
    fc.assert(
      fc.property(saids, fc.shuffledSubarray([...Array(48).keys()], { minLength: 48 }), (said, order) => {
        const entries = order.flatMap((at) => world.entries[at] ?? []);
        const other = createMatchEngine({ entries, directions, lexicon });
        const turned = makeProfile({ ...said, ...(said.needs && { needs: said.needs.toReversed() }) });
        expect(idsOf(other.match(turned, { asOf: AS_OF }))).toEqual(
          idsOf(world.engine.match(makeProfile(said), { asOf: AS_OF })),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("a longer list begins with the shorter one", () => {
    fc.assert(
      fc.property(saids, fc.integer({ min: 1, max: 12 }), (said, limit) => {
        const long = idsOf(world.engine.match(makeProfile(said), { asOf: AS_OF, limit: 48 }));
        expect(idsOf(world.engine.match(makeProfile(said), { asOf: AS_OF, limit }))).toEqual(
          long.slice(0, limit),
        );
      }),
      { numRuns: 40 },
    );
  });

  test("nothing bound to another industry, nothing not eligible, nothing without a quote", () => {
    fc.assert(
      fc.property(saids, (said) => {
        for (const one of world.engine.match(makeProfile(said), { asOf: AS_OF, limit: 48 }).matches) {
          const program = world.entries.find((entry) => entry.program.id === one.programId)?.program;
          const industry = one.ranking.find(({ name }) => name === "industry");
          expect(program?.industryBound && industry?.because.includes("其他行业")).toBeFalsy();
          expect(one.verdict).not.toBe("not-eligible");
          expect(one.quotes.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});
