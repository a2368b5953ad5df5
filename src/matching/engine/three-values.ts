import type { CriterionVerdictValue } from "../types.ts";

/** Strong Kleene: one unmet part decides, else one unknown part leaves it open. */
export function conjoin(values: readonly CriterionVerdictValue[]): CriterionVerdictValue {
  let all: CriterionVerdictValue = "met";
  for (const value of values) {
    if (value === "unmet") return "unmet";
    if (value === "unknown") all = "unknown";
  }
  return all;
}

/** Strong Kleene: one met part decides, else one unknown part leaves it open. */
export function disjoin(values: readonly CriterionVerdictValue[]): CriterionVerdictValue {
  let any: CriterionVerdictValue = "unmet";
  for (const value of values) {
    if (value === "met") return "met";
    if (value === "unknown") any = "unknown";
  }
  return any;
}

export function negate(value: CriterionVerdictValue): CriterionVerdictValue {
  if (value === "unknown") return "unknown";
  return value === "met" ? "unmet" : "met";
}
