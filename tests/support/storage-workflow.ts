import { createHash } from "node:crypto";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import type { ChangeOrigin, Storage, WorkflowStore } from "../../src/storage/index.ts";
import { makeVersion, second } from "./storage-samples.ts";

export const alice: ChangeOrigin = { actor: "feishu:ou_alice" };
export const bob: ChangeOrigin = { actor: "feishu:ou_bob" };

type NewProposal = Parameters<WorkflowStore["openProposal"]>[0];
type NewSubmission = Parameters<WorkflowStore["receive"]>[0];

export function makeProposal(proposalId: string, overrides: Partial<NewProposal> = {}): NewProposal {
  return {
    proposalId,
    kind: "publish",
    documentId: null,
    versionId: null,
    faqId: null,
    faqRevision: null,
    proposedBy: "feishu:ou_alice",
    reason: null,
    impact: { blocked: false },
    ...overrides,
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function makeSubmission(
  submissionId: string,
  bytes: Uint8Array,
  overrides: Partial<NewSubmission> = {},
): NewSubmission {
  return {
    submissionId,
    originalHash: sha256(bytes),
    fileName: `${submissionId}.docx`,
    bytes: bytes.length,
    submittedBy: "feishu:ou_alice",
    source: "chat",
    createdAt: second(0).toISOString(),
    ...overrides,
  };
}

/** Saves a draft and proposes it; returns the version. */
export async function proposeDraft(
  { knowledge, workflow }: Storage,
  key: string,
  content: string,
  at: Date,
): Promise<{ documentId: DocumentId; versionId: VersionId; proposalId: string }> {
  const saved = await knowledge.saveVersion(makeVersion(key, content, { publish: false, at }));
  const proposalId = `proposal-${saved.versionId}`;
  const subject = { documentId: saved.documentId, versionId: saved.versionId };
  await workflow.openProposal(makeProposal(proposalId, subject), at, alice);
  return { ...subject, proposalId };
}
