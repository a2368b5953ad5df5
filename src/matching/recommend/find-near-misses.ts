import { type FoundNearMiss, findNearMiss } from "../engine/find-near-miss.ts";
import { type ListingContext, whyNotForThem } from "./decide-listing.ts";
import type { Candidate } from "./rank-program.ts";
import { MOST_NEAR_MISSES } from "./weights.ts";

export interface NearCandidate extends FoundNearMiss {
  candidate: Candidate;
}

/** What they would want and do not reach yet, by time or by a number; best first. */
export function findNearMisses(all: readonly Candidate[], context: ListingContext): NearCandidate[] {
  const found: NearCandidate[] = [];
  for (const candidate of all) {
    const { judged, indexed } = candidate;
    if (judged.verdict !== "not-eligible" || whyNotForThem(candidate, context) !== null) continue;
    const near = findNearMiss(indexed.program, judged);
    if (near) found.push({ ...near, candidate });
  }
  return found.sort((a, b) => b.candidate.score - a.candidate.score).slice(0, MOST_NEAR_MISSES);
}
