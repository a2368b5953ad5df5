import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FactValue, Profile } from "../../src/enterprises/index.ts";
import {
  type CriterionTest,
  chooseQuestions,
  findNearMiss,
  judgeProgram,
  type Program,
} from "../../src/matching/index.ts";
import {
  at,
  between,
  contextOn,
  criterionOf,
  exactly,
  holding,
  onDay,
  oneOf,
  profileOf,
  programOf,
  sampleLexicon,
} from "../support/engine-samples.ts";

const stage: CriterionTest = { field: "stage", operator: "within", value: ["angel"] };
const fengxian: CriterionTest = { field: "district", operator: "within", value: ["奉贤区"] };
const people: CriterionTest = { field: "headcount", operator: "at-least", value: 100, unit: "人" };
const aged: CriterionTest = { field: "founded-on", operator: "age-at-least", value: 2, unit: "年" };

function ask(
  programs: Program[],
  profile: Profile,
  more: Parameters<typeof chooseQuestions>[2] | object = {},
  weights: number[] = [],
) {
  const candidates = programs.map((program, index) => ({
    program,
    verdict: judgeProgram(program, profile, contextOn()),
    weight: weights[index] ?? 1,
  }));
  return chooseQuestions(candidates, profile, { ...contextOn(), ...more });
}

describe("the next question", () => {
  const three = [
    programOf([stage], { id: "A" }),
    programOf([stage, fengxian], { id: "B" }),
    programOf([people], { id: "C" }),
  ];

  it("asks what settles most, and says how much", () => {
    const [first, second, ...rest] = ask(three, profileOf({}));
    expect(first).toEqual({
      field: "stage",
      question: "发展阶段？",
      settles: 2,
      programs: ["A", "B"],
      why: "答这一项可判定 2 个项目",
    });
    expect(second?.settles).toBe(1);
    expect(rest).toEqual([]);
  });
  it("counts what matters more to them", () => {
    expect(ask(three, profileOf({}), {}, [1, 1, 9])[0]?.field).toBe("headcount");
    expect(ask(three, profileOf({}), {}, [0, 0, 1]).map(({ field }) => field)).toEqual(["headcount"]);
  });
  it("speaks English", () => {
    expect(ask([three[2] as Program], profileOf({}), { language: "en" })[0]).toMatchObject({
      question: "headcount?",
      why: "Your answer settles 1 program",
    });
  });
  it("does not ask again, nor what they do not know", () => {
    expect(ask(three, profileOf({}), { asked: ["stage"] }).map(({ field }) => field)).toEqual([
      "district",
      "headcount",
    ]);
    expect(ask(three, profileOf({ stage: { kind: "declined" } })).map(({ field }) => field)).toEqual([
      "district",
      "headcount",
    ]);
  });
  it("asks nothing for a program that is out already, or for conditions that only people decide", () => {
    expect(ask([programOf([stage, people])], profileOf({ stage: oneOf("growth") }))).toEqual([]);
    expect(ask([programOf([null])], profileOf({}))).toEqual([]);
    const unclear: CriterionTest = {
      field: "stage",
      operator: "within",
      value: ["angel"],
      unclear: ["seed"],
    };
    expect(ask([programOf([unclear])], profileOf({ stage: oneOf("seed") }))).toEqual([]);
  });
  it("does not ask where no possible answer changes the verdict", () => {
    const optional = programOf([], {
      criteria: [
        criterionOf(fengxian, { id: "a" }),
        criterionOf(null, { id: "b" }),
        criterionOf(people, { id: "c", mandatory: false }),
      ],
    });
    // Met already by the place; the number of people adds nothing to “likely”.
    expect(ask([optional], profileOf({ district: at("上海市", "奉贤区") }))).toEqual([]);
    const anyHow: CriterionTest = {
      anyOf: [stage, { field: "listing-plan", operator: "within", value: ["x"] }],
    };
    const never = programOf([], {
      criteria: [criterionOf(anyHow, { id: "a", mandatory: false }), criterionOf(fengxian, { id: "b" })],
    });
    expect(ask([never], profileOf({ district: at("上海市", "奉贤区") }))).toEqual([]);
  });
  it("asks for more exactness where it decides, after what is new", () => {
    const vague = profileOf({ headcount: between(80, 120) });
    expect(ask([programOf([people])], vague)[0]?.field).toBe("headcount");
    expect(ask([programOf([people]), programOf([stage], { id: "S" })], vague)[0]?.field).toBe("stage");
    expect(ask([programOf([people])], profileOf({ headcount: between(100, 120) }))).toEqual([]);
  });
  it("asks what exactly they make, and for the certificate of a title", () => {
    const narrow: CriterionTest = { field: "industries", operator: "within", value: ["nucleic-acid"] };
    expect(ask([programOf([narrow])], profileOf({ industries: holding("biomedicine") }))[0]?.field).toBe(
      "industries",
    );
    const title: CriterionTest = {
      field: "qualifications",
      operator: "has",
      value: ["high-tech-enterprise"],
    };
    expect(
      ask([programOf([title])], profileOf({ qualifications: holding("high-tech-enterprise") }))[0]?.field,
    ).toBe("qualifications");
  });
  it("asks for a figure from which the share follows when they do not know the share", () => {
    const share: CriterionTest = { field: "rd-share", operator: "at-least", value: 5, unit: "%" };
    const known = { revenue: exactly(1e7) };
    expect(ask([programOf([share])], profileOf(known)).map(({ field }) => field)).toEqual(["rd-share"]);
    expect(
      ask([programOf([share])], profileOf({ ...known, "rd-share": { kind: "declined" } })).map(
        ({ field }) => field,
      ),
    ).toEqual(["rd-expense"]);
  });
  it("then asks what a specialist will need, one for each program first", () => {
    const first = programOf([], { id: "A", intake: ["headcount", "listing-plan"] });
    const second = programOf([], { id: "B", intake: ["headcount", "landing-plan"] });
    const third = programOf([], { id: "C", intake: ["space-area"] });
    const asked = ask([third, first, second], profileOf({}), {}, [1, 3, 2]);
    expect(asked).toEqual([
      { field: "headcount", question: "职工人数？", settles: 0, programs: ["A", "B"], why: "专员对接时需要" },
      { field: "space-area", question: "所需面积？", settles: 0, programs: ["C"], why: "专员对接时需要" },
    ]);
    expect(ask([first], profileOf({ headcount: exactly(5) })).map(({ field }) => field)).toEqual([
      "listing-plan",
    ]);
    expect(ask([first], profileOf({ headcount: { kind: "declined" } })).map(({ field }) => field)).toEqual([
      "listing-plan",
    ]);
    expect(
      ask([programOf([stage], { intake: ["listing-plan"] })], profileOf({})).map(({ settles }) => settles),
    ).toEqual([1, 0]);
  });
  it("asks at most two, or fewer when told", () => {
    expect(ask(three, profileOf({}), { limit: 5 })).toHaveLength(2);
    expect(ask(three, profileOf({}), { limit: 1 })).toHaveLength(1);
    expect(ask(three, profileOf({}), { limit: 0 })).toEqual([]);
  });
});

