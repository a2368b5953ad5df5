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
  let best: BestScores | undefined;
  for (const set of sets) {
    const [first] = set;
    if (first && set.length === 1) {
      scoreTerm(segment, norms, first, parameters, scores);
      continue;
    }
    best ??= { ...createScores(segment), touchedClauses: [], touchedGroups: [] };
    for (const term of set) scoreTerm(segment, norms, term, parameters, best);
    addAndClear(best.clauses, best.touchedClauses, scores.clauses);
    addAndClear(best.groups, best.touchedGroups, scores.groups);
  }
  return scores;
}

/** The best score of the terms of one set; what was touched is noted, so that clearing costs no more than scoring. */
interface BestScores extends SegmentScores {
  touchedClauses: number[];
  touchedGroups: number[];
}

function createScores(segment: Segment): SegmentScores {
  return {
    clauses: new Float32Array(segmentSize(segment)),
    groups: new Float32Array(segment.groupTitles.length),
  };
}

function addAndClear(best: Float32Array, touched: number[], sums: Float32Array): void {
  for (const position of touched) {
    sums[position] = (sums[position] as number) + (best[position] as number);
    best[position] = 0;
  }
  touched.length = 0;
}

/** Adds to sums, or, given touched lists, keeps the larger. */
function put(target: Float32Array, position: number, score: number, touched: number[] | undefined): void {
  const before = target[position] as number;
  if (touched === undefined) {
    target[position] = before + score;
  } else if (score > before) {
    if (before === 0) touched.push(position);
    target[position] = score;
  }
}

/** The clauses of a group stand side by side, so its occurrences are complete when the next group begins. */
function scoreTerm(
  segment: Segment,
  norms: Norms,
  term: ScoredTerm,
  { k1 }: RankingParameters,
  target: SegmentScores & Partial<BestScores>,
): void {
  const number = findTerm(segment.terms, term.kind, term.text);
  if (number < 0) return;
  const { postingClauses, postingWeights, groupOf } = segment;
  const { clauses, groups, touchedClauses, touchedGroups } = target;
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
    const score = (weight * occurrences) / (occurrences + (clauseNorms[clause] as number));
    put(clauses, clause, score, touchedClauses);
    const owner = groupOf[clause] as number;
    if (owner !== group) {
      if (inGroup > 0)
        put(
          groups,
          group,
          (groupWeight * inGroup) / (inGroup + (groupNorms[group] as number)),
          touchedGroups,
        );
      group = owner;
      inGroup = 0;
    }
    inGroup += occurrences;
  }
  if (inGroup > 0)
    put(groups, group, (groupWeight * inGroup) / (inGroup + (groupNorms[group] as number)), touchedGroups);
}

/** The numbers of a set's terms in a segment: looked up once, not for every clause that is explained. */
export interface LocatedSet<Term extends ScoredTerm> {
  terms: readonly Term[];
  numbers: readonly number[];
}

export function locateSets<Term extends ScoredTerm>(
  segment: Segment,
  sets: readonly (readonly Term[])[],
): LocatedSet<Term>[] {
  return sets
    .map((terms) => ({ terms, numbers: terms.map((term) => findTerm(segment.terms, term.kind, term.text)) }))
    .filter(({ numbers }) => numbers.some((number) => number >= 0));
}

/** What the best term of a set adds to one clause, and which it is; for explaining a score. */
export function scoreSetInClause<Term extends ScoredTerm>(
  segment: Segment,
  norms: Norms,
  clause: number,
  { terms, numbers }: LocatedSet<Term>,
  { k1 }: RankingParameters,
): { score: number; term: Term | undefined } {
  let best: { score: number; term: Term | undefined } = { score: 0, term: undefined };
  for (let index = 0; index < terms.length; index += 1) {
    const term = terms[index] as Term;
    const occurrences = findOccurrences(segment, clause, numbers[index] as number);
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
