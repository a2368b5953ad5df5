import type { Knex } from "knex";
import type { DocumentId } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { NewVersion, SavedVersion } from "../types.ts";
import { finishSubmission } from "../workflow/finish-submission.ts";
import { describePublication } from "./describe-publication.ts";
import { insertVersion } from "./insert-version.ts";
import { publishFirst, publishWithin } from "./publication.ts";
import type { DocumentRow, VersionRow } from "./rows.ts";

type KnownVersion = Pick<
  VersionRow,
  "version_id" | "document_id" | "number" | "state" | "content_hash" | "parser_revision" | "published_at"
>;

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
    const target = { document_id: documentId, version_id: versionId };
    const change = await (document ? publishWithin : publishFirst)(transaction, target, at);
    if (change) entries.push(describePublication("version.published", change, at, origin));
  }
  await appendAudit(transaction, ...entries);
  return { documentId, versionId, outcome: document ? "changed" : "added" };
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
  const { at, origin } = version;
  const change = await publishWithin(transaction, same, at);
  if (change) await appendAudit(transaction, describePublication("version.published", change, at, origin));
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
