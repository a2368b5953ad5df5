import type { RankingParameters } from "../index/norms.ts";
import { scoreTermInClause } from "../index/score-postings.ts";
import type { QueryAnalysis, ScoreParts } from "../types.ts";
import { type ClauseFeatures, measureClause } from "./clause-features.ts";
import type { ClauseTexts } from "./clause-texts.ts";
import { type DocumentNaming, findDocumentNumbers, isSameNumber } from "./document-names.ts";
import type { Candidate } from "./find-candidates.ts";
import type { PlaceScope } from "./place-agreement.ts";
import { createQueryProfile } from "./query-profile.ts";
import type { RankingWeights } from "./ranking-weights.ts";
import type { RankedTerm } from "./score-terms.ts";

export interface RankedCandidate {
  candidate: Candidate;
  score: number;
  parts: ScoreParts;
  coverage: number;
}

export interface RankingTask {
  analysis: QueryAnalysis;
  terms: readonly RankedTerm[];
  places: PlaceScope;
  naming: DocumentNaming;
  texts: ClauseTexts;
  parameters: RankingParameters;
  weights: RankingWeights;
}

/** Orders candidates by everything that is known of them. Every part of a score can be told. */
export function rankClauses(candidates: readonly Candidate[], task: RankingTask): RankedCandidate[] {
  const profile = createQueryProfile(task.analysis);
  const ranked = candidates.map((candidate) => {
    const texts = task.texts.of(candidate.view.segment, candidate.clause);
    const features = measureClause(profile, texts);
    const parts = addUp(candidate, features, profile.wordMass, task);
    addDocumentParts(parts, candidate, texts.text, task);
    return { candidate, score: sumParts(parts), parts, coverage: features.coverage };
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
  wordMass: number,
  { terms, parameters, weights }: RankingTask,
): ScoreParts {
  const { view, clause } = candidate;
  const sums = { words: 0, grams: 0, lexicon: 0 };
  for (const term of terms) {
    sums[term.part] += scoreTermInClause(view.segment, view.norms, clause, term, parameters);
  }
  return {
    words: sums.words,
    grams: sums.grams,
    lexicon: sums.lexicon,
    heading:
      weights.headingBigrams * features.headingBigrams + weights.openingBigrams * features.openingBigrams,
    document: weights.document * candidate.document,
    vector: weights.vector * candidate.similarity * wordMass,
    place: 0,
    coverage: weights.wordsFound * features.wordsFound + weights.bigramsFound * features.bigramsFound,
    closeness:
      weights.runsFound * features.runsFound +
      weights.closeness * features.closeness +
      weights.sentenceWords * features.sentenceWords +
      weights.sentenceBigrams * features.sentenceBigrams,
    kinds: weights.kinds * features.kinds * wordMass,
  };
}

/** What a document is counts in shares of the score so far, so that it moves a good clause more than a chance match. */
function addDocumentParts(
  parts: ScoreParts,
  candidate: Candidate,
  text: string,
  { places, naming, weights }: RankingTask,
): void {
  const base = Math.max(0, sumParts(parts));
  const agreement = places.agreementOf(candidate.version.places);
  if (agreement === "asked") parts.place = weights.placeAsked * base;
  if (agreement === "other") parts.place = -weights.placeOther * base;
  parts.document += weights.namedDocument * naming.strengthFor(candidate.version) * base;
  if (naming.numbers.length > 0) {
    const cited = findDocumentNumbers(text).some((number) =>
      naming.numbers.some((asked) => isSameNumber(asked, number)),
    );
    if (cited) parts.document += weights.citedNumber * base;
  }
}

export function sumParts(parts: ScoreParts): number {
  return Object.values(parts).reduce((sum: number, part: number) => sum + part, 0);
}
