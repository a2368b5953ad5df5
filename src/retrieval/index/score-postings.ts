import type { Norms, RankingParameters } from "./norms.ts";
import { type Segment, segmentSize } from "./segment.ts";
import { findTerm, type TermKind } from "./term-table.ts";

/** A term with what a saturated occurrence of it is worth. */
export interface ScoredTerm {
  kind: TermKind;
  text: string;
  /** For a clause: idf × discount. */
  weight: number;
  /** For a whole group: idf among groups × discount; 0: not counted. */
  groupWeight: number;
}

export interface SegmentScores {
  clauses: Float32Array;
  groups: Float32Array;
}

/** BM25 of every clause, and of every group taken as one text, in one walk over the postings. Dead clauses are scored too. */
export function scorePostings(
  segment: Segment,
  norms: Norms,
  terms: readonly ScoredTerm[],
  { k1 }: RankingParameters,
): SegmentScores {
  const clauses = new Float32Array(segmentSize(segment));
  const groups = new Float32Array(segment.groupTitles.length);
  for (const term of terms) {
    const number = findTerm(segment.terms, term.kind, term.text);
    if (number < 0) continue;
    const isWord = term.kind === "word";
    addTerm(segment, number, {
      clauses,
      groups,
      clauseNorms: isWord ? norms.words : norms.grams,
      groupNorms: isWord ? norms.groupWords : norms.groupGrams,
      weight: term.weight * (k1 + 1),
      groupWeight: term.groupWeight * (k1 + 1),
    });
  }
  return { clauses, groups };
}

interface TermTarget {
  clauses: Float32Array;
  groups: Float32Array;
  clauseNorms: Float32Array;
  groupNorms: Float32Array;
  weight: number;
  groupWeight: number;
}

/** The clauses of a group stand side by side, so its occurrences are complete when the next group begins. */
function addTerm(segment: Segment, term: number, target: TermTarget): void {
  const { postingClauses, postingWeights, groupOf } = segment;
  const { clauses, groups, clauseNorms, groupNorms, weight, groupWeight } = target;
  const end = segment.postingStarts[term + 1] as number;
  let group = -1;
  let inGroup = 0;
  for (let posting = segment.postingStarts[term] as number; posting < end; posting += 1) {
    const clause = postingClauses[posting] as number;
    const occurrences = postingWeights[posting] as number;
    clauses[clause] =
      (clauses[clause] as number) + (weight * occurrences) / (occurrences + (clauseNorms[clause] as number));
    if (groupWeight === 0) continue;
    const owner = groupOf[clause] as number;
    if (owner !== group) {
      if (inGroup > 0) addGroup(groups, group, groupWeight, inGroup, groupNorms);
      group = owner;
      inGroup = 0;
    }
    inGroup += occurrences;
  }
  if (inGroup > 0) addGroup(groups, group, groupWeight, inGroup, groupNorms);
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

/** What one term adds to one clause; for explaining a score. */
export function scoreTermInClause(
  segment: Segment,
  norms: Norms,
  clause: number,
  term: ScoredTerm,
  { k1 }: RankingParameters,
): number {
  const occurrences = findOccurrences(segment, clause, findTerm(segment.terms, term.kind, term.text));
  const norm = (term.kind === "word" ? norms.words : norms.grams)[clause] as number;
  return occurrences === 0 ? 0 : (term.weight * (k1 + 1) * occurrences) / (occurrences + norm);
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
