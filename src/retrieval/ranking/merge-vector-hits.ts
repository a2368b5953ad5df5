import type { SegmentView } from "../index/clause-index.ts";
import { type Segment, segmentSize, type VersionFacts } from "../index/segment.ts";
import type { Candidate, VersionFilter } from "./find-candidates.ts";

/** Names a clause among the vectors. A changed document has a new version, so the key changes with the text. */
export function vectorKey(version: VersionFacts, ordinal: number): string {
  return `${version.versionId}#${ordinal}`;
}

/** Finds clauses by their key. The table of a segment is made when it is first asked for. */
export interface ClauseFinder {
  find(views: readonly SegmentView[], key: string): { view: SegmentView; clause: number } | undefined;
}

export function createClauseFinder(): ClauseFinder {
  const tables = new WeakMap<Segment, ReadonlyMap<string, number>>();
  const tableOf = (segment: Segment): ReadonlyMap<string, number> => {
    const known = tables.get(segment) ?? listKeys(segment);
    tables.set(segment, known);
    return known;
  };
  return {
    find(views, key) {
      for (const view of views) {
        const clause = tableOf(view.segment).get(key);
        if (clause !== undefined && view.segment.alive[clause] === 1) return { view, clause };
      }
      return undefined;
    },
  };
}

function listKeys(segment: Segment): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  for (let clause = 0; clause < segmentSize(segment); clause += 1) {
    const version = segment.versions[segment.versionOf[clause] as number];
    if (version) keys.set(vectorKey(version, segment.ordinals[clause] as number), clause);
  }
  return keys;
}

/**
 * Adds what is near in meaning to the candidates. Similarity is counted from the last hit (0) to the nearest (1): models
 * differ in how high their cosines lie, and what is not among the hits is as good as the last.
 */
export function mergeVectorHits(
  candidates: readonly Candidate[],
  hits: readonly { key: string; score: number }[],
  views: readonly SegmentView[],
  finder: ClauseFinder,
  filter: VersionFilter | undefined,
): Candidate[] {
  const merged = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const ordinal = candidate.view.segment.ordinals[candidate.clause] as number;
    merged.set(vectorKey(candidate.version, ordinal), candidate);
  }
  const nearest = hits[0]?.score ?? 0;
  const last = hits.at(-1)?.score ?? 0;
  for (const { key, score } of hits) {
    const similarity = nearest > last ? (score - last) / (nearest - last) : 1;
    const known = merged.get(key);
    if (known) {
      merged.set(key, { ...known, similarity });
      continue;
    }
    const found = finder.find(views, key);
    const version = found?.view.segment.versions[found.view.segment.versionOf[found.clause] as number];
    if (!found || !version || (filter && !filter(version))) continue;
    merged.set(key, { ...found, version, lexical: 0, document: 0, similarity });
  }
  return [...merged.values()];
}
