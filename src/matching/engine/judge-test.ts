import type { FieldId } from "../../enterprises/index.ts";
import type { CriterionVerdictValue } from "../types.ts";
import type { CompiledTest } from "./compile-test.ts";
import { addDays, addMonths } from "./days.ts";
import { compareWithAccepted, type Interval, isEmpty } from "./interval.ts";
import { judgeTerms } from "./judge-terms.ts";
import { comparePlace } from "./places.ts";
import type { ProfileView } from "./profile-view.ts";
import { conjoin, disjoin, negate } from "./three-values.ts";

export type LeafTest = Exclude<CompiledTest, { kind: "any" } | { kind: "all" }>;

/** How a leaf stands on a day, with what is needed to say more of it. */
export interface LeafJudgement {
  value: CriterionVerdictValue;
  /** Open for another reason than facts that are missing. */
  personOnly?: boolean;
  /** Days on which it may turn. */
  days?: string[];
}

export function judgeTest(test: CompiledTest, view: ProfileView, day: string): CriterionVerdictValue {
  if (test.kind === "any") return disjoin(test.parts.map((part) => judgeTest(part, view, day)));
  if (test.kind === "all") return conjoin(test.parts.map((part) => judgeTest(part, view, day)));
  return judgeLeaf(test, view, day).value;
}

export function judgeLeaf(test: LeafTest, view: ProfileView, day: string): LeafJudgement {
  if (test.kind === "undecidable") return { value: "unknown", personOnly: true };
  if (test.kind === "number") {
    const possible = view.figure(test.field)?.interval;
    return { value: possible ? compareWithAccepted(possible, test.accepted) : "unknown" };
  }
  const held = view.value(test.field);
  if (held === undefined) return { value: "unknown" };
  if (test.kind === "flag" && held.kind === "flag")
    return { value: held.value === test.wanted ? "met" : "unmet" };
  if (test.kind === "choice" && held.kind === "choice") return judgeChoice(test, held.oneOf);
  if (test.kind === "place" && held.kind === "place") return judgePlace(test, held.path);
  if ((test.kind === "age" || test.kind === "date") && held.kind === "date")
    return judgeDate(test, held, day);
  if (test.kind === "terms" && held.kind === "terms") {
    const judged = judgeTerms(test.terms, held, day);
    return test.negated ? { ...judged, value: negate(judged.value) } : judged;
  }
  return { value: "unknown" };
}

function judgeChoice(test: LeafTest & { kind: "choice" }, oneOf: readonly string[]): LeafJudgement {
  if (oneOf.length === 0) return { value: "unknown" };
  const each = oneOf.map(
    (id): CriterionVerdictValue => (test.wanted.has(id) ? "met" : test.unclear.has(id) ? "unknown" : "unmet"),
  );
  return agree(
    each,
    test.negated,
    oneOf.every((id) => !test.wanted.has(id) && test.unclear.has(id)),
  );
}

function judgePlace(test: LeafTest & { kind: "place" }, path: readonly string[]): LeafJudgement {
  const wanted = disjoin(test.wanted.map((place) => comparePlace(path, place)));
  if (wanted === "met") return agree(["met"], test.negated, false);
  const unclear = disjoin(test.unclear.map((place) => comparePlace(path, place)));
  return agree(
    [unclear === "unmet" ? wanted : "unknown"],
    test.negated,
    wanted === "unmet" && unclear === "met",
  );
}

/** Possibilities that all agree decide. */
function agree(each: readonly CriterionVerdictValue[], negated: boolean, personOnly: boolean): LeafJudgement {
  const first = each[0] ?? "unknown";
  const value = each.every((one) => one === first) ? first : "unknown";
  return { value: negated ? negate(value) : value, personOnly };
}

function judgeDate(
  test: LeafTest & { kind: "age" | "date" },
  held: { from: string; to: string },
  day: string,
): LeafJudgement {
  if (held.from >= held.to) return { value: "unknown" };
  const last = addDays(held.to, -1);
  if (test.kind === "date") {
    const after = held.from >= test.day ? "met" : last < test.day ? "unmet" : "unknown";
    return { value: test.onOrAfter ? after : negate(after) };
  }
  const surelyFrom = addMonths(last, test.months);
  const reached = surelyFrom <= day ? "met" : addMonths(held.from, test.months) > day ? "unmet" : "unknown";
  return test.atLeast ? { value: reached, days: [surelyFrom] } : { value: negate(reached) };
}

/** How far a number stands from what is wanted, when no possible value reaches it. */
export interface NumberGap {
  /** The least and the most that is missing, in the field's unit. */
  least: number;
  most: number;
  beyond: boolean;
  /** The least that is missing, as a share of the threshold. */
  share: number;
}

export function measureGap(possible: Interval, accepted: Interval): NumberGap | undefined {
  if (isEmpty(possible)) return undefined;
  const short = possible.max <= accepted.min;
  const threshold = short ? accepted.min : accepted.max;
  const [least, most] = short
    ? [accepted.min - possible.max, accepted.min - possible.min]
    : [possible.min - accepted.max, possible.max - accepted.max];
  const share = threshold === 0 ? Number.POSITIVE_INFINITY : least / Math.abs(threshold);
  return { least, most, beyond: !short, share };
}

export function fieldsOf(test: CompiledTest): FieldId[] {
  if (test.kind === "any" || test.kind === "all") return [...new Set(test.parts.flatMap(fieldsOf))];
  return [test.field];
}
