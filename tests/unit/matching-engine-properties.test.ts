import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FactValue } from "../../src/enterprises/index.ts";
import type { CriterionTest, CriterionVerdictValue, MatchVerdict } from "../../src/matching/index.ts";
import { judgeProgram } from "../../src/matching/index.ts";
import {
  addDays,
  aged,
  comparison,
  dated,
  learning,
  RUNS,
  range,
  share,
  small,
  type TermsValue,
  test,
  type Values,
} from "../support/engine-arbitraries.ts";
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
