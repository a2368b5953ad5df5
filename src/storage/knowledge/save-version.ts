import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { insertRows, maxRowsPerInsert } from "../insert-rows.ts";
import { inChunks, toInstant, toJson, toOptionalText, toText } from "../row-values.ts";
import type { NewAuditEntry, NewClause, NewVersion, SavedVersion } from "../types.ts";
import { finishSubmission } from "../workflow/finish-submission.ts";
import { describePublication } from "./describe-publication.ts";
import { insertFingerprint } from "./fingerprints.ts";
import { publishWithin } from "./publication.ts";
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
  return changeWithin(write, async (transaction) => {
    const document: DocumentRow | undefined = await transaction("documents")
      .where({ collection: toText(version.collection), source_key: toText(version.sourceKey) })
      .first();
    const versions = document ? await listKnownVersions(transaction, document.document_id) : [];
    const same = findSame(versions, version);
    const saved =
      document && same
        ? await reuseVersion(transaction, document, same, version)
        : await addVersion(transaction, document, (versions[0]?.number ?? 0) + 1, version);
    if (version.submissionId !== undefined) {
      await finishSubmission(transaction, version.submissionId, saved, version.at);
    }
    return saved;
  });
}

async function addVersion(
  transaction: Knex.Transaction,
  document: DocumentRow | undefined,
  number: number,
  version: NewVersion,
): Promise<SavedVersion> {
  const { versionId, at, origin } = version;
  const documentId = document?.document_id ?? version.documentId;
  if (!document) await insertDocument(transaction, version);
  await insertVersion(transaction, documentId, number, version);
  const facts = {
    versionId,
    number,
    contentHash: version.contentHash,
    ...(version.submissionId !== undefined && { submissionId: version.submissionId }),
  };
  const entries = [describeChange("version.parsed", `document:${documentId}`, facts, at, origin)];
  if (version.publish) {
    entries.push(...(await publishSaved(transaction, documentId, versionId, version)));
  }
  await appendAudit(transaction, ...entries);
  return { documentId, versionId, outcome: document ? "changed" : "added" };
}

async function publishSaved(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  versionId: VersionId,
  { at, origin }: NewVersion,
): Promise<NewAuditEntry[]> {
  const target = { document_id: documentId, version_id: versionId };
  const change = await publishWithin(transaction, target, at);
  return change ? [describePublication("version.published", change, at, origin)] : [];
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
  const entries = await publishSaved(transaction, same.document_id, same.version_id, version);
  if (entries.length > 0) await appendAudit(transaction, ...entries);
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
  if (version.originalHash !== undefined) {
    await transaction("version_originals").insert({ ...key, original_hash: toText(version.originalHash) });
  }
  if (version.fingerprint) {
    await insertFingerprint(transaction, documentId, version.versionId, version.fingerprint);
  }
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
