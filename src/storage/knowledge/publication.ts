import type { Knex } from "knex";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import { toInstant } from "../row-values.ts";
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

/**
 * The first statement of every transaction that changes documents: they run one after the other. SQLite has one writer
 * anyway; in PostgreSQL the row lock sees to it.
 */
export async function lockKnowledge(transaction: Knex.Transaction): Promise<void> {
  await transaction("counters").where({ name: "publication" }).forUpdate().select("value");
}

/** Publishes a version in place of the one published now. Nothing happens when it is the one published now. */
export async function publishWithin(transaction: Knex.Transaction, target: Target, at: Date): Promise<void> {
  const last = await findLastPublication(transaction, target.document_id);
  const isOpen = last !== undefined && last.published_to === null;
  if (isOpen && last.version_id === target.version_id) return;
  if (isOpen) await closePublication(transaction, last, "superseded", at);
  // Publishing again what was taken back continues its place in the history.
  const previous =
    last?.version_id === target.version_id ? last.previous_publication_id : last?.publication_id;
  await openPublication(transaction, target, previous ?? null, at);
}

/** Takes the published version back; returns it. */
export async function withdrawWithin(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  at: Date,
): Promise<VersionId> {
  const open = await findOpenPublication(transaction, documentId);
  await closePublication(transaction, open, "withdrawn", at);
  await bumpRevision(transaction);
  return open.version_id;
}

/**
 * Publishes what was published before the present version. The history behaves like a pile: a second rollback goes
 * further back, and never forward to what a rollback has just left.
 */
export async function rollbackWithin(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  at: Date,
): Promise<VersionId> {
  const open = await findOpenPublication(transaction, documentId);
  const target: PublicationRow | undefined =
    open.previous_publication_id === null
      ? undefined
      : await transaction<PublicationRow>("publications")
          .where({ publication_id: open.previous_publication_id })
          .first();
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
  return target.version_id;
}

async function findLastPublication(
  transaction: Knex.Transaction,
  documentId: DocumentId,
): Promise<PublicationRow | undefined> {
  return transaction<PublicationRow>("publications")
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
  await transaction("documents")
    .where("document_id", target.document_id)
    .update({
      title: transaction("versions").where("version_id", target.version_id).select("title"),
      vanished_at: null,
    });
  await bumpRevision(transaction);
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

async function bumpRevision(transaction: Knex.Transaction): Promise<void> {
  await transaction("counters").where({ name: "publication" }).increment("value", 1);
}
