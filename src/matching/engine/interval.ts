import type { FactValue } from "../../enterprises/index.ts";
import type { CriterionVerdictValue } from "../types.ts";

/** The true number lies between; an infinite end is no bound. */
export interface Interval {
  min: number;
  max: number;
  minOpen: boolean;
  maxOpen: boolean;
}

export function toInterval(fact: FactValue & { kind: "number" }, counted: boolean): Interval {
  const interval: Interval = {
    min: fact.min === null ? Number.NEGATIVE_INFINITY : smooth(fact.min),
    max: fact.max === null ? Number.POSITIVE_INFINITY : smooth(fact.max),
    minOpen: fact.minOpen === true,
    maxOpen: fact.maxOpen === true,
  };
  return counted ? tightenToIntegers(interval) : interval;
}

/** 1.15 × 10^8 in floating point misses 115000000 by a hair, and with it a threshold. */
export function smooth(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(14));
}

/** People and things are whole: more than 299 is at least 300. */
export function tightenToIntegers(interval: Interval): Interval {
  const { min, max } = interval;
  return {
    min: interval.minOpen && Number.isInteger(min) ? min + 1 : Math.ceil(min),
    max: interval.maxOpen && Number.isInteger(max) ? max - 1 : Math.floor(max),
    minOpen: false,
    maxOpen: false,
  };
}

export function isEmpty(interval: Interval): boolean {
  return (
    interval.min > interval.max ||
    (interval.min === interval.max && (interval.minOpen || interval.maxOpen)) ||
    Number.isNaN(interval.min) ||
    Number.isNaN(interval.max)
  );
}

export function isExact(interval: Interval): boolean {
  return interval.min === interval.max;
}

export function intersect(a: Interval, b: Interval): Interval {
  const min = Math.max(a.min, b.min);
  const max = Math.min(a.max, b.max);
  return {
    min,
    max,
    minOpen: (a.min === min && a.minOpen) || (b.min === min && b.minOpen),
    maxOpen: (a.max === max && a.maxOpen) || (b.max === max && b.maxOpen),
  };
}

/** Met: every possible value is accepted. Unmet: none is. */
export function compareWithAccepted(possible: Interval, accepted: Interval): CriterionVerdictValue {
  if (isEmpty(possible)) return "unknown";
  const common = intersect(possible, accepted);
  if (isEmpty(common)) return "unmet";
  const inside =
    common.min === possible.min &&
    common.max === possible.max &&
    common.minOpen === possible.minOpen &&
    common.maxOpen === possible.maxOpen;
  return inside ? "met" : "unknown";
}

/** `part` as per cent of `whole`; both not negative. Undefined where nothing can be said. */
export function toPercentage(part: Interval, whole: Interval): Interval | undefined {
  if (part.min < 0 || whole.min < 0 || whole.max <= 0 || isEmpty(part) || isEmpty(whole)) return undefined;
  const min = whole.max === Number.POSITIVE_INFINITY ? 0 : (part.min * 100) / whole.max;
  const max = whole.min === 0 ? Number.POSITIVE_INFINITY : (part.max * 100) / whole.min;
  return {
    min,
    max,
    minOpen: min > 0 && (part.minOpen || whole.maxOpen),
    maxOpen: max > min && (part.maxOpen || whole.minOpen),
  };
}

/** So many per cent of `whole`; both not negative. */
export function takePercentage(percentage: Interval, whole: Interval): Interval | undefined {
  if (percentage.min < 0 || whole.min < 0 || isEmpty(percentage) || isEmpty(whole)) return undefined;
  const max = percentage.max === 0 || whole.max === 0 ? 0 : (percentage.max * whole.max) / 100;
  const min = (percentage.min * whole.min) / 100;
  return {
    min,
    max,
    minOpen: min > 0 && (percentage.minOpen || whole.minOpen),
    maxOpen: max > min && (percentage.maxOpen || whole.maxOpen),
  };
}
