import type { ClockKind } from "../types.ts";
import type { Share, SlaByKind, Spread } from "./figure-types.ts";
import { createTally, spreadOf } from "./measures.ts";

/** Clocks of the whole desk, a department or a person. */
export interface ClockTally {
  judge(kind: ClockKind, kept: boolean): void;
  measure(kind: ClockKind, minutes: number): void;
  rate(score: number): void;
  sla(): Share;
  slaByKind(): SlaByKind;
  firstResponse(): Spread;
  resolution(): Spread;
  scores(): readonly number[];
}

export function createClockTally(): ClockTally {
  const all = createTally();
  const kinds = {
    "first-response": createTally(),
    "next-response": createTally(),
    resolution: createTally(),
  };
  const minutes: Record<ClockKind, number[]> = {
    "first-response": [],
    "next-response": [],
    resolution: [],
  };
  const scores: number[] = [];
  return {
    judge(kind, kept) {
      all.add(kept);
      kinds[kind].add(kept);
    },
    measure: (kind, used) => void minutes[kind].push(used),
    rate: (score) => void scores.push(score),
    sla: () => all.share(),
    slaByKind: () => ({
      "first-response": kinds["first-response"].share(),
      "next-response": kinds["next-response"].share(),
      resolution: kinds.resolution.share(),
    }),
    firstResponse: () => spreadOf(minutes["first-response"]),
    resolution: () => spreadOf(minutes.resolution),
    scores: () => scores,
  };
}

/** One tally a key, made when first asked for. */
export function createTallies(): { of(key: string): ClockTally; keys(): Iterable<string> } {
  const tallies = new Map<string, ClockTally>();
  return {
    of(key) {
      const known = tallies.get(key) ?? createClockTally();
      tallies.set(key, known);
      return known;
    },
    keys: () => tallies.keys(),
  };
}
