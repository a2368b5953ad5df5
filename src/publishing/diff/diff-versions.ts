import { plainMetadata } from "../../knowledge/index.ts";
import type { VersionId } from "../../shared/index.ts";
import type { KnowledgeStore } from "../../storage/index.ts";
import { findVersion } from "../find-records.ts";
import { readKept } from "../kept-metadata.ts";
import { compareFields } from "../review/describe-fields.ts";
import type { VersionDiff } from "../types.ts";
import { diffClauses } from "./diff-clauses.ts";

/** Clause by clause; null stands for nothing published. */
export async function diffVersions(
  store: KnowledgeStore,
  fromVersionId: VersionId | null,
  toVersionId: VersionId | null,
): Promise<VersionDiff> {
  const [before, after] = await Promise.all([load(store, fromVersionId), load(store, toVersionId)]);
  const { changes, unchanged } = diffClauses(before.clauses, after.clauses);
  const metadata = before.metadata && after.metadata ? compareFields(before.metadata, after.metadata) : [];
  return { fromVersionId, toVersionId, changes, unchanged, metadata };
}

async function load(store: KnowledgeStore, versionId: VersionId | null) {
  if (versionId === null) return { clauses: [] };
  const [version, clauses] = await Promise.all([findVersion(store, versionId), store.clausesOf(versionId)]);
  return { clauses, metadata: plainMetadata(readKept(version.metadata)) };
}
