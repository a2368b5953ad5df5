import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FactValue, HeldTerm } from "../../src/enterprises/index.ts";
import type { CriterionTest, CriterionVerdictValue, MatchVerdict } from "../../src/matching/index.ts";
import { judgeProgram } from "../../src/matching/index.ts";
import {
  contextOn,
  criterionOf,
  exactly,
  judgeOne,
  profileOf,
  programOf,
  sampleLexicon,
  today,
} from "../support/engine-samples.ts";

type Values = Record<string, FactValue>;
type TermsValue = FactValue & { kind: "terms" };

const RUNS = { numRuns: 400 };
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const small = fc.integer({ min: 0, max: 20 });
const comparison = fc
  .record({ operator: fc.constantFrom("at-least", "more-than", "at-most", "less-than"), value: small })
  .map(({ operator, value }): CriterionTest => ({ field: "headcount", operator, value, unit: "人" }));
const range = fc.tuple(small, small).map(
  ([a, b]): CriterionTest => ({
    field: "headcount",
    operator: "between",
    value: [Math.min(a, b), Math.max(a, b)],
    unit: "人",
  }),
);
const industries = [...sampleLexicon.industries.keys()];
const membership = (field: string, values: readonly string[]): fc.Arbitrary<CriterionTest> =>
  fc
    .record({
      operator: fc.constantFrom("within", "not-within"),
      value: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
      unclear: fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 }),
    })
    .map(({ operator, value, unclear }): CriterionTest => ({ field, operator, value, unclear }));
const aged = fc
  .record({
    operator: fc.constantFrom("age-at-least", "age-less-than"),
    value: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom("年", "月"),
  })
  .map(({ operator, value, unit }): CriterionTest => ({ field: "founded-on", operator, value, unit }));
const dated = fc
  .record({ operator: fc.constantFrom("on-or-after", "before"), days: fc.integer({ min: -900, max: 300 }) })
  .map(
    ({ operator, days }): CriterionTest => ({ field: "founded-on", operator, value: addDays(today, days) }),
  );
const titles = ["high-tech-enterprise", "specialized-sme"];
const stages = ["seed", "angel", "early", "growth", "mature"];
const places = ["上海市", "奉贤区", "上海市/奉贤区/南桥镇", "江苏省", "昆山市", "境内"];
const share = fc
  .record({ operator: fc.constantFrom("at-least", "less-than"), value: fc.integer({ min: 0, max: 200 }) })
  .map(({ operator, value }): CriterionTest => ({ field: "rd-share", operator, value, unit: "%" }));
const leaf = fc.oneof(
  comparison,
  range,
  aged,
  dated,
  share,
  membership("industries", [...industries, "direction:future"]),
  membership("qualifications", titles),
  membership("stage", stages),
  membership("district", places),
  fc.boolean().map((value): CriterionTest => ({ field: "listing-reserve", operator: "is", value })),
  fc
    .uniqueArray(fc.constantFrom(...titles), { minLength: 1 })
    .map((value): CriterionTest => ({ field: "qualifications", operator: "has", value })),
);
const test = fc.letrec<{ test: CriterionTest }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    leaf,
    fc.array(tie("test"), { minLength: 1, maxLength: 3 }).map((anyOf): CriterionTest => ({ anyOf })),
    fc.array(tie("test"), { minLength: 1, maxLength: 3 }).map((allOf): CriterionTest => ({ allOf })),
  ),
})).test;

/** A pair: what is known, and the same known more exactly. */
type Narrowing = fc.Arbitrary<{ wide: FactValue; narrow: FactValue }>;

const numbers = (max: number): Narrowing =>
  fc.uniqueArray(fc.integer({ min: 0, max }), { minLength: 4, maxLength: 4 }).chain((points) => {
    const [a, b, c, d] = points.sort((x, y) => x - y) as [number, number, number, number];
    const ends = fc.record({
      low: fc.constantFrom(a, null),
      high: fc.constantFrom(d, null),
      open: fc.boolean(),
      tight: fc.boolean(),
    });
    return ends.map(({ low, high, open, tight }) => ({
      wide: {
        kind: "number" as const,
        min: low,
        max: high,
        ...(open && { minOpen: true as const, maxOpen: true as const }),
      },
      narrow: { kind: "number" as const, min: b, max: tight ? b : c },
    }));
  });
