import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import type { PublishedClause } from "../types.ts";
import { type ClauseRow, toClauseRecord } from "./rows.ts";

interface PublishedVersion {
  version_id: VersionId;
  document_id: DocumentId;
  title: string;
  clause_count: number;
}

type OnBatch = (batch: PublishedClause[]) => void | Promise<void>;

/** So many versions are asked for in one query of small ones. */
const MAX_VERSIONS_PER_QUERY = 200;

/**
 * One query says which versions are published; their clauses never change, so what follows is one consistent state
 * without a long transaction. Small documents share a batch; a large one is read page by page from the last ordinal on.
 * Neither query can be planned otherwise than along the primary key of `clauses`.
 */
export async function eachPublishedClause(
  { read }: Database,
  batchSize: number,
  onBatch: OnBatch,
): Promise<void> {
  const size = Math.max(1, Math.floor(batchSize));
  const versions: PublishedVersion[] = await read("versions")
    .whereRaw("state = 'published'")
    .orderBy("document_id")
    .select("version_id", "document_id", "title", "clause_count");
  for (const group of groupVersions(versions, size)) {
    const [first] = group;
    if (group.length === 1 && first) await readPages(read, first, size, onBatch);
    else await readTogether(read, group, onBatch);
  }
}

/** Neighbours whose clauses fit into one batch together; a version larger than a batch stands alone. */
function* groupVersions(versions: readonly PublishedVersion[], size: number): Generator<PublishedVersion[]> {
  let group: PublishedVersion[] = [];
  let clauses = 0;
  for (const version of versions) {
    const isFull = clauses + version.clause_count > size || group.length === MAX_VERSIONS_PER_QUERY;
    if (group.length > 0 && isFull) {
      yield group;
      group = [];
      clauses = 0;
    }
    group.push(version);
    clauses += version.clause_count;
  }
  if (group.length > 0) yield group;
}

async function readPages(
  read: Knex,
  version: PublishedVersion,
  size: number,
  onBatch: OnBatch,
): Promise<void> {
  let last = -1;
  while (true) {
    const rows: ClauseRow[] = await read("clauses")
      .where("version_id", version.version_id)
      .andWhere("ordinal", ">", last)
      .orderBy("ordinal")
      .limit(size);
    if (rows.length > 0) await onBatch(rows.map((row) => toPublishedClause(row, version)));
    last = rows.at(-1)?.ordinal ?? last;
    if (rows.length < size) return;
  }
}

async function readTogether(
  read: Knex,
  versions: readonly PublishedVersion[],
  onBatch: OnBatch,
): Promise<void> {
  const rows: ClauseRow[] = await read("clauses")
    .whereIn(
      "version_id",
      versions.map((version) => version.version_id),
    )
    .orderBy(["version_id", "ordinal"]);
  const byVersion = Map.groupBy(rows, (row) => row.version_id);
  const batch = versions.flatMap((version) =>
    (byVersion.get(version.version_id) ?? []).map((row) => toPublishedClause(row, version)),
  );
  if (batch.length > 0) await onBatch(batch);
}

function toPublishedClause(row: ClauseRow, version: PublishedVersion): PublishedClause {
  return { ...toClauseRecord(row), documentId: version.document_id, title: version.title };
}
