import type { ProfileField, ProfileLexicon } from "../../enterprises/index.ts";
import type { CriterionTest, Direction } from "../types.ts";
import { figureOf, toFieldUnit } from "./convert-unit.ts";
import type { ProgramProblem } from "./program-problem.ts";
import { readFigures } from "./read-figures.ts";

export interface CheckingContext {
  lexicon: ProfileLexicon;
  directions: ReadonlyMap<string, Direction>;
}

export const DIRECTION_PREFIX = "direction:";

type FieldTest = Exclude<CriterionTest, { anyOf: unknown } | { allOf: unknown }>;

const OPERATORS: Readonly<Record<ProfileField["kind"], readonly FieldTest["operator"][]>> = {
  text: [],
  number: ["at-least", "more-than", "at-most", "less-than", "between"],
  date: ["age-at-least", "age-less-than", "on-or-after", "before"],
  choice: ["within", "not-within"],
  flag: ["is"],
  terms: ["within", "not-within", "has"],
  place: ["within", "not-within"],
};

const KIND_NAMES: Readonly<Record<ProfileField["kind"], string>> = {
  text: "文字",
  number: "数",
  date: "日期",
  choice: "单选",
  flag: "是否",
  terms: "多项",
  place: "行政区划",
};

/** Checks a test and brings its numbers to the field's own unit. What cannot be used becomes a problem. Pure. */
export function checkTest(
  test: CriterionTest,
  quote: string,
  place: string,
  context: CheckingContext,
): { test: CriterionTest; problems: ProgramProblem[] } {
  if ("anyOf" in test || "allOf" in test) {
    const word = "anyOf" in test ? "anyOf" : "allOf";
    const parts = ("anyOf" in test ? test.anyOf : test.allOf).map((part, index) =>
      checkTest(part, quote, `${place}.${word} 第 ${index + 1} 项`, context),
    );
    const tests = parts.map((part) => part.test);
    return {
      test: "anyOf" in test ? { anyOf: tests } : { allOf: tests },
      problems: parts.flatMap(({ problems }) => problems),
    };
  }
  const field = context.lexicon.fields.get(test.field);
  if (!field) return { test, problems: [unknownField(test.field, place)] };
  if (!OPERATORS[field.kind].includes(test.operator)) return { test, problems: [misfit(field, test, place)] };
  const problems = [...checkValues(test, field, place, context), ...checkFigures(test, quote, place)];
  if (problems.length > 0) return { test, problems };
  return normalize(test, field, place, context);
}

export function unknownField(id: string, place: string): ProgramProblem {
  return {
    place,
    what: `没有“${id}”这个字段`,
    next: "字段编号见 knowledge/lexicon/profile-fields.yaml，请改为其中之一",
  };
}

function misfit(field: ProfileField, test: FieldTest, place: string): ProgramProblem {
  const fitting = OPERATORS[field.kind];
  return {
    place: `${place}.operator`,
    what: `字段“${field.label}”是${KIND_NAMES[field.kind]}，不能用 ${test.operator}`,
    next:
      fitting.length === 0
        ? "文字字段不能由程序核对，请删去 test，由人判断"
        : `请改用 ${fitting.join("、")} 之一`,
  };
}

function checkValues(
  test: FieldTest,
  field: ProfileField,
  place: string,
  context: CheckingContext,
): ProgramProblem[] {
  if (test.operator !== "within" && test.operator !== "not-within" && test.operator !== "has") return [];
  const named = [...test.value, ...("unclear" in test ? (test.unclear ?? []) : [])];
  return named
    .filter((value) => !isKnownValue(value, field, context))
    .map((value) => ({
      place: `${place}.value`,
      what: `“${value}”不是字段“${field.label}”的可选值`,
      next: `请对照 ${whereOptions(field)} 改正`,
    }));
}

function isKnownValue(value: string, field: ProfileField, { lexicon, directions }: CheckingContext): boolean {
  if (field.kind === "place") return true;
  if (field.vocabulary === undefined) return field.options?.some(({ id }) => id === value) ?? false;
  if (field.vocabulary === "industries") return isKnownIndustry(value, lexicon, directions);
  return lexicon[field.vocabulary].has(value);
}