const dates: Narrowing = fc
  .uniqueArray(fc.integer({ min: -1500, max: 100 }), { minLength: 4, maxLength: 4 })
  .map((points) => {
    const [a, b, c, d] = points.sort((x, y) => x - y).map((days) => addDays(today, days)) as [
      string,
      string,
      string,
      string,
    ];
    return { wide: { kind: "date", from: a, to: d }, narrow: { kind: "date", from: b, to: c } };
  });
const choices: Narrowing = fc.shuffledSubarray(stages, { minLength: 1 }).chain((wide) =>
  fc.shuffledSubarray(wide, { minLength: 1 }).map((narrow) => ({
    wide: { kind: "choice" as const, oneOf: wide },
    narrow: { kind: "choice" as const, oneOf: narrow },
  })),
);
const paths = [
  ["上海市", "奉贤区", "南桥镇"],
  ["上海市", "浦东新区", "张江镇"],
  ["江苏省", "苏州市", "昆山市"],
  ["境外"],
];
const placed: Narrowing = fc.tuple(fc.constantFrom(...paths), fc.nat(3), fc.nat(3)).map(([path, a, b]) => ({
  wide: { kind: "place", path: path.slice(0, Math.min(a, b) + 1) },
  narrow: { kind: "place", path: path.slice(0, Math.max(a, b) + 1) },
}));
const held: fc.Arbitrary<HeldTerm> = fc
  .record({ id: fc.constantFrom(...titles), proof: fc.boolean(), days: fc.integer({ min: -50, max: 400 }) })
  .map(({ id, proof, days }) =>
    proof ? { id, certificate: "虚构0001", validTo: addDays(today, days) } : { id },
  );
const certified: Narrowing = fc
  .record({
    has: fc.uniqueArray(held, { selector: ({ id }) => id, maxLength: 2 }),
    closed: fc.boolean(),
    days: fc.integer({ min: -50, max: 400 }),
    lack: fc.boolean(),
  })
  .map(({ has, closed, days, lack }) => {
    const proven = has.map((term) => ({ certificate: "虚构0002", validTo: addDays(today, days), ...term }));
    const lacks = lack ? titles.filter((id) => has.every((term) => term.id !== id)) : [];
    return {
      wide: { kind: "terms", has, lacks: [], closed },
      narrow: { kind: "terms", has: proven, lacks, closed: true },
    };
  });
/** An industry is narrowed to one below it, or by what it is not. */
const narrowed: Narrowing = fc
  .record({ id: fc.constantFrom(...industries), pick: fc.nat(), lack: fc.boolean() })
  .map(({ id, pick, lack }) => {
    const below = industries.filter((each) => lineage(each).includes(id));
    const chosen = below[pick % below.length] ?? id;
    const lacks = lack ? below.filter((each) => each !== id && !lineage(chosen).includes(each)) : [];
    return {
      wide: { kind: "terms", has: [{ id }], lacks: [], closed: false },
      narrow: { kind: "terms", has: [{ id: chosen }], lacks, closed: false },
    };
  });

function lineage(id: string): string[] {
  const parent = sampleLexicon.industries.get(id)?.parent;
  return parent ? [id, ...lineage(parent)] : [id];
}

const fields: Record<string, Narrowing> = {
  headcount: numbers(20),
  revenue: numbers(400),
  "rd-expense": numbers(300),
  "rd-share": numbers(150),
  "founded-on": dates,
  stage: choices,
  district: placed,
  industries: narrowed,
  qualifications: certified,
  "listing-reserve": fc
    .boolean()
    .map((value) => ({ wide: { kind: "declined" as const }, narrow: { kind: "flag" as const, value } })),
};
/** For each field: nothing known, then something; or something, then more; or nothing new. */
const step = (pair: Narrowing): fc.Arbitrary<[FactValue | undefined, FactValue | undefined]> =>
  fc.tuple(pair, fc.nat(3)).map(([{ wide, narrow }, how]) => {
    if (how === 0) return [undefined, wide];
    if (how === 1) return [wide, narrow];
    return how === 2 ? [wide, wide] : [undefined, undefined];
  });
const learning = fc
  .record(Object.fromEntries(Object.entries(fields).map(([field, pair]) => [field, step(pair)])))
  .map((steps) => ({ before: pickValues(steps, 0), after: pickValues(steps, 1) }));

