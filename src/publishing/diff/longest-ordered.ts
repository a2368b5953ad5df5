import type { ClausePair } from "./diff-types.ts";

/** The new positions of the largest set of pairs that stand in the same order in both texts. O(n log n). */
export function longestOrdered(pairs: readonly ClausePair[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous = new Array<number>(pairs.length).fill(-1);
  for (const [index, pair] of pairs.entries()) {
    const place = findPlace(tails, pairs, pair.before);
    previous[index] = place > 0 ? (tails[place - 1] ?? -1) : -1;
    tails[place] = index;
  }
  const kept = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index];
    if (pair) kept.add(pair.after);
  }
  return kept;
}

function findPlace(tails: readonly number[], pairs: readonly ClausePair[], before: number): number {
  let low = 0;
  let high = tails.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = pairs[tails[middle] ?? -1]?.before ?? Number.POSITIVE_INFINITY;
    if (value < before) low = middle + 1;
    else high = middle;
  }
  return low;
}
