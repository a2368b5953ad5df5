import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { ChangeOrigin } from "./audit.ts";

export interface SubmissionRecord {
  submissionId: string;
  /** Of the file as received; its bytes are in `originals`. */
  originalHash: string;
  fileName: string;
  bytes: number;
  submittedBy: string;
  /** `upload`, `chat`, `api`, or the link that it was fetched from. */
  source: string;
  /** `received`: not read yet, or reading was interrupted. */
  state: "received" | "parsed" | "failed" | "discarded";
  documentId: DocumentId | null;
  versionId: VersionId | null;
  /** For people, in Chinese. */
  failure: string | null;
  createdAt: string;
  updatedAt: string;
}

export type ProposalKind = "publish" | "withdraw" | "rollback" | "faq-publish" | "faq-withdraw";

export interface ProposalRecord {
  proposalId: string;
  kind: ProposalKind;
  documentId: DocumentId | null;
  /** For `publish` the version; for `rollback` the version gone back to; for `withdraw` the one taken back. */
  versionId: VersionId | null;
  /** For `faq-…`: entry and revision. */
  faqId: string | null;
  faqRevision: number | null;
  state: "open" | "approved" | "rejected" | "cancelled";
  proposedBy: string;
  proposedAt: string;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
  /** JSON of publishing's Impact as it was shown when the proposal was made. */
  impact: unknown;
}

export interface WorkflowStore {
  /** Keeps the bytes (once per hash) and opens a submission, in one transaction. */
  receive(
    submission: Omit<SubmissionRecord, "state" | "documentId" | "versionId" | "failure" | "updatedAt">,
    bytes: Uint8Array,
    origin: ChangeOrigin,
  ): Promise<void>;
  getSubmission(submissionId: string): Promise<SubmissionRecord | undefined>;
  /** Newest first. */
  listSubmissions(filter?: {
    state?: SubmissionRecord["state"];
    originalHash?: string;
    limit?: number;
  }): Promise<SubmissionRecord[]>;
  /**
   * To `failed` (from `received` or `failed`) or `discarded` (from any other state); `parsed` is written by `saveVersion`.
   * Throws `conflict` from another state, `not-found`.
   */
  closeSubmission(
    submissionId: string,
    outcome: { state: "failed" | "discarded"; failure?: string },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<void>;
  getOriginal(hash: string): Promise<Uint8Array | undefined>;
  /**
   * One transaction: proposal, version to `in-review` (kind `publish`), audit entry. Throws `conflict` when the subject has
   * an open proposal already, or when the version is in no state to be proposed. Left null, the document of `publish` and
   * the version of `withdraw` and `rollback` are filled in, for the FAQ the newest (`faq-publish`) or published revision.
   */
  openProposal(
    proposal: Pick<
      ProposalRecord,
      | "proposalId"
      | "kind"
      | "documentId"
      | "versionId"
      | "faqId"
      | "faqRevision"
      | "proposedBy"
      | "reason"
      | "impact"
    >,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<void>;
  /**
   * One transaction: the decision, what it does (publish, withdraw, roll back, FAQ), audit entry. Throws `conflict` when
   * the proposal is not open any more (two admins at once: the first wins), or what is published of the document is no
   * longer what the proposal started from; the proposal stays open then, to be cancelled. A version that comes to nothing
   * becomes `returned` when it is rejected and what it was when it is cancelled; one that was published before becomes
   * what it was in both cases.
   */
  decideProposal(
    proposalId: string,
    decision: { state: "approved" | "rejected" | "cancelled"; by: string; reason?: string },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<ProposalRecord>;
  getProposal(proposalId: string): Promise<ProposalRecord | undefined>;
  listProposals(filter?: {
    state?: ProposalRecord["state"];
    documentId?: DocumentId;
    limit?: number;
  }): Promise<ProposalRecord[]>;
}
