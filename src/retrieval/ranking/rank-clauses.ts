import type { RankingParameters } from "../index/norms.ts";
import { type LocatedSet, locateSets, scoreSetInClause } from "../index/score-postings.ts";
import type { Segment } from "../index/segment.ts";
import type { QueryAnalysis, ScoreParts } from "../types.ts";
import { type ClauseFeatures, measureClause } from "./clause-features.ts";
import type { ClauseTexts } from "./clause-texts.ts";
import { type DocumentNaming, findDocumentNumbers, isSameNumber } from "./document-names.ts";
import type { Candidate } from "./find-candidates.ts";
import type { PlaceScope } from "./place-agreement.ts";
import { createQueryProfile } from "./query-profile.ts";
import type { RankingWeights } from "./ranking-weights.ts";
import type { RankedTerm, RankedTermSet } from "./score-terms.ts";

export interface RankedCandidate {
  candidate: Candidate;
  score: number;
  parts: ScoreParts;
  coverage: number;
}

export interface RankingTask {
  analysis: QueryAnalysis;
  terms: readonly RankedTermSet[];
  places: PlaceScope;
  naming: DocumentNaming;
  texts: ClauseTexts;
  parameters: RankingParameters;
  weights: RankingWeights;
}

/** Orders candidates by everything that is known of them. Every part of a score can be told. */
export function rankClauses(candidates: readonly Candidate[], task: RankingTask): RankedCandidate[] {
  const profile = createQueryProfile(task.analysis);
  const located = new Map<Segment, LocatedSet<RankedTerm>[]>();
  const locate = (segment: Segment): LocatedSet<RankedTerm>[] => {
    const sets = located.get(segment) ?? locateSets(segment, task.terms);
    located.set(segment, sets);
    return sets;
  };
  const measured = candidates.map((candidate) => {
    const texts = task.texts.of(candidate.view.segment, candidate.clause);
    const features = measureClause(profile, texts);
    const parts = addUp(
      candidate,
      features,
      { sets: locate(candidate.view.segment), mass: profile.wordMass },
      task,
    );
    if (features.isEmpty) parts.emptiness = -task.weights.emptiness * sumParts(parts);
    return { candidate, parts, base: sumParts(parts), text: texts.text, coverage: features.coverage };
  });
  const highest = measured.reduce((most, { base }) => Math.max(most, base), 0);
  // No word in common with any clause: then nearness in meaning alone decides.
  const best = highest > 0 ? highest : 1;
  const ranked = measured.map(({ candidate, parts, base, text, coverage }) => {
    parts.vector = task.weights.vector * candidate.similarity * best;
    addDocumentParts(parts, candidate, { base: base + parts.vector, best, text }, task);
    return { candidate, score: sumParts(parts), parts, coverage };
  });
  return ranked.sort(
    (left, right) =>
      right.score - left.score ||
      right.candidate.document - left.candidate.document ||
      byPosition(left, right),
  );
}

/** Equal scores must come in one order, whatever the segments. */
function byPosition(left: RankedCandidate, right: RankedCandidate): number {
  const a = left.candidate;
  const b = right.candidate;
  if (a.version.versionId !== b.version.versionId) return a.version.versionId < b.version.versionId ? -1 : 1;
  return (a.view.segment.ordinals[a.clause] as number) - (b.view.segment.ordinals[b.clause] as number);
}

function addUp(
  candidate: Candidate,
  features: ClauseFeatures,
  { sets, mass }: { sets: readonly LocatedSet<RankedTerm>[]; mass: number },
  { parameters, weights }: RankingTask,
): ScoreParts {
  const { view, clause } = candidate;
  const sums = { words: 0, grams: 0, lexicon: 0 };
  for (const set of sets) {
    const { score, term } = scoreSetInClause(view.segment, view.norms, clause, set, parameters);
    if (term) sums[term.part] += score;
  }
  return {
    words: sums.words,
    grams: sums.grams,
    lexicon: sums.lexicon,
    heading:
      weights.headingBigrams * features.headingBigrams + weights.openingBigrams * features.openingBigrams,
    document: weights.document * candidate.document,
    vector: 0,
    place: 0,
    coverage: weights.wordsFound * features.wordsFound + weights.bigramsFound * features.bigramsFound,
    closeness:
      weights.runsFound * features.runsFound +
      weights.closeness * features.closeness +
      weights.sentenceWords * features.sentenceWords +
      weights.sentenceBigrams * features.sentenceBigrams,
    kinds: weights.kinds * features.kinds * mass,
    emptiness: 0,
  };
}

/**
 * A document that the question means is lifted by a share of the best score, so that its fair clauses pass the best of
 * others but its chance matches do not. A document of another place loses a share of its own.
 */
function addDocumentParts(
  parts: ScoreParts,
  candidate: Candidate,
  { base, best, text }: { base: number; best: number; text: string },
  { places, naming, weights }: RankingTask,
): void {
  const agreement = places.agreementOf(candidate.version.places);
  if (agreement === "asked") parts.place = weights.placeAsked * best;
  if (agreement === "home") parts.place = weights.placeHome * base;
  if (agreement === "other") parts.place = -weights.placeOther * base;
  parts.document += weights.namedDocument * naming.strengthFor(candidate.version) * best;
  if (naming.isOfNamedKind(candidate.version)) parts.document += weights.namedKind * base;
  if (naming.numbers.length > 0) {
    const cited = findDocumentNumbers(text).some((number) =>
      naming.numbers.some((asked) => isSameNumber(asked, number)),
    );
    if (cited) parts.document += weights.citedNumber * best;
  }
}

export function sumParts(parts: ScoreParts): number {
  return Object.values(parts).reduce((sum: number, part: number) => sum + part, 0);
}
