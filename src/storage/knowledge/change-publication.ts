import type { Knex } from "knex";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { ChangeOrigin, KnowledgeStore, VersionState } from "../types.ts";
import { describePublication } from "./describe-publication.ts";
import { publishWithin, rollbackWithin, withdrawWithin } from "./publication.ts";

type ChangingPart = Pick<
  KnowledgeStore,
  "publishVersion" | "discardDraft" | "unpublishDocument" | "rollbackDocument"
>;

export function changePublication({ write }: Database): ChangingPart {
  return {
    publishVersion: (versionId, at, origin) =>
      changeWithin(write, (transaction) => publish(transaction, versionId, at, origin)),
    discardDraft: (versionId, at, origin) =>
      changeWithin(write, (transaction) => discard(transaction, versionId, at, origin)),
    unpublishDocument: (documentId, at, origin) =>
      changeWithin(write, (transaction) => withdraw(transaction, documentId, at, origin)),
    rollbackDocument: (documentId, at, origin) =>
      changeWithin(write, (transaction) => rollBack(transaction, documentId, at, origin)),
  };
}

export async function publish(
  transaction: Knex.Transaction,
  versionId: VersionId,
  at: Date,
  origin?: ChangeOrigin,
): Promise<void> {
  const version = await requireVersion(transaction, versionId);
  const change = await publishWithin(transaction, version, at);
  if (change) await appendAudit(transaction, describePublication("version.published", change, at, origin));
}

async function discard(
  transaction: Knex.Transaction,
  versionId: VersionId,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const { version_id, document_id } = await requireVersion(transaction, versionId);
  const changed = await transaction("versions")
    .where({ version_id })
    .whereIn("state", ["parsed", "returned"])
    .whereNull("published_at")
    .update({ state: "withdrawn" });
  if (changed === 0) {
    throw new AppError({
      code: "conflict",
      message: `version ${versionId} is no draft`,
      safeMessage: "该版本正在复核或曾经发布，不能弃用。请先取消复核申请；已发布的文件请用撤下。",
    });
  }
  const entry = describeChange("version.discarded", `document:${document_id}`, { versionId }, at, origin);
  await appendAudit(transaction, entry);
}

export async function withdraw(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  at: Date,
  origin?: ChangeOrigin,
): Promise<VersionId> {
  const change = await withdrawWithin(transaction, documentId, at);
  await appendAudit(transaction, describePublication("document.withdrawn", change, at, origin));
  return change.fromVersionId as VersionId;
}

export async function rollBack(
  transaction: Knex.Transaction,
  documentId: DocumentId,
  at: Date,
  origin?: ChangeOrigin,
): Promise<VersionId> {
  const change = await rollbackWithin(transaction, documentId, at);
  await appendAudit(transaction, describePublication("document.rolled-back", change, at, origin));
  return change.toVersionId as VersionId;
}

export async function requireVersion(
  transaction: Knex.Transaction,
  versionId: VersionId,
): Promise<{ version_id: VersionId; document_id: DocumentId; state: VersionState }> {
  const version = await transaction("versions")
    .where("version_id", toText(versionId))
    .first("version_id", "document_id", "state");
  if (version) return version;
  throw new AppError({
    code: "not-found",
    message: `version ${versionId} does not exist`,
    safeMessage: `没有编号为 ${versionId} 的版本。请用 documents 查看文件及其版本编号。`,
  });
}
