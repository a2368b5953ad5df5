import type { Knex } from "knex";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import { toInstant } from "../row-values.ts";
import { type PublicationChange, recordEvent } from "./publication-events.ts";
import type { VersionRow } from "./rows.ts";

interface PublicationRow {
  publication_id: number | string;
  document_id: DocumentId;
  version_id: VersionId;
  published_from: string;
  published_to: string | null;
  previous_publication_id: number | string | null;
}

type Target = Pick<VersionRow, "version_id" | "document_id">;

/** Publishes a version in place of the one published now. Undefined: it is the one published now, nothing was done. */
export async function publishWithin(
  transaction: Knex.Transaction,
  target: Target,
  at: Date,
): Promise<PublicationChange | undefined> {
  const last = await findLastPublication(transaction, target.document_id);
  const isOpen = last !== undefined && last.published_to === null;
  if (isOpen && last.version_id === target.version_id) return undefined;
  if (isOpen) await closePublication(transaction, last, "superseded", at);
  // Publishing again what was taken back continues its place in the history.
  const previous =
    last?.version_id === target.version_id ? last.previous_publication_id : last?.publication_id;
  await openPublication(transaction, target, previous ?? null, at);
  return finishChange(transaction, target.document_id, isOpen ? last : undefined, target, at);
}

/** The only version of a document that was just inserted with its title: there is nothing to look up or to replace. */
export async function publishFirst(
  transaction: Knex.Transaction,
  target: Target,
  at: Date,
): Promise<PublicationChange> {
  await insertPublication(transaction, target, null, at);
  return finishChange(transaction, target.document_id, undefined, target, at);
}

/** Takes the published version back. Throws `not-found` when there is none. */
export async function withdrawWithin(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  at: Date,
): Promise<PublicationChange> {
  const open = await findOpenPublication(transaction, documentId);
  await closePublication(transaction, open, "withdrawn", at);
  return finishChange(transaction, documentId, open, undefined, at);
}

/**
 * Publishes what was published before the present version. The history behaves like a pile: a second rollback goes
 * further back, and never forward to what a rollback has just left.
 */
export async function rollbackWithin(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  at: Date,
): Promise<PublicationChange> {
  const open = await findOpenPublication(transaction, documentId);
  const target = await findPrevious(transaction, open);
  if (!target) {
    throw new AppError({
      code: "not-found",
      message: `document ${documentId} has no earlier publication`,
      safeMessage:
        "该文件没有更早的已发布版本，无法回退。可用 documents 查看各版本，或用 publish 指定要发布的版本。",
    });
  }
  await closePublication(transaction, open, "superseded", at);
  await openPublication(transaction, target, target.previous_publication_id, at);
  return finishChange(transaction, documentId, open, target, at);
}

/** What is published of a document, and what a rollback would go back to. */
export async function findPublished(
  database: Knex,
  documentId: DocumentId,
): Promise<{ published: VersionId | null; previous: VersionId | null }> {
  const last = await findLastPublication(database, documentId);
  if (!last || last.published_to !== null) return { published: null, previous: null };
  const previous = await findPrevious(database, last);
  return { published: last.version_id, previous: previous?.version_id ?? null };
}

async function findPrevious(database: Knex, open: PublicationRow): Promise<PublicationRow | undefined> {
  if (open.previous_publication_id === null) return undefined;
  return database<PublicationRow>("publications")
    .where({ publication_id: open.previous_publication_id })
    .first();
}

async function findLastPublication(
  database: Knex,
  documentId: DocumentId,
): Promise<PublicationRow | undefined> {
  return database<PublicationRow>("publications")
    .where("document_id", documentId)
    .orderBy("publication_id", "desc")
    .first();
}

async function findOpenPublication(
  transaction: Knex.Transaction,
  documentId: DocumentId,
): Promise<PublicationRow> {
  const last = await findLastPublication(transaction, documentId);
  if (last && last.published_to === null) return last;
  throw new AppError({
    code: "not-found",
    message: `document ${documentId} has no published version`,
    safeMessage: "该文件当前没有已发布的版本。可用 documents 查看文件编号和各版本状态，用 publish 发布。",
  });
}

async function openPublication(
  transaction: Knex.Transaction,
  target: Target,
  previous: PublicationRow["publication_id"] | null,
  at: Date,
): Promise<void> {
  await insertPublication(transaction, target, previous, at);
  await transaction("documents")
    .where("document_id", target.document_id)
    .update({
      title: transaction("versions").where("version_id", target.version_id).select("title"),
      vanished_at: null,
    });
}

async function insertPublication(
  transaction: Knex.Transaction,
  target: Target,
  previous: PublicationRow["publication_id"] | null,
  at: Date,
): Promise<void> {
  const instant = toInstant(at);
  await transaction("publications").insert({
    document_id: target.document_id,
    version_id: target.version_id,
    published_from: instant,
    published_to: null,
    previous_publication_id: previous,
  });
  await transaction("versions")
    .where("version_id", target.version_id)
    .update({ state: "published", published_at: instant, retired_at: null });
}

async function closePublication(
  transaction: Knex.Transaction,
  open: PublicationRow,
  state: "superseded" | "withdrawn",
  at: Date,
): Promise<void> {
  // A clock that was set back must not make an interval that ends before it begins.
  const instant = toInstant(new Date(Math.max(at.getTime(), Date.parse(open.published_from))));
  await transaction("publications")
    .where("publication_id", open.publication_id)
    .update({ published_to: instant });
  await transaction("versions").where("version_id", open.version_id).update({ state, retired_at: instant });
}

async function finishChange(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  from: Target | undefined,
  to: Target | undefined,
  at: Date,
): Promise<PublicationChange> {
  const change = {
    documentId,
    fromVersionId: from?.version_id ?? null,
    toVersionId: to?.version_id ?? null,
  };
  await recordEvent(transaction, change, at);
  await bumpRevision(transaction);
  return change;
}

export async function bumpRevision(transaction: Knex.Transaction): Promise<void> {
  await transaction("counters").where({ name: "publication" }).increment("value", 1);
}
