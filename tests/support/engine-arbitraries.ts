import fc from "fast-check";
import type { FactValue, HeldTerm } from "../../src/enterprises/index.ts";
import type { CriterionTest } from "../../src/matching/index.ts";
import { sampleLexicon, today } from "./engine-samples.ts";

/** What the properties of the engine are tried over. */
export type Values = Record<string, FactValue>;
export type TermsValue = FactValue & { kind: "terms" };

export const RUNS = { numRuns: 400 };
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const small = fc.integer({ min: 0, max: 20 });
export const comparison = fc
  .record({ operator: fc.constantFrom("at-least", "more-than", "at-most", "less-than"), value: small })
  .map(({ operator, value }): CriterionTest => ({ field: "headcount", operator, value, unit: "人" }));
export const range = fc.tuple(small, small).map(
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
export const aged = fc
  .record({
    operator: fc.constantFrom("age-at-least", "age-less-than"),
    value: fc.integer({ min: 1, max: 40 }),
    unit: fc.constantFrom("年", "月"),
  })
  .map(({ operator, value, unit }): CriterionTest => ({ field: "founded-on", operator, value, unit }));
export const dated = fc
  .record({ operator: fc.constantFrom("on-or-after", "before"), days: fc.integer({ min: -900, max: 300 }) })
  .map(
    ({ operator, days }): CriterionTest => ({ field: "founded-on", operator, value: addDays(today, days) }),
  );
const titles = ["high-tech-enterprise", "specialized-sme"];
const stages = ["seed", "angel", "early", "growth", "mature"];
const places = ["上海市", "奉贤区", "上海市/奉贤区/南桥镇", "江苏省", "昆山市", "境内"];
export const share = fc
  .record({ operator: fc.constantFrom("at-least", "less-than"), value: fc.integer({ min: 0, max: 200 }) })
  .map(({ operator, value }): CriterionTest => ({ field: "rd-share", operator, value, unit: "%" }));
export const leaf = fc.oneof(
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
export const test = fc.letrec<{ test: CriterionTest }>((tie) => ({
  test: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    leaf,
    fc.array(tie("test"), { minLength: 1, maxLength: 3 }).map((anyOf): CriterionTest => ({ anyOf })),
    fc.array(tie("test"), { minLength: 1, maxLength: 3 }).map((allOf): CriterionTest => ({ allOf })),
  ),
})).test;

/** A pair: what is known, and the same known more exactly. */
type Narrowing = fc.Arbitrary<{ wide: FactValue; narrow: FactValue }>;

export const numbers = (max: number): Narrowing =>
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
export const dates: Narrowing = fc
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

export const fields: Record<string, Narrowing> = {
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
export const learning = fc
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