function pickValues(
  steps: Record<string, [FactValue | undefined, FactValue | undefined]>,
  index: 0 | 1,
): Values {
  const known = Object.entries(steps).flatMap(([field, pair]) =>
    pair[index] ? [[field, pair[index]] as const] : [],
  );
  return Object.fromEntries(known);
}

describe("more knowledge never takes a verdict back", () => {
  it("keeps met and unmet", () => {
    fc.assert(
      fc.property(test, learning, (criterion, { before, after }) => {
        // Figures that contradict each other are not more knowledge.
        fc.pre(isConsistent(after) && isConsistent(before));
        const [then, now] = [judgeOne(criterion, before).verdict, judgeOne(criterion, after).verdict];
        if (then !== "unknown") expect(now).toBe(then);
      }),
      { numRuns: 3000 },
    );
  });
});

function isConsistent(values: Values): boolean {
  const [part, whole, said] = ["rd-expense", "revenue", "rd-share"].map((field) => values[field]);
  return part === undefined || whole === undefined || said === undefined;
}

describe("against brute force", () => {
  const accepts = (criterion: CriterionTest, value: number): boolean => {
    if (!("operator" in criterion)) throw new Error("no leaf");
    if (criterion.operator === "between") return value >= criterion.value[0] && value <= criterion.value[1];
    if (criterion.operator === "at-least") return value >= criterion.value;
    if (criterion.operator === "more-than") return value > criterion.value;
    if (criterion.operator === "at-most") return value <= criterion.value;
    if (criterion.operator === "less-than") return value < criterion.value;
    throw new Error("no comparison");
  };
  it("decides numbers as all possible whole numbers do", () => {
    const known = fc.record({ min: small, max: small, minOpen: fc.boolean(), maxOpen: fc.boolean() });
    fc.assert(
      fc.property(fc.oneof(comparison, range), known, (criterion, { min, max, minOpen, maxOpen }) => {
        const possible = Array.from({ length: 21 }, (_, value) => value).filter(
          (value) => (minOpen ? value > min : value >= min) && (maxOpen ? value < max : value <= max),
        );
        fc.pre(possible.length > 0);
        const value: FactValue = {
          kind: "number",
          min,
          max,
          ...(minOpen && { minOpen }),
          ...(maxOpen && { maxOpen }),
        };
        const accepted = possible.filter((each) => accepts(criterion, each)).length;
        const wanted = accepted === possible.length ? "met" : accepted === 0 ? "unmet" : "unknown";
        expect(judgeOne(criterion, { headcount: value }).verdict).toBe(wanted);
      }),
      { numRuns: 2000 },
    );
  });

  it("decides dates as all possible days do", () => {
    const span = fc.tuple(fc.integer({ min: -900, max: 30 }), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(fc.oneof(aged, dated), span, (criterion, [start, length]) => {
        const days = Array.from({ length }, (_, index) => addDays(today, start + index));
        const each = new Set(
          days.map(
            (day) =>
              judgeOne(criterion, { "founded-on": { kind: "date", from: day, to: addDays(day, 1) } }).verdict,
          ),
        );
        const whole = judgeOne(criterion, {
          "founded-on": { kind: "date", from: days[0] ?? "", to: addDays(today, start + length) },
        });
        expect(whole.verdict).toBe(each.size === 1 ? [...each][0] : "unknown");
      }),
      RUNS,
    );
  });

  it("derives a share as every possible pair of figures does", () => {
    const pair = fc.tuple(
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 4 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 4 }),
    );
    fc.assert(
      fc.property(share, pair, (criterion, [part, partMore, whole, wholeMore]) => {
        const corners = [part, part + partMore].flatMap((a) =>
          [whole, whole + wholeMore].map((b) => (a * 100) / b),
        );
        const verdicts = new Set(
          corners.map((value) => judgeOne(criterion, { "rd-share": exactly(value) }).verdict),
        );
        const derived = judgeOne(criterion, {
          "rd-expense": { kind: "number", min: part, max: part + partMore },
          revenue: { kind: "number", min: whole, max: whole + wholeMore },
        });
        expect(derived.verdict).toBe(verdicts.size === 1 ? [...verdicts][0] : "unknown");
      }),
      RUNS,
    );
  });
});

