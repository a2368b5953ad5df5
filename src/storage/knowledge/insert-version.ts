import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { insertRows, maxRowsPerInsert } from "../insert-rows.ts";
import { inChunks, toInstant, toJson, toOptionalText, toText } from "../row-values.ts";
import type { NewClause, NewVersion } from "../types.ts";
import { insertFingerprint } from "./fingerprints.ts";

const CLAUSE_COLUMNS = [
  "version_id",
  "ordinal",
  "section",
  "level",
  "heading",
  "text",
  "start_offset",
  "end_offset",
  "page",
  "passage_id",
] as const;

const CLAUSES_PER_BATCH = maxRowsPerInsert(CLAUSE_COLUMNS);

/** A version with its clauses, fingerprint and the file that it was read from; a draft at first. */
export async function insertVersion(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  number: number,
  version: NewVersion,
): Promise<void> {
  const key = { version_id: version.versionId };
  const batches = inChunks(version.clauses, CLAUSES_PER_BATCH);
  const first = batches.next().value ?? [];
  await transaction("versions").insert({
    ...key,
    document_id: documentId,
    number,
    state: "parsed",
    title: toText(version.title),
    content_hash: version.contentHash,
    parser_revision: version.parserRevision,
    created_at: toInstant(version.at),
    published_at: null,
    retired_at: null,
    clause_count: first.length,
    warnings: toJson(version.warnings),
    metadata: toJson(version.metadata),
    outline: toJson(version.outline),
    text: toText(version.text),
  });
  await insertClauses(transaction, version.versionId, first);
  // Most versions end with the first batch, and their row is written once.
  if (first.length === CLAUSES_PER_BATCH) {
    const count = first.length + (await insertAll(transaction, version.versionId, batches));
    await transaction("versions").where(key).update({ clause_count: count });
  }
  if (version.originalHash !== undefined) {
    await transaction("version_originals").insert({ ...key, original_hash: toText(version.originalHash) });
  }
  if (version.fingerprint) {
    await insertFingerprint(transaction, documentId, version.versionId, version.fingerprint);
  }
}

/** Streams: at most one batch of clauses is held, however many the version has. */
async function insertAll(
  transaction: Knex.Transaction,
  versionId: VersionId,
  batches: Iterable<NewClause[]>,
): Promise<number> {
  let count = 0;
  for (const batch of batches) {
    await insertClauses(transaction, versionId, batch);
    count += batch.length;
  }
  return count;
}

async function insertClauses(
  transaction: Knex.Transaction,
  versionId: VersionId,
  clauses: readonly NewClause[],
): Promise<void> {
  const rows = clauses.map((clause) => toClauseValues(versionId, clause));
  await insertRows(transaction, "clauses", CLAUSE_COLUMNS, rows);
}

/** In the order of CLAUSE_COLUMNS. */
function toClauseValues(versionId: string, clause: NewClause): (string | number | null)[] {
  return [
    versionId,
    clause.ordinal,
    toText(clause.section),
    clause.level,
    toJson(clause.heading),
    toText(clause.text),
    clause.start,
    clause.end,
    clause.page,
    toOptionalText(clause.passageId),
  ];
}
