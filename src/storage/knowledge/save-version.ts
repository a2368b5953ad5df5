import type { Knex } from "knex";
import type { DocumentId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { insertRows, maxRowsPerInsert } from "../insert-rows.ts";
import { inChunks, toInstant, toJson, toOptionalText, toText } from "../row-values.ts";
import type { NewClause, NewVersion, SavedVersion } from "../types.ts";
import { lockKnowledge, publishWithin } from "./publication.ts";
import type { DocumentRow, VersionRow } from "./rows.ts";

type KnownVersion = Pick<
  VersionRow,
  "version_id" | "document_id" | "number" | "state" | "content_hash" | "parser_revision" | "published_at"
>;

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

export function saveVersion({ write }: Database, version: NewVersion): Promise<SavedVersion> {
  return write.transaction(async (transaction) => {
    await lockKnowledge(transaction);
    const document: DocumentRow | undefined = await transaction("documents")
      .where({ collection: toText(version.collection), source_key: toText(version.sourceKey) })
      .first();
    const versions = document ? await listKnownVersions(transaction, document.document_id) : [];
    const same = findSame(versions, version);
    if (document && same) return reuseVersion(transaction, document, same, version);
    const documentId = document?.document_id ?? version.documentId;
    if (!document) await insertDocument(transaction, version);
    await insertVersion(transaction, documentId, (versions[0]?.number ?? 0) + 1, version);
    if (version.publish) {
      await publishWithin(
        transaction,
        { document_id: documentId, version_id: version.versionId },
        version.at,
      );
    }
    return { documentId, versionId: version.versionId, outcome: document ? "changed" : "added" };
  });
}

/** Newest first. */
function listKnownVersions(transaction: Knex.Transaction, documentId: DocumentId): Promise<KnownVersion[]> {
  return transaction("versions")
    .where("document_id", documentId)
    .orderBy("number", "desc")
    .select(
      "version_id",
      "document_id",
      "number",
      "state",
      "content_hash",
      "parser_revision",
      "published_at",
    );
}

/**
 * The version that this source was last read as: the newest that was ever published, or a newer draft. The newest *ever*
 * published, so that a rollback or a withdrawal by an operator outlives the next synchronisation of an unchanged file.
 */
function findSame(newestFirst: readonly KnownVersion[], version: NewVersion): KnownVersion | undefined {
  const newestPublished = newestFirst.find((known) => known.published_at !== null);
  return [newestPublished, newestFirst[0]].find(
    (known) =>
      known?.content_hash === version.contentHash && known.parser_revision === version.parserRevision,
  );
}

async function reuseVersion(
  transaction: Knex.Transaction,
  document: DocumentRow,
  same: KnownVersion,
  version: NewVersion,
): Promise<SavedVersion> {
  const saved = { documentId: document.document_id, versionId: same.version_id };
  const isDraft = same.published_at === null;
  const hasReturned = document.vanished_at !== null;
  if (!version.publish || !(isDraft || hasReturned)) return { ...saved, outcome: "unchanged" };
  await publishWithin(transaction, same, version.at);
  return { ...saved, outcome: "changed" };
}

async function insertDocument(transaction: Knex.Transaction, version: NewVersion): Promise<void> {
  await transaction("documents").insert({
    document_id: version.documentId,
    collection: toText(version.collection),
    source_key: toText(version.sourceKey),
    title: toText(version.title),
    created_at: toInstant(version.at),
    vanished_at: null,
  });
}

async function insertVersion(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  number: number,
  version: NewVersion,
): Promise<void> {
  const key = { version_id: version.versionId };
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
    clause_count: 0,
    warnings: toJson(version.warnings),
    metadata: toJson(version.metadata),
    outline: toJson(version.outline),
    text: toText(version.text),
  });
  const count = await insertClauses(transaction, version);
  await transaction("versions").where(key).update({ clause_count: count });
}

/** Streams: at most one batch of clauses is held, however many the version has. */
async function insertClauses(transaction: Knex.Transaction, version: NewVersion): Promise<number> {
  let count = 0;
  for (const batch of inChunks(version.clauses, maxRowsPerInsert(CLAUSE_COLUMNS))) {
    const rows = batch.map((clause) => toClauseValues(version.versionId, clause));
    await insertRows(transaction, "clauses", CLAUSE_COLUMNS, rows);
    count += batch.length;
  }
  return count;
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
