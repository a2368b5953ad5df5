import type { DocumentId, VersionId } from "../../shared/index.ts";
import { fromJson } from "../row-values.ts";
import type { FaqRecord, ProposalRecord, VersionState } from "../types.ts";

export interface ProposalRow {
  proposal_id: string;
  kind: ProposalRecord["kind"];
  document_id: DocumentId | null;
  version_id: VersionId | null;
  faq_id: string | null;
  faq_revision: number | null;
  state: ProposalRecord["state"];
  proposed_by: string;
  proposed_at: string;
  reason: string | null;
  decided_by: string | null;
  decided_at: string | null;
  decision_reason: string | null;
  base_version_id: VersionId | null;
  base_faq_revision: number | null;
  state_before: VersionState | FaqRecord["state"] | null;
  impact: string;
}

export function toProposalRecord(row: ProposalRow): ProposalRecord {
  return {
    proposalId: row.proposal_id,
    kind: row.kind,
    documentId: row.document_id,
    versionId: row.version_id,
    faqId: row.faq_id,
    faqRevision: row.faq_revision,
    state: row.state,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionReason: row.decision_reason,
    impact: fromJson(row.impact),
  };
}

/** What the log is about: the document or the entry. */
export function subjectOf(row: Pick<ProposalRow, "document_id" | "faq_id">): string {
  return row.document_id === null ? `faq:${row.faq_id}` : `document:${row.document_id}`;
}