export function isKnownIndustry(
  value: string,
  lexicon: ProfileLexicon,
  directions: ReadonlyMap<string, Direction>,
): boolean {
  if (value.startsWith(DIRECTION_PREFIX)) return directions.has(value.slice(DIRECTION_PREFIX.length));
  return lexicon.industries.has(value);
}

function whereOptions(field: ProfileField): string {
  if (field.vocabulary === "industries")
    return "knowledge/lexicon/industries.yaml 和 knowledge/programs/directions.yaml";
  if (field.vocabulary !== undefined) return `knowledge/lexicon/${field.vocabulary}.yaml`;
  return `knowledge/lexicon/profile-fields.yaml 中“${field.id}”的 options`;
}

/** No threshold that the text does not write. */
function checkFigures(test: FieldTest, quote: string, place: string): ProgramProblem[] {
  const written = readFigures(quote);
  const missing = figuresOf(test).filter(
    (ways) => !ways.some((way) => written.some((one) => same(one, way))),
  );
  return missing.map((ways) => ({
    place: `${place}.value`,
    what: `所引原文中没有“${ways[0]}”这个数`,
    next: "条件的数必须出自所引原文，请核对数值与单位，或改引写明该数的那一句",
  }));
}

/** Each figure in the ways in which a text may write it: 6个月 is also 半年. */
function figuresOf(test: FieldTest): number[][] {
  switch (test.operator) {
    case "at-least":
    case "more-than":
    case "at-most":
    case "less-than":
      return [[figureOf(test.value, test.unit)]];
    case "between":
      return test.value.map((value) => [figureOf(value, test.unit)]);
    case "age-at-least":
    case "age-less-than":
      return [test.unit === "月" ? [test.value, test.value / 12] : [test.value, test.value * 12]];
    case "on-or-after":
    case "before":
      return [[Number(test.value.slice(0, 4))]];
    default:
      return [];
  }
}

function same(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));
}

/** Numbers in the field's own unit; what a direction leaves open said along with it. */
function normalize(
  test: FieldTest,
  field: ProfileField,
  place: string,
  { directions }: CheckingContext,
): { test: CriterionTest; problems: ProgramProblem[] } {
  switch (test.operator) {
    case "within":
    case "not-within":
      return { test: withUnclearOfDirections(test, directions), problems: [] };
    case "at-least":
    case "more-than":
    case "at-most":
    case "less-than":
    case "between":
      break;
    default:
      return { test, problems: [] };
  }
  const own = field.unit ?? "";
  const factor = toFieldUnit(test.unit, own);
  if (factor === undefined) return { test, problems: [wrongUnit(test.unit, field, place)] };
  // 4.35 × 10^8 must not miss 435000000 by a hair.
  const scale = (value: number) => Number((value * factor).toPrecision(14));
  if (test.operator === "between")
    return {
      test: { ...test, value: [scale(test.value[0]), scale(test.value[1])], unit: own },
      problems: [],
    };
  return { test: { ...test, value: scale(test.value), unit: own }, problems: [] };
}

function wrongUnit(unit: string, field: ProfileField, place: string): ProgramProblem {
  const own = field.unit ?? "";
  return {
    place: `${place}.unit`,
    what: `单位“${unit}”与字段“${field.label}”的单位“${own}”不合`,
    next: `请改用${own}或其倍数，例如${own === "元" ? "万元" : own}`,
  };
}

/** A direction's industries that its text leaves open count as open wherever the direction is a condition. */
function withUnclearOfDirections(
  test: Extract<FieldTest, { operator: "within" | "not-within" }>,
  directions: ReadonlyMap<string, Direction>,
): CriterionTest {
  const open = test.value
    .filter((value) => value.startsWith(DIRECTION_PREFIX))
    .flatMap((value) => directions.get(value.slice(DIRECTION_PREFIX.length))?.unclear ?? []);
  const unclear = [...new Set([...(test.unclear ?? []), ...open])].filter(
    (value) => !test.value.includes(value),
  );
  if (unclear.length === 0) return test;
  return { ...test, unclear };
}
