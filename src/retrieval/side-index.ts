import type { VersionId } from "../shared/index.ts";
import type { KnowledgeStore, VersionSummary } from "../storage/index.ts";
import { type ClauseIndex, createClauseIndex } from "./index/clause-index.ts";
import type { RankingParameters } from "./index/norms.ts";
import type { SegmentBuilder } from "./index/segment-builder.ts";
import { readVersionFacts, toClauseInput } from "./index/sync-index.ts";

/** Indexes of versions that are no longer published, for questions as of a day in the past. */
export interface SideIndexes {
  /** The index of one retired version; empty when storage does not know it. */
  of(versionId: VersionId): Promise<ClauseIndex>;
}

/** A question as of a day asks for all that were replaced since: with fewer, each would build them anew. */
const MAX_KEPT = 512;

export function createSideIndexes(
  store: KnowledgeStore,
  createBuilder: () => SegmentBuilder,
  parameters: RankingParameters,
): SideIndexes {
  const kept = new Map<VersionId, Promise<ClauseIndex>>();

  async function build(versionId: VersionId): Promise<ClauseIndex> {
    const version = await store.getVersion(versionId);
    if (!version) return createClauseIndex(parameters);
    const summary: VersionSummary = version;
    const facts = (await readVersionFacts(store, [summary])).get(versionId);
    const builder = createBuilder();
    if (facts)
      for (const clause of await store.clausesOf(versionId)) builder.add(facts, toClauseInput(clause, facts));
    return createClauseIndex(parameters, [builder.finish()]);
  }

  return {
    of(versionId) {
      const known = kept.get(versionId);
      if (known) return known;
      const oldest = kept.keys().next().value;
      if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
      const built = build(versionId);
      built.catch(() => kept.delete(versionId));
      kept.set(versionId, built);
      return built;
    },
  };
}
