import type { Actor } from "../../access/index.ts";
import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import { findDocument, findProposal, findVersion } from "../find-records.ts";
import { summarizeImpact } from "../impact/summarize-impact.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Decision, Reasoned } from "../types.ts";
import { isStopped } from "./check-request.ts";
import { carryOut } from "./decide.ts";
import { impactOf, type ProposalSubject } from "./impact-of.ts";
import { nameProposal } from "./repeat-request.ts";

export async function proposePublication(
  parts: PublishingParts,
  versionId: VersionId,
  by: Actor,
  options: Reasoned,
): Promise<Decision> {
  const { documentId } = await findVersion(parts.storage.knowledge, versionId);
  return propose(parts, documentSubject("publish", documentId, versionId), by, options);
}

export async function proposeWithdrawal(
  parts: PublishingParts,
  documentId: DocumentId,
  by: Actor,
  options: Reasoned,
): Promise<Decision> {
  const { publishedVersionId } = await findDocument(parts.storage.knowledge, documentId);
  if (publishedVersionId === null) throw nothingPublished(documentId);
  return propose(parts, documentSubject("withdraw", documentId, publishedVersionId), by, options);
}

export async function proposeRollback(
  parts: PublishingParts,
  documentId: DocumentId,
  by: Actor,
  options: Reasoned,
): Promise<Decision> {
  const { publishedVersionId } = await findDocument(parts.storage.knowledge, documentId);
  if (publishedVersionId === null) throw nothingPublished(documentId);
  const target = await parts.storage.knowledge.rollbackTarget(documentId);
  if (!target) throw nothingEarlier(documentId);
  return propose(parts, documentSubject("rollback", documentId, target), by, options);
}

/** Opens a proposal for a second admin; with one admin only, carries it out unless it is blocked. */
export async function propose(
  parts: PublishingParts,
  subject: ProposalSubject,
  by: Actor,
  options: Reasoned,
): Promise<Decision> {
  const { storage, clock, settings } = parts;
  const impact = await impactOf(parts, subject);
  if (impact && !settings.secondAdmin && isStopped(impact, options)) return { outcome: "blocked", impact };
  const proposalId = nameProposal(parts, by, options);
  const reason = options.reason?.trim() || null;
  await storage.workflow.openProposal(
    {
      ...subject,
      proposalId,
      proposedBy: by.account,
      reason,
      impact: impact && summarizeImpact(impact),
    },
    clock(),
    { actor: by.account, ...(reason !== null && { reason }) },
  );
  const proposal = await findProposal(parts, proposalId);
  return settings.secondAdmin
    ? { outcome: "waiting", proposal }
    : carryOut(parts, proposal, impact, by, options);
}

function documentSubject(
  kind: "publish" | "withdraw" | "rollback",
  documentId: DocumentId,
  versionId: VersionId,
): ProposalSubject {
  return { kind, documentId, versionId, faqId: null, faqRevision: null };
}

function nothingPublished(documentId: DocumentId): AppError {
  return new AppError({
    code: "not-found",
    message: `document ${documentId} has no published version`,
    safeMessage: "该文件当前没有已发布的版本，无需撤下或回退。",
  });
}

function nothingEarlier(documentId: DocumentId): AppError {
  return new AppError({
    code: "not-found",
    message: `document ${documentId} has no earlier publication`,
    safeMessage: "该文件没有更早的已发布版本，无法回退。如需停用，请撤下。",
  });
}
