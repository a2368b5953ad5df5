import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { findPublishedRevision, publishFaq, withdrawFaq } from "../faq/publication.ts";
import { publish, requireVersion, rollBack, withdraw } from "../knowledge/change-publication.ts";
import { findPublished } from "../knowledge/publication.ts";
import { toInstant, toOptionalText, toText } from "../row-values.ts";
import type { ChangeOrigin, ProposalRecord, WorkflowStore } from "../types.ts";
import { alreadyDecided, baseHasChanged, unknownProposal } from "./proposal-conflicts.ts";
import { type ProposalRow, subjectOf, toProposalRecord } from "./proposal-rows.ts";

type Verdict = Parameters<WorkflowStore["decideProposal"]>[1];

export async function decideProposal(
  transaction: Knex.Transaction,
  proposalId: string,
  decision: Verdict,
  at: Date,
  origin: ChangeOrigin,
): Promise<ProposalRecord> {
  const key = { proposal_id: toText(proposalId) };
  const row: ProposalRow | undefined = await transaction("proposals").where(key).first();
  if (!row) throw unknownProposal(proposalId);
  if (row.state !== "open") throw alreadyDecided(row.state, row.decided_by);
  const decided = {
    state: decision.state,
    decided_by: toText(decision.by),
    decided_at: toInstant(at),
    decision_reason: toOptionalText(decision.reason ?? null),
  };
  await transaction("proposals").where(key).update(decided);
  const why = withReason(origin, decision);
  const facts = { proposalId, kind: row.kind, ...(row.version_id !== null && { versionId: row.version_id }) };
  const entry = describeChange(`proposal.${decision.state}`, subjectOf(row), facts, at, why);
  await appendAudit(transaction, entry);
  if (decision.state === "approved") await carryOut(transaction, row, at, linkTo(why, proposalId));
  else await restoreState(transaction, row, decision.state);
  return toProposalRecord({ ...row, ...decided });
}

/** The reason of the decision, unless the origin brings one of its own. */
function withReason(origin: ChangeOrigin, { reason }: Verdict): ChangeOrigin {
  return reason === undefined ? origin : { reason, ...origin };
}

function linkTo(origin: ChangeOrigin, proposalId: string): ChangeOrigin {
  return { ...origin, details: { ...origin.details, proposalId } };
}

async function carryOut(
  transaction: Knex.Transaction,
  row: ProposalRow,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  if (row.document_id !== null && row.version_id !== null) {
    await changeDocument(transaction, row, row.document_id, row.version_id, at, origin);
  } else if (row.faq_id !== null && row.faq_revision !== null) {
    await changeFaq(transaction, row, row.faq_id, row.faq_revision, at, origin);
  }
}

async function changeDocument(
  transaction: Knex.Transaction,
  row: ProposalRow,
  documentId: DocumentId,
  versionId: VersionId,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const { published, previous } = await findPublished(transaction, documentId);
  if (published !== row.base_version_id) throw baseHasChanged();
  if (row.kind === "publish") {
    const { state } = await requireVersion(transaction, versionId);
    if (state !== "in-review") throw baseHasChanged();
    await publish(transaction, versionId, at, origin);
  } else if (row.kind === "rollback") {
    if (previous !== versionId) throw baseHasChanged();
    await rollBack(transaction, documentId, at, origin);
  } else {
    await withdraw(transaction, documentId, at, origin);
  }
}

async function changeFaq(
  transaction: Knex.Transaction,
  row: ProposalRow,
  faqId: string,
  revision: number,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const published = await findPublishedRevision(transaction, faqId);
  if (published !== row.base_faq_revision) throw baseHasChanged();
  if (row.kind === "faq-publish") await publishFaq(transaction, faqId, revision, at, origin);
  else await withdrawFaq(transaction, faqId, at, origin);
}

/**
 * What was never published goes back to its author when it is rejected; what was published once becomes again what it
 * was. Nothing happens when it was published meanwhile in another way.
 */
async function restoreState(
  transaction: Knex.Transaction,
  row: ProposalRow,
  decision: "rejected" | "cancelled",
): Promise<void> {
  if (row.state_before === null) return;
  const wasPublished = row.state_before === "superseded" || row.state_before === "withdrawn";
  const state = decision === "rejected" && !wasPublished ? "returned" : row.state_before;
  if (row.kind === "publish") {
    await transaction("versions").where({ version_id: row.version_id, state: "in-review" }).update({ state });
  } else {
    await transaction("faq_revisions")
      .where({ faq_id: row.faq_id, revision: row.faq_revision, state: "in-review" })
      .update({ state });
  }
}
