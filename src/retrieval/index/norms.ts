import { type Segment, segmentSize, WEIGHT_UNITS } from "./segment.ts";

export interface RankingParameters {
  /** BM25's saturation and length weight. */
  k1: number;
  b: number;
}

/** Over the live clauses of an index. */
export interface Totals {
  clauses: number;
  groups: number;
  /** Sums over live clauses, in weight units. */
  words: number;
  grams: number;
}

/** BM25's denominators, `k1 × (1 − b + b × length ÷ average)`, in the units of posting weights. */
export interface Norms {
  words: Float32Array;
  grams: Float32Array;
  /** The same over whole groups. */
  groupWords: Float32Array;
  groupGrams: Float32Array;
}

export function createNorms(segment: Segment, totals: Totals, parameters: RankingParameters): Norms {
  const groups = segment.groupTitles.length;
  return {
    words: toNorms(segment.wordLengths, totals.words / totals.clauses, parameters),
    grams: toNorms(segment.gramLengths, totals.grams / totals.clauses, parameters),
    groupWords: toNorms(
      sumGroups(segment, segment.wordLengths, groups),
      totals.words / totals.groups,
      parameters,
    ),
    groupGrams: toNorms(
      sumGroups(segment, segment.gramLengths, groups),
      totals.grams / totals.groups,
      parameters,
    ),
  };
}

function toNorms(lengths: Uint32Array, average: number, { k1, b }: RankingParameters): Float32Array {
  const mean = average > 0 ? average : 1;
  const norms = new Float32Array(lengths.length);
  // By index: going through by an iterator takes tens of times as long, and every publication makes all norms anew.
  for (let index = 0; index < lengths.length; index += 1)
    norms[index] = WEIGHT_UNITS * k1 * (1 - b + (b * (lengths[index] as number)) / mean);
  return norms;
}

function sumGroups(segment: Segment, lengths: Uint32Array, groups: number): Uint32Array {
  const sums = new Uint32Array(groups);
  for (let clause = 0; clause < segmentSize(segment); clause += 1) {
    const group = segment.groupOf[clause] as number;
    sums[group] = (sums[group] as number) + (lengths[clause] as number);
  }
  return sums;
}
