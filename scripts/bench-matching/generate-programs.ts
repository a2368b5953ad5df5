import type { CriterionTest, Program } from "../../src/matching/index.ts";
import { makeProgram } from "../../tests/support/recommend-world.ts";

/** The generated enterprise. */
export const PLAIN_FACTS = {
  headcount: 120,
  revenue: 60_000_000,
  "founded-on": "2019-05-01",
  stage: "growth",
  needs: ["equity-finance", "loan"],
  industries: ["biomedicine"],
  "subject-type": "company",
};

const NEEDS = ["equity-finance", "loan", "listing", "plant", "talent-recruitment", "technical-upgrade"];
const INDUSTRIES = ["biomedicine", "new-energy-vehicle", "cosmetics"];
const STAGES = ["seed", "early", "growth", "mature"];

/** Generated, of many different kinds; the same count gives the same programs. */
export function generatePrograms(count: number): Program[] {
  return Array.from({ length: count }, (_, number) => {
    const tests: CriterionTest[] = [
      { field: "headcount", operator: "at-least", value: (number * 7) % 300, unit: "人" },
      { field: "revenue", operator: "at-least", value: ((number * 13) % 100) * 1_000_000, unit: "元" },
      { field: "stage", operator: "within", value: STAGES.slice(number % 3, (number % 3) + 2) },
    ];
    return makeProgram({
      id: `G${String(number).padStart(5, "0")}`,
      kind: "基金",
      industries: number % 2 === 0 ? [] : [INDUSTRIES[number % INDUSTRIES.length] ?? "biomedicine"],
      needs: [{ need: NEEDS[number % NEEDS.length] ?? "loan", fit: "direct" }],
      criteria: tests.slice(0, 1 + (number % 3)).map((test, index) => ({
        id: `c${index}`,
        text: `生成的条件${index}`,
        level: "enterprise",
        mandatory: true,
        test,
        source: { section: "一", quote: `生成的原文${number}-${index}` },
      })),
    });
  });
}

/** The floor: the same comparisons, no verdict, no words. */
export function passesPlainly({ criteria }: Program): boolean {
  return criteria.every(({ test }) => {
    if (!test || !("field" in test)) return true;
    const held = PLAIN_FACTS[test.field as keyof typeof PLAIN_FACTS];
    if (test.operator === "at-least") return Number(held) >= test.value;
    if (test.operator === "within") return test.value.includes(String(held));
    return true;
  });
}
