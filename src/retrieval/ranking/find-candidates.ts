import type { SegmentView } from "../index/clause-index.ts";
import type { RankingParameters } from "../index/norms.ts";
import { scorePostings } from "../index/score-postings.ts";
import type { VersionFacts } from "../index/segment.ts";
import type { RankedTermSet } from "./score-terms.ts";

/** A clause that may answer, with its document's score. */
export interface Candidate {
  view: SegmentView;
  clause: number;
  version: VersionFacts;
  /** BM25 of the clause. */
  lexical: number;
  /** BM25 of its whole document. */
  document: number;
  /** Nearness in meaning, 0 to 1 among the nearest; 0 without vectors. */
  similarity: number;
}

export type VersionFilter = (version: VersionFacts) => boolean;

/** The best clauses by words, n-grams and their document's score. */
export function findCandidates(
  views: readonly SegmentView[],
  terms: readonly RankedTermSet[],
  parameters: RankingParameters,
  limits: { count: number; documentWeight: number; filter?: VersionFilter },
): Candidate[] {
  const best = createBest<Candidate>(limits.count);
  for (const view of views) {
    const { segment, norms } = view;
    const scores = scorePostings(segment, norms, terms, parameters);
    const open = limits.filter && segment.versions.map(limits.filter);
    for (let clause = 0; clause < scores.clauses.length; clause += 1) {
      const lexical = scores.clauses[clause] as number;
      if (lexical <= 0 || segment.alive[clause] === 0) continue;
      const document = scores.groups[segment.groupOf[clause] as number] as number;
      const score = lexical + limits.documentWeight * document;
      const number = segment.versionOf[clause] as number;
      if (score <= best.threshold || open?.[number] === false) continue;
      const version = segment.versions[number] as VersionFacts;
      best.add(score, { view, clause, version, lexical, document, similarity: 0 });
    }
  }
  return best.finish();
}

/** Keeps the so many best: a list that is cut whenever it has grown to twice the size. */
function createBest<Value>(count: number) {
  let kept: { score: number; order: number; value: Value }[] = [];
  let threshold = 0;
  let order = 0;

  function cut(): void {
    kept.sort((left, right) => right.score - left.score || left.order - right.order);
    kept = kept.slice(0, count);
    if (kept.length === count) threshold = kept[count - 1]?.score ?? 0;
  }

  return {
    get threshold() {
      return threshold;
    },
    add(score: number, value: Value): void {
      kept.push({ score, order, value });
      order += 1;
      if (kept.length >= count * 2) cut();
    },
    finish(): Value[] {
      cut();
      return kept.map((entry) => entry.value);
    },
  };
}
