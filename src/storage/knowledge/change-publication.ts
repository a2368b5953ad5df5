import type { Knex } from "knex";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { toText } from "../row-values.ts";
import type { ChangeOrigin, KnowledgeStore, VersionState } from "../types.ts";
import { describePublication } from "./describe-publication.ts";
import { publishWithin, rollbackWithin, withdrawWithin } from "./publication.ts";

type ChangingPart = Pick<KnowledgeStore, "publishVersion" | "unpublishDocument" | "rollbackDocument">;

export function changePublication({ write }: Database): ChangingPart {
  return {
    publishVersion: (versionId, at, origin) =>
      changeWithin(write, (transaction) => publish(transaction, versionId, at, origin)),
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
