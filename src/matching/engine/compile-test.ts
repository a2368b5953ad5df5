import type { FieldId, ProfileField, ProfileLexicon } from "../../enterprises/index.ts";
import type { CriterionTest, Direction } from "../types.ts";
import { compileTerms, type TermsTest } from "./compile-terms.ts";
import type { Interval } from "./interval.ts";
import { toWantedPlace, type WantedPlace } from "./places.ts";
import { convertUnit, isCounted } from "./units.ts";

type LeafTest = Exclude<CriterionTest, { anyOf: CriterionTest[] } | { allOf: CriterionTest[] }>;

/** A test with all that depends on the vocabulary alone worked out once. */
export type CompiledTest =
  | { kind: "any"; parts: CompiledTest[] }
  | { kind: "all"; parts: CompiledTest[] }
  | {
      kind: "number";
      field: FieldId;
      test: LeafTest;
      unit: string;
      accepted: Interval;
      threshold: number;
      counted: boolean;
    }
  | { kind: "age"; field: FieldId; test: LeafTest; months: number; atLeast: boolean }
  | { kind: "date"; field: FieldId; test: LeafTest; day: string; onOrAfter: boolean }
  | {
      kind: "choice";
      field: FieldId;
      test: LeafTest;
      wanted: ReadonlySet<string>;
      unclear: ReadonlySet<string>;
      negated: boolean;
    }
  | {
      kind: "place";
      field: FieldId;
      test: LeafTest;
      wanted: WantedPlace[];
      unclear: WantedPlace[];
      negated: boolean;
    }
  | { kind: "terms"; field: FieldId; test: LeafTest; terms: TermsTest; negated: boolean }
  | { kind: "flag"; field: FieldId; test: LeafTest; wanted: boolean }
  /** Field and operator do not fit together: never decided. */
  | { kind: "undecidable"; field: FieldId; test: LeafTest };

export function compileTest(
  test: CriterionTest,
  lexicon: ProfileLexicon,
  directions: ReadonlyMap<string, Direction>,
): CompiledTest {
  if ("anyOf" in test)
    return { kind: "any", parts: test.anyOf.map((part) => compileTest(part, lexicon, directions)) };
  if ("allOf" in test)
    return { kind: "all", parts: test.allOf.map((part) => compileTest(part, lexicon, directions)) };
  const field = lexicon.fields.get(test.field);
  const compiled = field && compileLeaf(test, field, lexicon, directions);
  return compiled ?? { kind: "undecidable", field: test.field, test };
}

function compileLeaf(
  test: LeafTest,
  field: ProfileField,
  lexicon: ProfileLexicon,
  directions: ReadonlyMap<string, Direction>,
): CompiledTest | undefined {
  switch (test.operator) {
    case "within":
    case "not-within":
      return compileMembership(test, field, lexicon, directions);
    case "has":
      if (field.kind !== "terms") return undefined;
      return {
        kind: "terms",
        field: field.id,
        test,
        terms: compileTerms(test, field, lexicon, directions),
        negated: false,
      };
    case "is":
      return field.kind === "flag" ? { kind: "flag", field: field.id, test, wanted: test.value } : undefined;
    case "age-at-least":
    case "age-less-than": {
      if (field.kind !== "date") return undefined;
      const months = test.unit === "年" ? test.value * 12 : test.value;
      return { kind: "age", field: field.id, test, months, atLeast: test.operator === "age-at-least" };
    }
    case "on-or-after":
    case "before":
      if (field.kind !== "date") return undefined;
      return {
        kind: "date",
        field: field.id,
        test,
        day: test.value,
        onOrAfter: test.operator === "on-or-after",
      };
    default:
      return field.kind === "number" ? compileNumber(test, field) : undefined;
  }
}

function compileMembership(
  test: LeafTest & { operator: "within" | "not-within" },
  field: ProfileField,
  lexicon: ProfileLexicon,
  directions: ReadonlyMap<string, Direction>,
): CompiledTest | undefined {
  const base = { field: field.id, test, negated: test.operator === "not-within" };
  const unclear = test.unclear ?? [];
  if (field.kind === "choice")
    return { ...base, kind: "choice", wanted: new Set(test.value), unclear: new Set(unclear) };
  if (field.kind === "place")
    return {
      ...base,
      kind: "place",
      wanted: test.value.map(toWantedPlace),
      unclear: unclear.map(toWantedPlace),
    };
  if (field.kind === "terms")
    return { ...base, kind: "terms", terms: compileTerms(test, field, lexicon, directions) };
  return undefined;
}

function compileNumber(
  test: LeafTest & { operator: "at-least" | "more-than" | "at-most" | "less-than" | "between" },
  field: ProfileField,
): CompiledTest | undefined {
  const unit = field.unit ?? test.unit;
  const bounds = test.operator === "between" ? test.value : [test.value, test.value];
  const [low, high] = bounds.map((bound) => convertUnit(bound, test.unit, unit));
  if (low === undefined || high === undefined) return undefined;
  const accepted: Interval = {
    min: Number.NEGATIVE_INFINITY,
    max: Number.POSITIVE_INFINITY,
    minOpen: false,
    maxOpen: false,
  };
  if (test.operator === "at-least" || test.operator === "more-than" || test.operator === "between")
    accepted.min = low;
  if (test.operator === "at-most" || test.operator === "less-than" || test.operator === "between")
    accepted.max = high;
  accepted.minOpen = test.operator === "more-than";
  accepted.maxOpen = test.operator === "less-than";
  return { kind: "number", field: field.id, test, unit, accepted, threshold: low, counted: isCounted(unit) };
}
