import type { Actor } from "../../access/index.ts";
import {
  applySidecar,
  type OutlineNode,
  type ParsedDocument,
  parseSidecar,
  plainMetadata,
  type Sidecar,
} from "../../knowledge/index.ts";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import type { VersionRecord } from "../../storage/index.ts";
import { findDocument, findVersion } from "../find-records.ts";
import { readKept } from "../kept-metadata.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import { type DocumentPlace, newPlace, saveReading } from "../submissions/read-submission.ts";
import type { VersionReview } from "../types.ts";
import { buildReview } from "./build-review.ts";
import { describeLifeState } from "./life-state.ts";

/** The same text and clauses with other metadata: nothing is read anew, so that no offset moves. */
export async function correctMetadata(
  parts: PublishingParts,
  versionId: VersionId,
  changes: Sidecar,
  by: Actor,
  reason: string | undefined,
): Promise<VersionReview> {
  // A form or a REST client sent them: JSON is YAML, and the schema of sidecars says what is wrong.
  const stated = parseSidecar(JSON.stringify(changes), "更正内容");
  if (Object.keys(stated).length === 0) throw nothingChanged(versionId);
  const version = await findVersion(parts.storage.knowledge, versionId);
  await refuseWhileProposed(parts, version);
  const place = await findDocument(parts.storage.knowledge, version.documentId);
  const saved = await saveCopy(parts, version, place, stated, by, reason);
  return buildReview(parts, saved);
}

/** Puts a text under another document; there it is a version like one that was recognised. */
export async function assignDocument(
  parts: PublishingParts,
  versionId: VersionId,
  documentId: DocumentId | null,
  by: Actor,
): Promise<VersionReview> {
  const { knowledge } = parts.storage;
  const version = await findVersion(knowledge, versionId);
  if (version.documentId === documentId) return buildReview(parts, versionId);
  if (version.state !== "parsed" && version.state !== "returned") throw notAssignable(version);
  const place = documentId === null ? newPlace(versionId) : await findDocument(knowledge, documentId);
  const reason = `改归${documentId === null ? "独立文件" : `文件 ${documentId}`}`;
  const saved = await saveCopy(parts, version, place, {}, by, reason);
  if (version.state === "parsed" || version.state === "returned") await setAside(parts, version, by, reason);
  return buildReview(parts, saved);
}

async function saveCopy(
  parts: PublishingParts,
  version: VersionRecord,
  place: DocumentPlace,
  changes: Sidecar,
  by: Actor,
  reason: string | undefined,
): Promise<VersionId> {
  const kept = readKept(version.metadata);
  const overrides: Sidecar = { ...kept.overrides, ...changes };
  const parsed: ParsedDocument = {
    text: version.text,
    metadata: applySidecar(plainMetadata(kept), changes),
    nodes: version.outline as OutlineNode[],
    clauses: await parts.storage.knowledge.clausesOf(version.versionId),
    warnings: version.warnings,
  };
  const { versionId } = await saveReading(parts, {
    parsed,
    reading: kept.reading,
    ...(place.documentId !== version.documentId && { takenFrom: version.documentId }),
    ...(Object.keys(overrides).length > 0 && { overrides }),
    originalHash: version.originalHash,
    place,
    origin: {
      actor: by.account,
      ...(reason !== undefined && { reason }),
      details: { copiedFrom: version.versionId, changes },
    },
  });
  return versionId;
}

/** The reading under the wrong document stays for the record, and is no draft of that document any more. */
async function setAside(
  { storage, clock }: PublishingParts,
  { versionId }: VersionRecord,
  by: Actor,
  reason: string,
): Promise<void> {
  await storage.knowledge.discardDraft(versionId, clock(), { actor: by.account, reason });
}

async function refuseWhileProposed(
  { storage }: PublishingParts,
  { documentId }: VersionRecord,
): Promise<void> {
  const [open] = await storage.workflow.listProposals({ state: "open", documentId, limit: 1 });
  if (!open) return;
  throw new AppError({
    code: "conflict",
    message: `document ${documentId} has open proposal ${open.proposalId}`,
    safeMessage: `该文件有一项待复核的申请（${open.proposalId}）。请先办结或取消，再修改元数据。`,
  });
}

function nothingChanged(versionId: VersionId): AppError {
  return new AppError({
    code: "usage",
    message: `no changes for ${versionId}`,
    safeMessage: "没有填写要修改的内容。请至少修改一项元数据。",
  });
}

function notAssignable({ versionId, state }: VersionRecord): AppError {
  return new AppError({
    code: "conflict",
    message: `version ${versionId} is ${state}`,
    safeMessage: `只有尚未提交复核的版本才能改归其他文件，该版本现为“${describeLifeState(state)}”。复核中的，请先退回或取消申请。`,
  });
}
