import type { Norms, RankingParameters } from "./norms.ts";
import { type Segment, segmentSize } from "./segment.ts";
import { findTerm, type TermKind } from "./term-table.ts";

/** A term with what a saturated occurrence of it is worth. */
export interface ScoredTerm {
  kind: TermKind;
  text: string;
  /** For a clause: idf × discount. */
  weight: number;
  /** For a whole group: idf among groups × discount. */
  groupWeight: number;
}

/** Terms of which a clause gets the best, not the sum: a word and what stands for it. Most sets hold one term. */
export type TermSet = readonly ScoredTerm[];

export interface SegmentScores {
  clauses: Float32Array;
  groups: Float32Array;
}

/** BM25 of every clause, and of every group taken as one text, in one walk over the postings. Dead clauses are scored too. */
export function scorePostings(
  segment: Segment,
  norms: Norms,
  sets: readonly TermSet[],
  parameters: RankingParameters,
): SegmentScores {
  const scores = createScores(segment);
  let best: SegmentScores | undefined;
  for (const set of sets) {
    if (set.length === 1) {
      for (const term of set) scoreTerm(segment, norms, term, parameters, scores);
      continue;
    }
    best ??= createScores(segment);
    for (const term of set) keepLarger(scoreTerm(segment, norms, term, parameters), best);
    addAndClear(best, scores);
  }
  return scores;
}

function createScores(segment: Segment): SegmentScores {
  return {
    clauses: new Float32Array(segmentSize(segment)),
    groups: new Float32Array(segment.groupTitles.length),
  };
}

function keepLarger(found: SegmentScores, best: SegmentScores): void {
  for (const part of ["clauses", "groups"] as const) {
    const target = best[part];
    found[part].forEach((score, position) => {
      if (score > (target[position] as number)) target[position] = score;
    });
  }
}

function addAndClear(best: SegmentScores, scores: SegmentScores): void {
  for (const part of ["clauses", "groups"] as const) {
    const target = scores[part];
    best[part].forEach((score, position) => {
      if (score > 0) target[position] = (target[position] as number) + score;
    });
    best[part].fill(0);
  }
}

/** The clauses of a group stand side by side, so its occurrences are complete when the next group begins. */
function scoreTerm(
  segment: Segment,
  norms: Norms,
  term: ScoredTerm,
  { k1 }: RankingParameters,
  target: SegmentScores = createScores(segment),
): SegmentScores {
  const number = findTerm(segment.terms, term.kind, term.text);
  if (number < 0) return target;
  const { postingClauses, postingWeights, groupOf } = segment;
  const { clauses, groups } = target;
  const clauseNorms = term.kind === "word" ? norms.words : norms.grams;
  const groupNorms = term.kind === "word" ? norms.groupWords : norms.groupGrams;
  const weight = term.weight * (k1 + 1);
  const groupWeight = term.groupWeight * (k1 + 1);
  const end = segment.postingStarts[number + 1] as number;
  let group = -1;
  let inGroup = 0;
  for (let posting = segment.postingStarts[number] as number; posting < end; posting += 1) {
    const clause = postingClauses[posting] as number;
    const occurrences = postingWeights[posting] as number;
    clauses[clause] =
      (clauses[clause] as number) + (weight * occurrences) / (occurrences + (clauseNorms[clause] as number));
    const owner = groupOf[clause] as number;
    if (owner !== group) {
      if (inGroup > 0) addGroup(groups, group, groupWeight, inGroup, groupNorms);
      group = owner;
      inGroup = 0;
    }
    inGroup += occurrences;
  }
  if (inGroup > 0) addGroup(groups, group, groupWeight, inGroup, groupNorms);
  return target;
}

function addGroup(
  groups: Float32Array,
  group: number,
  weight: number,
  count: number,
  norms: Float32Array,
): void {
  groups[group] = (groups[group] as number) + (weight * count) / (count + (norms[group] as number));
}

/** What the best term of a set adds to one clause, and which it is; for explaining a score. */
export function scoreSetInClause<Term extends ScoredTerm>(
  segment: Segment,
  norms: Norms,
  clause: number,
  set: readonly Term[],
  { k1 }: RankingParameters,
): { score: number; term: Term | undefined } {
  let best: { score: number; term: Term | undefined } = { score: 0, term: undefined };
  for (const term of set) {
    const occurrences = findOccurrences(segment, clause, findTerm(segment.terms, term.kind, term.text));
    if (occurrences === 0) continue;
    const norm = (term.kind === "word" ? norms.words : norms.grams)[clause] as number;
    const score = (term.weight * (k1 + 1) * occurrences) / (occurrences + norm);
    if (score > best.score) best = { score, term };
  }
  return best;
}

function findOccurrences(segment: Segment, clause: number, term: number): number {
  if (term < 0) return 0;
  let low = segment.postingStarts[term] as number;
  let high = segment.postingStarts[term + 1] as number;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = segment.postingClauses[middle] as number;
    if (found === clause) return segment.postingWeights[middle] as number;
    if (found < clause) low = middle + 1;
    else high = middle;
  }
  return 0;
}