describe("time", () => {
  it("names the first day on which it is met", () => {
    const day = fc.integer({ min: -1200, max: 0 }).map((days) => addDays(today, days));
    const certificate = fc.tuple(fc.integer({ min: -30, max: 60 }), fc.integer({ min: 1, max: 90 })).map(
      ([from, length]): TermsValue => ({
        kind: "terms",
        has: [
          {
            id: "high-tech-enterprise",
            certificate: "虚构0003",
            validFrom: addDays(today, from),
            validTo: addDays(today, from + length),
          },
        ],
        lacks: [],
        closed: true,
      }),
    );
    fc.assert(
      fc.property(
        test,
        day,
        certificate,
        fc.integer({ min: 1, max: 60 }),
        (criterion, from, qualifications, length) => {
          const values: Values = {
            "founded-on": { kind: "date", from, to: addDays(from, length) },
            qualifications,
          };
          const now = judgeOne(criterion, values);
          if (now.metFrom === undefined) return;
          expect(now.verdict).not.toBe("met");
          expect(now.metFrom > today).toBe(true);
          expect(judgeOne(criterion, values, contextOn(now.metFrom)).verdict).toBe("met");
          for (
            let before = addDays(now.metFrom, -1), left = 30;
            before >= today && left > 0;
            before = addDays(before, -1), left--
          )
            expect(judgeOne(criterion, values, contextOn(before)).verdict).not.toBe("met");
        },
      ),
      { numRuns: 1500 },
    );
  });

  it("names a day whenever only age is missing", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -1200, max: 0 }), (months, days) => {
        const founded = addDays(today, days);
        const criterion: CriterionTest = {
          field: "founded-on",
          operator: "age-at-least",
          value: months,
          unit: "月",
        };
        const judged = judgeOne(criterion, {
          "founded-on": { kind: "date", from: founded, to: addDays(founded, 1) },
        });
        expect(judged.metFrom !== undefined).toBe(judged.verdict === "unmet");
      }),
      RUNS,
    );
  });
});

describe("programs", () => {
  const criteria = fc.array(fc.record({ test: fc.option(test), mandatory: fc.boolean() }), { maxLength: 5 });
  const build = (parts: { test: CriterionTest | null; mandatory: boolean }[]) =>
    programOf([], {
      criteria: parts.map((part, index) =>
        criterionOf(part.test, { id: `c${index}`, mandatory: part.mandatory }),
      ),
    });

  function fold(parts: { mandatory: boolean; verdict: CriterionVerdictValue }[]): MatchVerdict {
    const must = parts.filter((part) => part.mandatory).map((part) => part.verdict);
    if (must.includes("unmet")) return "not-eligible";
    if (must.length > 0 && !must.includes("unknown")) return "eligible";
    return parts.some((part) => part.verdict === "met") ? "likely" : "needs-confirmation";
  }

  it("fold as the reference does, and never call the unknown eligible", () => {
    fc.assert(
      fc.property(criteria, learning, (parts, { after }) => {
        const judged = judgeProgram(build(parts), profileOf(after), contextOn());
        expect(judged.verdict).toBe(fold(judged.criteria));
        expect(judged.unconditional).toBe(parts.length === 0);
        if (judged.criteria.some((each) => each.mandatory && each.verdict !== "met"))
          expect(judged.verdict).not.toBe("eligible");
        if (judged.criteria.every((each) => !each.mandatory))
          expect(["eligible", "not-eligible"]).not.toContain(judged.verdict);
      }),
      RUNS,
    );
  });

  it("treat what was declined like what was never said", () => {
    fc.assert(
      fc.property(
        criteria,
        learning,
        fc.uniqueArray(fc.constantFrom(...sampleLexicon.fields.keys())),
        (parts, { after }, declined) => {
          const without = Object.fromEntries(
            Object.entries(after).filter(([field]) => !declined.includes(field)),
          );
          const asked = {
            ...after,
            ...Object.fromEntries(declined.map((field) => [field, { kind: "declined" as const }])),
          };
          const program = build(parts);
          expect(judgeProgram(program, profileOf(asked), contextOn())).toEqual(
            judgeProgram(program, profileOf(without), contextOn()),
          );
        },
      ),
      RUNS,
    );
  });

  it("name what is missing only where something is open", () => {
    fc.assert(
      fc.property(test, learning, (criterion, { before }) => {
        const judged = judgeOne(criterion, before);
        if (judged.verdict !== "unknown") expect(judged.missing).toEqual([]);
        for (const field of judged.missing) expect(sampleLexicon.fields.has(field)).toBe(true);
      }),
      RUNS,
    );
  });
});
