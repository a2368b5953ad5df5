import type { VersionId } from "../../shared/index.ts";
import { mergeSegments } from "./merge-segments.ts";
import { createNorms, type Norms, type RankingParameters, type Totals } from "./norms.ts";
import { SEGMENT_CLAUSES, type Segment, segmentSize, type VersionFacts } from "./segment.ts";
import { findTerm, readTerm, type TermKind, termCount } from "./term-table.ts";

/** A segment with what scoring needs and removal changes. */
export interface SegmentView {
  readonly segment: Segment;
  readonly norms: Norms;
}

/** The live clauses of all segments: counts, lengths, and changes to them. */
export interface ClauseIndex {
  /** Live clauses. */
  readonly size: number;
  /** Live groups: documents, and passages of one title. */
  readonly groupCount: number;
  readonly totals: Readonly<Totals>;
  readonly segments: readonly Segment[];
  views(): readonly SegmentView[];
  versions(): ReadonlyMap<VersionId, VersionFacts>;
  /** In how many live clauses a term occurs. */
  frequency(kind: TermKind, term: string): number;
  groupFrequency(kind: TermKind, term: string): number;
  /** All words that occur in a live clause; a word may come twice. */
  words(): Iterable<string>;
  add(segment: Segment): void;
  /** Takes versions out. Their postings stay until the next merge, their counts go at once. */
  remove(versionIds: ReadonlySet<VersionId>): void;
}

/** More small segments than this are merged. */
const SMALL_SEGMENTS = 4;
const SMALL_CLAUSES = SEGMENT_CLAUSES / 4;
/** A segment is rewritten when more than this share of it is dead. */
const DEAD_SHARE = 0.3;

export function createClauseIndex(
  parameters: RankingParameters,
  initial: readonly Segment[] = [],
): ClauseIndex {
  let segments = initial.filter((segment) => segmentSize(segment) > 0);
  let views: readonly SegmentView[] | undefined;
  let totals: Totals | undefined;
  let versions: ReadonlyMap<VersionId, VersionFacts> | undefined;

  const currentTotals = (): Totals => {
    totals ??= countTotals(segments);
    return totals;
  };
  const changed = (): void => {
    views = undefined;
    versions = undefined;
    totals = undefined;
  };
  const sum = (kind: TermKind, term: string, read: (segment: Segment) => Uint32Array): number => {
    let total = 0;
    for (const segment of segments) {
      const number = findTerm(segment.terms, kind, term);
      if (number >= 0) total += read(segment)[number] as number;
    }
    return total;
  };

  return {
    get size() {
      return currentTotals().clauses;
    },
    get groupCount() {
      return currentTotals().groups;
    },
    get totals() {
      return currentTotals();
    },
    get segments() {
      return segments;
    },
    views() {
      views ??= segments.map((segment) => ({
        segment,
        norms: createNorms(segment, currentTotals(), parameters),
      }));
      return views;
    },
    versions() {
      versions ??= listVersions(segments);
      return versions;
    },
    frequency: (kind, term) => sum(kind, term, (segment) => segment.clauseFrequency),
    groupFrequency: (kind, term) => sum(kind, term, (segment) => segment.groupFrequency),
    words: () => eachWord(segments),
    add(segment) {
      if (segmentSize(segment) > 0) segments = mergeSmall([...segments, segment]);
      changed();
    },
    remove(versionIds) {
      for (const segment of segments) removeFromSegment(segment, versionIds);
      segments = mergeSmall(segments.filter((segment) => readLiveFacts(segment).totals.clauses > 0));
      changed();
    },
  };
}

/** What is alive in a segment. */
interface LiveFacts {
  totals: Totals;
  versions: readonly VersionFacts[];
}

/** Counted once, and again for the one segment of many that a removal touches. */
const liveFacts = new WeakMap<Segment, LiveFacts>();

