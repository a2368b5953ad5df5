import type { FieldId } from "../../enterprises/index.ts";
import type { Criterion, CriterionVerdict, CriterionVerdictValue } from "../types.ts";
import type { CompiledTest } from "./compile-test.ts";
import { addMonths, countCompletedMonths } from "./days.ts";
import { describeAmount } from "./describe-amount.ts";
import { describeSpan } from "./describe-threshold.ts";
import type { JudgeContext } from "./judge-context.ts";
import { judgeLeaf, judgeTest, type LeafTest, measureGap } from "./judge-test.ts";
import type { ProfileView } from "./profile-view.ts";
import { conjoin, disjoin } from "./three-values.ts";

/** A criterion, compiled once for a vocabulary. */
export interface CompiledCriterion {
  criterion: Criterion;
  test: CompiledTest | undefined;
  fields: FieldId[];
  threshold: string | undefined;
}

interface Gap {
  text: string;
  /** Of the threshold; undefined: not a matter of a number. */
  share?: number;
}

interface Node {
  value: CriterionVerdictValue;
  missing: readonly FieldId[];
  days: readonly string[];
  gap?: Gap;
}

const NONE: readonly never[] = [];

export function judgeCriterion(
  compiled: CompiledCriterion,
  view: ProfileView,
  context: JudgeContext,
  observe: (field: FieldId) => string | undefined,
): CriterionVerdict {
  const { criterion, test, threshold } = compiled;
  const node = test
    ? judgeNode(test, view, context)
    : { value: "unknown" as const, missing: NONE, days: NONE };
  const verdict: CriterionVerdict = {
    criterionId: criterion.id,
    text: criterion.text,
    level: criterion.level,
    mandatory: criterion.mandatory,
    verdict: node.value,
    quote: criterion.source.quote,
    section: criterion.source.section,
    missing: [...node.missing],
    asOf: context.asOf,
  };
  const observed = describeAll(compiled.fields, observe, context);
  if (observed !== undefined) verdict.observed = observed;
  if (threshold !== undefined) verdict.threshold = threshold;
  if (!test || node.value === "met") return verdict;
  const metFrom = findFirstMetDay(test, view, context.asOf, node.days);
  if (metFrom !== undefined) verdict.metFrom = metFrom;
  if (node.gap) {
    verdict.shortBy = node.gap.text;
    if (node.gap.share !== undefined) verdict.shortShare = node.gap.share;
  }
  return verdict;
}

function describeAll(
  fields: readonly FieldId[],
  observe: (field: FieldId) => string | undefined,
  context: JudgeContext,
): string | undefined {
  const [only] = fields;
  if (fields.length <= 1) return only === undefined ? undefined : observe(only);
  const zh = context.language !== "en";
  const parts = fields.flatMap((field) => {
    const seen = observe(field);
    const declared = context.lexicon.fields.get(field);
    if (seen === undefined || !declared) return [];
    return [zh ? `${declared.label}：${seen}` : `${declared.labelEn}: ${seen}`];
  });
  return parts.length === 0 ? undefined : parts.join(zh ? "；" : "; ");
}

function judgeNode(test: CompiledTest, view: ProfileView, context: JudgeContext): Node {
  if (test.kind === "any" || test.kind === "all") {
    const parts = test.parts.map((part) => judgeNode(part, view, context));
    const values = parts.map((part) => part.value);
    const value = test.kind === "any" ? disjoin(values) : conjoin(values);
    const open = value === "unknown" ? parts.filter((part) => part.value === "unknown") : [];
    const missing = [...new Set(open.flatMap((part) => part.missing))];
    const gap = value === "unmet" ? joinGaps(test.kind, parts, context) : undefined;
    return { value, missing, days: parts.flatMap((part) => part.days), ...(gap && { gap }) };
  }
  const judged = judgeLeaf(test, view, context.asOf);
  const days = judged.days ?? NONE;
  if (judged.value === "unknown") {
    const missing = judged.personOnly ? NONE : [test.field, ...view.alternatives(test.field)];
    return { value: judged.value, missing, days };
  }
  const gap = judged.value === "unmet" ? findGap(test, view, context) : undefined;
  return { value: judged.value, missing: NONE, days, ...(gap && { gap }) };
}

/** Of alternatives the nearest; of parts that are all needed every one, if each can be bridged. */
function joinGaps(kind: "any" | "all", parts: readonly Node[], context: JudgeContext): Gap | undefined {
  const short = parts.filter((part) => part.value === "unmet");
  const gaps = short.map((part) => part.gap).filter((gap) => gap !== undefined);
  if (kind === "any") return gaps.sort((a, b) => (a.share ?? Infinity) - (b.share ?? Infinity))[0];
  if (gaps.length === 0 || gaps.length < short.length) return undefined;
  const text = gaps.map((gap) => gap.text).join(context.language === "en" ? "; " : "；");
  const shares = gaps.map((gap) => gap.share);
  if (shares.some((share) => share === undefined)) return { text };
  return { text, share: Math.max(...shares.filter((share) => share !== undefined)) };
}

function findGap(test: LeafTest, view: ProfileView, context: JudgeContext): Gap | undefined {
  const zh = context.language !== "en";
  if (test.kind === "age" && test.atLeast) {
    const held = view.value(test.field);
    if (held?.kind !== "date") return undefined;
    const months = countMonthsUntil(context.asOf, addMonths(held.from, test.months));
    return { text: zh ? `至少还差${describeSpan(months, zh)}` : `${describeSpan(months, zh)} to go` };
  }
  if (test.kind !== "number") return undefined;
  const possible = view.figure(test.field)?.interval;
  const gap = possible && measureGap(possible, test.accepted);
  if (!gap) return undefined;
  // 300人 where more than 300 are asked for: nothing sensible to say in numbers but that it must be more.
  const open = gap.least === 0;
  const amount = open ? "" : describeAmount(gap.least, test.unit, zh ? "zh" : "en");
  const exactly = gap.least === gap.most;
  const text = zh
    ? wordGap(gap.beyond, open, exactly, amount)
    : wordGapInEnglish(gap.beyond, open, exactly, amount);
  return { text, share: gap.share };
}

function wordGap(beyond: boolean, open: boolean, exactly: boolean, amount: string): string {
  if (open) return beyond ? "须再少一些（不含本数）" : "须再多一些（不含本数）";
  return `${exactly ? "" : "至少"}${beyond ? "超出" : "还差"}${amount}`;
}

function wordGapInEnglish(beyond: boolean, open: boolean, exactly: boolean, amount: string): string {
  if (open) return beyond ? "must be less (bound excluded)" : "must be more (bound excluded)";
  return `${exactly ? "" : "at least "}${amount} ${beyond ? "too much" : "short"}`;
}

/** Begun months count. */
function countMonthsUntil(from: string, to: string): number {
  const whole = countCompletedMonths(from, to);
  return addMonths(from, whole) < to ? whole + 1 : whole;
}

/** The first day after today on which it is met, if nothing else changes. */
function findFirstMetDay(
  test: CompiledTest,
  view: ProfileView,
  asOf: string,
  days: readonly string[],
): string | undefined {
  if (days.length === 0) return undefined;
  const coming = [...new Set(days)].filter((day) => day > asOf).sort();
  return coming.find((day) => judgeTest(test, view, day) === "met");
}
