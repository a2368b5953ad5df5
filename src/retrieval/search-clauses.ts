import type { SegmentView } from "./index/clause-index.ts";
import type { IndexKeeper } from "./index/index-keeper.ts";
import type { RankingParameters } from "./index/norms.ts";
import { clausePassage, clauseSection, clauseText, type Segment } from "./index/segment.ts";
import type { QueryAnalyzer } from "./query/index.ts";
import type { ClauseTexts } from "./ranking/clause-texts.ts";
import { readDocumentNaming } from "./ranking/document-names.ts";
import { type Candidate, findCandidates, type VersionFilter } from "./ranking/find-candidates.ts";
import { createClauseFinder, mergeVectorHits } from "./ranking/merge-vector-hits.ts";
import { createPlaceScope, listPlaceChains, type PlaceChain } from "./ranking/place-agreement.ts";
import { rankClauses } from "./ranking/rank-clauses.ts";
import type { RankingWeights } from "./ranking/ranking-weights.ts";
import { chooseFindingTerms, listScoredTerms } from "./ranking/score-terms.ts";
import type { SideIndexes } from "./side-index.ts";
import type { IndexedClause, Retriever, SearchOptions } from "./types.ts";
import type { VectorStage } from "./vectors/index.ts";

export interface ClauseSearchOptions {
  keeper: IndexKeeper;
  analyzer: QueryAnalyzer;
  sides: SideIndexes;
  texts: ClauseTexts;
  homePlaces: readonly string[];
  parameters: RankingParameters;
  weights: RankingWeights;
  /** Absent: by words alone. */
  vectors?: VectorStage;
}

/** So many candidates are looked at closely, or twice as many as are wanted. */
const MIN_CANDIDATES = 100;
const MAX_CONTEXT = 3;

export function createClauseSearch(parts: ClauseSearchOptions): Retriever["search"] {
  const { keeper, analyzer, texts, homePlaces, parameters, weights, vectors } = parts;
  const finder = createClauseFinder();
  const chainsOf = createChainReader(homePlaces);
  return async (question, options, context = []) => {
    const analysis = analyzer.analyze(question);
    const earlier = context.slice(-MAX_CONTEXT).map((text) => analyzer.analyze(text));
    const terms = listScoredTerms(analysis, earlier, keeper.index);
    const views = await listViews(parts, options);
    const filter = createFilter(options);
    const found = findCandidates(views, chooseFindingTerms(terms), parameters, {
      count: Math.max(MIN_CANDIDATES, 2 * options.top),
      documentWeight: weights.document,
      ...(filter && { filter }),
    });
    const near = await vectors?.search(
      question,
      Math.max(MIN_CANDIDATES, options.top),
      acceptKeys(filter, keeper),
    );
    const candidates = near ? mergeVectorHits(found, near, views, finder, filter) : found;
    const ranked = rankClauses(candidates, {
      ...{ analysis, terms, texts, parameters, weights },
      places: createPlaceScope(
        [analysis, ...earlier.toReversed()].map(({ normalized }) => normalized),
        homePlaces,
        chainsOf(views),
      ),
      naming: readDocumentNaming(analysis.normalized, (text) => analyzer.normalize(text).text),
    });
    const hits = ranked
      .slice(0, Math.max(0, options.top))
      .map(({ candidate, score, parts, coverage }, index) => ({
        clause: toIndexedClause(candidate),
        rank: index + 1,
        ...{ score, parts, coverage },
      }));
    return { analysis, hits };
  };
}

/** Vectors know their clause by version and ordinal only. */
function acceptKeys(
  filter: VersionFilter | undefined,
  keeper: IndexKeeper,
): ((key: string) => boolean) | undefined {
  if (!filter) return undefined;
  const open = new Set<string>();
  for (const [versionId, version] of keeper.index.versions()) if (filter(version)) open.add(versionId);
  return (key) => open.has(key.slice(0, key.lastIndexOf("#")));
}

/** The places of a segment's documents do not change. */
function createChainReader(homePlaces: readonly string[]): (views: readonly SegmentView[]) => PlaceChain[] {
  const known = new WeakMap<Segment, PlaceChain[]>();
  return (views) =>
    views.flatMap(({ segment }) => {
      const chains = known.get(segment) ?? listPlaceChains(homePlaces, segment.versions);
      known.set(segment, chains);
      return chains;
    });
}

async function listViews(
  { keeper, sides }: ClauseSearchOptions,
  options: SearchOptions,
): Promise<SegmentView[]> {
  const views = [...keeper.index.views()];
  if (!options.versionIds) return views;
  const current = keeper.index.versions();
  for (const versionId of options.versionIds) {
    if (!current.has(versionId)) views.push(...(await sides.of(versionId)).views());
  }
  return views;
}

function createFilter({ documentId, versionIds, collection }: SearchOptions): VersionFilter | undefined {
  if (documentId === undefined && versionIds === undefined && collection === undefined) return undefined;
  return (version) =>
    (documentId === undefined || version.documentId === documentId) &&
    (versionIds === undefined || versionIds.has(version.versionId)) &&
    (collection === undefined || version.collection === collection);
}

function toIndexedClause({ view, clause, version }: Candidate): IndexedClause {
  const { segment } = view;
  const passageId = clausePassage(segment, clause);
  return {
    documentId: version.documentId,
    versionId: version.versionId,
    title: segment.groupTitles[segment.groupOf[clause] as number] ?? version.title,
    ordinal: segment.ordinals[clause] as number,
    section: clauseSection(segment, clause),
    heading: [...(segment.headings[segment.headingOf[clause] as number] ?? [])],
    text: clauseText(segment, clause),
    start: segment.starts[clause] as number,
    end: segment.ends[clause] as number,
    passageId,
    places: version.places,
  };
}