function readLiveFacts(segment: Segment): LiveFacts {
  const known = liveFacts.get(segment);
  if (known) return known;
  const totals = { clauses: 0, groups: 0, words: 0, grams: 0 };
  const groups = new Set<number>();
  const versions = new Set<number>();
  for (let clause = 0; clause < segmentSize(segment); clause += 1) {
    if (segment.alive[clause] === 0) continue;
    totals.clauses += 1;
    totals.words += segment.wordLengths[clause] as number;
    totals.grams += segment.gramLengths[clause] as number;
    groups.add(segment.groupOf[clause] as number);
    versions.add(segment.versionOf[clause] as number);
  }
  totals.groups = groups.size;
  const facts = { totals, versions: [...versions].flatMap((version) => segment.versions[version] ?? []) };
  liveFacts.set(segment, facts);
  return facts;
}

function countTotals(segments: readonly Segment[]): Totals {
  const totals = { clauses: 0, groups: 0, words: 0, grams: 0 };
  for (const segment of segments) {
    const own = readLiveFacts(segment).totals;
    totals.clauses += own.clauses;
    totals.groups += own.groups;
    totals.words += own.words;
    totals.grams += own.grams;
  }
  return totals;
}

function listVersions(segments: readonly Segment[]): ReadonlyMap<VersionId, VersionFacts> {
  const versions = new Map<VersionId, VersionFacts>();
  for (const segment of segments)
    for (const version of readLiveFacts(segment).versions) versions.set(version.versionId, version);
  return versions;
}

function* eachWord(segments: readonly Segment[]): Generator<string> {
  for (const segment of segments) {
    for (let number = 0; number < termCount(segment.terms); number += 1) {
      if (segment.clauseFrequency[number] === 0) continue;
      const term = readTerm(segment.terms, number);
      if (term.kind === "word") yield term.text;
    }
  }
}

/** Walks all postings once: cheaper to reason about than cutting the removed texts again, and exact. */
function removeFromSegment(segment: Segment, versionIds: ReadonlySet<VersionId>): void {
  const gone = new Set(
    segment.versions.flatMap(({ versionId }, version) => (versionIds.has(versionId) ? [version] : [])),
  );
  if (gone.size === 0) return;
  const removed = new Uint8Array(segmentSize(segment));
  let any = false;
  segment.versionOf.forEach((version, clause) => {
    if (!gone.has(version) || segment.alive[clause] === 0) return;
    removed[clause] = 1;
    any = true;
  });
  if (!any) return;
  liveFacts.delete(segment);
  for (let term = 0; term < termCount(segment.terms); term += 1) {
    let lastGroup = -1;
    const end = segment.postingStarts[term + 1] as number;
    for (let posting = segment.postingStarts[term] as number; posting < end; posting += 1) {
      const clause = segment.postingClauses[posting] as number;
      if (removed[clause] === 0) continue;
      (segment.clauseFrequency[term] as number)--;
      const group = segment.groupOf[clause] as number;
      // A group belongs to one version, so it goes whole.
      if (group !== lastGroup) (segment.groupFrequency[term] as number)--;
      lastGroup = group;
    }
  }
  removed.forEach((isGone, clause) => {
    if (isGone === 1) segment.alive[clause] = 0;
  });
}

function mergeSmall(segments: readonly Segment[]): Segment[] {
  const isSmall = (segment: Segment) => segmentSize(segment) < SMALL_CLAUSES;
  const isDirty = (segment: Segment) =>
    readLiveFacts(segment).totals.clauses < segmentSize(segment) * (1 - DEAD_SHARE);
  const small = segments.filter((segment) => isSmall(segment) && !isDirty(segment));
  const worn = segments.filter(isDirty);
  const joined = small.length > SMALL_SEGMENTS ? [...small, ...worn.filter(isSmall)] : [];
  const alone = worn.filter((segment) => !joined.includes(segment));
  const rest = segments.filter((segment) => !joined.includes(segment) && !alone.includes(segment));
  const merged = joined.length > 0 ? [mergeSegments(joined)] : [];
  return [...rest, ...alone.map((segment) => mergeSegments([segment])), ...merged].filter(
    (segment) => segmentSize(segment) > 0,
  );
}
