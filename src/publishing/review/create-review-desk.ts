import { parseVisibility, requireRight, type Visibility } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import { diffVersions } from "../diff/diff-versions.ts";
import { findDocument, findVersion } from "../find-records.ts";
import { assessImpact } from "../impact/assess-impact.ts";
import { approve, cancel, reject } from "../proposals/decide.ts";
import { proposePublication, proposeRollback, proposeWithdrawal } from "../proposals/propose.ts";
import { repeatRequest } from "../proposals/repeat-request.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import { createSubmissionDesk } from "../submissions/receive-file.ts";
import { resumeSubmissions } from "../submissions/resume-submissions.ts";
import type { ReviewDesk } from "../types.ts";
import { buildReview } from "./build-review.ts";
import { assignDocument, correctMetadata } from "./correct-metadata.ts";
import { describeDocument, describeDocuments } from "./describe-documents.ts";

export function createReviewDesk(parts: PublishingParts): ReviewDesk {
  return { ...createSubmissionPart(parts), ...createReadingPart(parts), ...createDecisionPart(parts) };
}

type SubmissionMethod =
  | "receiveFile"
  | "receiveLink"
  | "resumeSubmissions"
  | "correctMetadata"
  | "assignDocument";
type DecisionMethod = "submit" | "withdraw" | "rollback" | "approve" | "reject" | "cancel" | "setVisibility";

function createSubmissionPart(parts: PublishingParts): Pick<ReviewDesk, SubmissionMethod> {
  const submissions = createSubmissionDesk(parts);
  return {
    receiveFile: (file, by) => submissions.receive(file, by),
    async receiveLink(url, by) {
      requireRight(by, "submit-document");
      const { bytes, fileName } = await parts.fetchLink(url, parts.settings.allowedHosts);
      return submissions.receive({ bytes, fileName, source: url }, by);
    },
    resumeSubmissions: (report) => resumeSubmissions(parts, submissions, report),
    async correctMetadata(versionId, changes, by, reason) {
      requireRight(by, "review-document");
      return correctMetadata(parts, versionId, changes, by, reason);
    },
    async assignDocument(versionId, documentId, by) {
      requireRight(by, "review-document");
      return assignDocument(parts, versionId, documentId, by);
    },
  };
}

function createReadingPart(parts: PublishingParts): Omit<ReviewDesk, SubmissionMethod | DecisionMethod> {
  const { storage } = parts;
  return {
    async getReview(versionId, by) {
      requireRight(by, "read-review");
      return buildReview(parts, versionId);
    },
    async assessImpact(versionId, by) {
      requireRight(by, "read-review");
      const { documentId } = await findVersion(storage.knowledge, versionId);
      return assessImpact(parts, documentId, versionId);
    },
    async diff(from, to, by) {
      requireRight(by, "read-review");
      return diffVersions(storage.knowledge, from, to);
    },
    async listDocuments(by, filter = {}) {
      requireRight(by, "read-review");
      return describeDocuments(parts, filter);
    },
    async getStatus(documentId, by) {
      requireRight(by, "read-review");
      return describeDocument(parts, documentId);
    },
    async listProposals(by) {
      requireRight(by, "read-review");
      return storage.workflow.listProposals({ state: "open" });
    },
  };
}

function createDecisionPart(parts: PublishingParts): Pick<ReviewDesk, DecisionMethod> {
  const { storage, clock, settings } = parts;
  /** With one admin only, proposing publishes. */
  const finalRight = settings.secondAdmin ? "review-document" : "publish-document";
  return {
    async submit(versionId, by, options = {}) {
      requireRight(by, finalRight);
      return (await repeatRequest(parts, by, options)) ?? proposePublication(parts, versionId, by, options);
    },
    async withdraw(documentId, by, options = {}) {
      requireRight(by, "withdraw-document");
      return (await repeatRequest(parts, by, options)) ?? proposeWithdrawal(parts, documentId, by, options);
    },
    async rollback(documentId, by, options = {}) {
      requireRight(by, finalRight);
      return (await repeatRequest(parts, by, options)) ?? proposeRollback(parts, documentId, by, options);
    },
    // These need the right that the kind of proposal asks for.
    approve: (proposalId, by, options = {}) => approve(parts, proposalId, by, options),
    reject: (proposalId, by, reason) => reject(parts, proposalId, by, reason),
    cancel: (proposalId, by) => cancel(parts, proposalId, by),
    async setVisibility(documentId, visibility, by, reason) {
      requireRight(by, "change-visibility");
      requireVisibility(visibility);
      await findDocument(storage.knowledge, documentId);
      await storage.knowledge.setVisibility(documentId, visibility, clock(), {
        actor: by.account,
        ...(reason !== undefined && { reason }),
      });
      await parts.onPublished?.();
      return describeDocument(parts, documentId);
    },
  };
}

/** What would be read back as internal is not written as something else. */
function requireVisibility(visibility: Visibility): void {
  if (parseVisibility(visibility).kind === visibility.kind) return;
  throw new AppError({
    code: "usage",
    message: "bad visibility",
    safeMessage: "可见范围应为公开、内部，或至少一个群组。请重新选择。",
  });
}
