import type { Share, Spread } from "./figure-types.ts";

export interface Tally {
  add(counted: boolean): void;
  share(): Share;
}

export function createTally(): Tally {
  let count = 0;
  let of = 0;
  return {
    add(counted) {
      of += 1;
      if (counted) count += 1;
    },
    share: () => toShare(count, of),
  };
}

export function toShare(count: number, of: number): Share {
  return { count, of, rate: of === 0 ? null : count / of };
}

export function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
  return { count: sorted.length, mean: meanOf(sorted), p50: rank(0.5), p90: rank(0.9) };
}