describe("asking comes to an end", () => {
  const tests: CriterionTest[] = [
    stage,
    fengxian,
    people,
    aged,
    { field: "listing-reserve", operator: "is", value: true },
    { anyOf: [people, { field: "revenue", operator: "more-than", value: 1, unit: "亿元" }] },
  ];
  const answers: Record<string, fc.Arbitrary<FactValue>> = {
    stage: fc.constantFrom("seed", "angel", "growth").map((id) => oneOf(id)),
    district: fc.constantFrom(["上海市", "奉贤区"], ["江苏省", "苏州市"]).map((path) => at(...path)),
    headcount: fc.nat(200).map(exactly),
    revenue: fc.nat(2e8).map(exactly),
    "founded-on": fc.constantFrom("2020-01-01", "2026-01-01").map(onDay),
    "listing-reserve": fc.boolean().map((value) => ({ kind: "flag" as const, value })),
  };
  it("asks each fact once and stops when nothing is gained", () => {
    const programs = fc
      .array(fc.subarray(tests), { maxLength: 6 })
      .map((each) => each.map((list, index) => programOf(list, { id: `X${index}` })));
    fc.assert(
      fc.property(programs, fc.record(answers), fc.boolean(), (catalogue, truth, declines) => {
        const known: Record<string, FactValue> = {};
        for (let turn = 0; turn < 12; turn++) {
          const questions = ask(catalogue, profileOf(known));
          if (questions.length === 0) break;
          for (const { field, settles, programs: settled } of questions) {
            expect(known[field]).toBeUndefined();
            expect(settles).toBe(settled.length);
            known[field] = declines ? { kind: "declined" } : (truth[field] ?? { kind: "declined" });
          }
        }
        expect(ask(catalogue, profileOf(known))).toEqual([]);
        const undecided = catalogue.filter(
          (program) =>
            program.criteria.length > 0 &&
            !["eligible", "not-eligible"].includes(
              judgeProgram(program, profileOf(known), contextOn()).verdict,
            ),
        );
        if (!declines) expect(undecided).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
  it("names only programs that an answer can change", () => {
    fc.assert(
      fc.property(fc.subarray(tests, { minLength: 1 }), fc.nat(200), (list, count) => {
        const program = programOf(list);
        const before = judgeProgram(program, profileOf({}), contextOn()).verdict;
        for (const { field } of ask([program], profileOf({}))) {
          const possible: FactValue[] = [
            oneOf("angel"),
            oneOf("growth"),
            at("上海市", "奉贤区"),
            at("境外"),
            exactly(0),
            exactly(count + 1e9),
            onDay("2001-01-01"),
            onDay("2026-11-01"),
            { kind: "flag", value: true },
            { kind: "flag", value: false },
          ];
          const fitting = possible.filter(({ kind }) => kind === sampleLexicon.fields.get(field)?.kind);
          const after = fitting.map(
            (value) => judgeProgram(program, profileOf({ [field]: value }), contextOn()).verdict,
          );
          expect(after.some((verdict) => verdict !== before)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("near misses", () => {
  const miss = (program: Program, values: Record<string, FactValue>) =>
    findNearMiss(program, judgeProgram(program, profileOf(values), contextOn()));

  it("finds time that is missing, and the latest of several days", () => {
    const found = miss(programOf([aged]), { "founded-on": onDay("2025-03-01") });
    expect(found).toMatchObject({ metFrom: "2027-03-01", missing: [{ criterionId: "c0" }] });
    const title: CriterionTest = {
      field: "qualifications",
      operator: "has",
      value: ["high-tech-enterprise"],
    };
    const later = holding({
      id: "high-tech-enterprise",
      certificate: "虚构0004",
      validFrom: "2027-06-01",
      validTo: "2030-06-01",
    });
    expect(
      miss(programOf([aged, title]), { "founded-on": onDay("2025-03-01"), qualifications: later })?.metFrom,
    ).toBe("2027-06-01");
  });
  it("waits for the window as well", () => {
    const window = { from: "2027-05-01", to: "2027-06-01", source: { section: "一", quote: "一" } };
    expect(miss(programOf([aged], { window }), { "founded-on": onDay("2025-03-01") })?.metFrom).toBe(
      "2027-05-01",
    );
  });
  it("finds numbers within reach", () => {
    const found = miss(programOf([people, stage]), { headcount: exactly(80), stage: oneOf("angel") });
    expect(found).toMatchObject({ metFrom: null, missing: [{ shortBy: "还差20人" }] });
    expect(miss(programOf([people]), { headcount: exactly(49) })).toBeUndefined();
    expect(
      miss(programOf([aged, people]), { headcount: exactly(80), "founded-on": onDay("2025-03-01") })?.metFrom,
    ).toBeNull();
  });
  it("is none when something else is missing, far away, or unknown", () => {
    expect(miss(programOf([stage]), { stage: oneOf("growth") })).toBeUndefined();
    expect(
      miss(programOf([aged, stage]), { "founded-on": onDay("2025-03-01"), stage: oneOf("growth") }),
    ).toBeUndefined();
    expect(miss(programOf([aged, people]), { "founded-on": onDay("2025-03-01") })).toBeUndefined();
    expect(miss(programOf([aged]), { "founded-on": onDay("2020-03-01") })).toBeUndefined();
    const decade: CriterionTest = { field: "founded-on", operator: "age-at-least", value: 10, unit: "年" };
    expect(miss(programOf([decade]), { "founded-on": onDay("2025-03-01") })).toBeUndefined();
  });
  it("is found for what is likely, when the rest is only time", () => {
    const values: Record<string, FactValue> = {
      stage: oneOf("angel"),
      "founded-on": { kind: "date", from: "2024-01-01", to: "2025-01-01" },
    };
    expect(miss(programOf([stage, aged]), values)?.metFrom).toBe("2026-12-31");
  });
});
