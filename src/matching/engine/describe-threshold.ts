import type { ProfileField } from "../../enterprises/index.ts";
import type { CompiledTest } from "./compile-test.ts";
import { describeAmount, type Language } from "./describe-amount.ts";
import type { JudgeContext } from "./judge-context.ts";
import type { LeafTest } from "./judge-test.ts";
import { labelTerm } from "./label-term.ts";

/** What the text asks for: `不少于2年`, `属于：生物医药、医疗器械`. */
export function describeThreshold(test: CompiledTest, context: JudgeContext): string | undefined {
  if (test.kind === "any" || test.kind === "all") {
    const parts = test.parts.map((part) => describeNamed(part, context)).filter((part) => part !== undefined);
    const zh = context.language !== "en";
    const joined = parts.join(test.kind === "any" ? (zh ? "，或" : ", or ") : zh ? "，且" : ", and ");
    return parts.length === 0 ? undefined : joined;
  }
  return describeLeaf(test, context);
}

/** Among several tests each says what it is about. */
function describeNamed(test: CompiledTest, context: JudgeContext): string | undefined {
  const described = describeThreshold(test, context);
  if (test.kind === "any" || test.kind === "all") return described && `（${described}）`;
  const field = context.lexicon.fields.get(test.field);
  if (!described || !field) return described;
  return context.language === "en" ? `${field.labelEn}: ${described}` : `${field.label}${described}`;
}

function describeLeaf(test: LeafTest, context: JudgeContext): string | undefined {
  const zh = context.language !== "en";
  const field = context.lexicon.fields.get(test.field);
  if (!field) return undefined;
  switch (test.kind) {
    case "number":
      return describeBounds(test, zh ? "zh" : "en");
    case "age":
      return describeAge(test.months, test.atLeast, zh);
    case "date":
      if (zh) return test.onOrAfter ? `${test.day}（含）以后` : `${test.day}以前（不含当日）`;
      return `${test.onOrAfter ? "on or after" : "before"} ${test.day}`;
    case "flag":
      if (zh) return test.wanted ? "是" : "否";
      return test.wanted ? "yes" : "no";
    case "choice":
    case "place":
    case "terms":
      return describeMembership(test, field, context);
    case "undecidable":
      return undefined;
  }
}

function describeMembership(
  test: LeafTest & { kind: "choice" | "place" | "terms" },
  field: ProfileField,
  context: JudgeContext,
): string {
  const zh = context.language !== "en";
  const values = Array.isArray(test.test.value) ? test.test.value : [];
  const names = values.map((value) => labelTerm(String(value), field, context)).join(zh ? "、" : ", ");
  if (test.kind !== "choice" && test.test.operator === "has")
    return zh ? `须有：${names}` : `must hold: ${names}`;
  if (test.negated) return zh ? `不属于：${names}` : `none of: ${names}`;
  if (values.length === 1) return names;
  return zh ? `属于其中之一：${names}` : `one of: ${names}`;
}

function describeBounds(test: LeafTest & { kind: "number" }, language: Language): string {
  const { min, max, minOpen, maxOpen } = test.accepted;
  const amount = (value: number): string => describeAmount(value, test.unit, language);
  const zh = language === "zh";
  if (min !== Number.NEGATIVE_INFINITY && max !== Number.POSITIVE_INFINITY)
    return zh ? `${amount(min)}至${amount(max)}（均含）` : `${amount(min)} to ${amount(max)}, both included`;
  if (max === Number.POSITIVE_INFINITY)
    return `${minOpen ? (zh ? "超过" : "more than ") : zh ? "不少于" : "at least "}${amount(min)}`;
  return `${maxOpen ? (zh ? "少于" : "less than ") : zh ? "不超过" : "at most "}${amount(max)}`;
}

function describeAge(months: number, atLeast: boolean, zh: boolean): string {
  const span = describeSpan(months, zh);
  if (zh) return `${atLeast ? "满" : "不满"}${span}`;
  return `${atLeast ? "at least" : "less than"} ${span}`;
}

/** `2年`, `18个月`. */
export function describeSpan(months: number, zh: boolean): string {
  if (months % 12 === 0 && months > 0)
    return zh ? `${months / 12}年` : `${months / 12} year${months === 12 ? "" : "s"}`;
  if (zh) return `${months}个月`;
  return `${months} month${months === 1 ? "" : "s"}`;
}
