import type { Knex } from "knex";
import { AppError } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { findPublishedRevision, requireRevision } from "../faq/publication.ts";
import { requireVersion } from "../knowledge/change-publication.ts";
import { findPublished } from "../knowledge/publication.ts";
import { toInstant, toJson, toOptionalText, toText } from "../row-values.ts";
import type { ChangeOrigin, WorkflowStore } from "../types.ts";
import {
  cannotBeProposed,
  nothingPublished,
  proposalIsOpen,
  targetHasChanged,
} from "./proposal-conflicts.ts";
import { type ProposalRow, subjectOf } from "./proposal-rows.ts";

type NewProposal = Parameters<WorkflowStore["openProposal"]>[0];

type Subject = Pick<
  ProposalRow,
  | "document_id"
  | "version_id"
  | "faq_id"
  | "faq_revision"
  | "base_version_id"
  | "base_faq_revision"
  | "state_before"
>;

const NO_SUBJECT: Subject = {
  document_id: null,
  version_id: null,
  faq_id: null,
  faq_revision: null,
  base_version_id: null,
  base_faq_revision: null,
  state_before: null,
};

/** What was published once may be proposed again. */
const PROPOSABLE: ReadonlySet<string> = new Set(["parsed", "draft", "returned", "superseded", "withdrawn"]);

export async function openProposal(
  transaction: Knex.Transaction,
  proposal: NewProposal,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  const subject = await findSubject(transaction, proposal);
  await refuseSecond(transaction, subject);
  await transaction("proposals").insert({
    proposal_id: toText(proposal.proposalId),
    kind: proposal.kind,
    ...subject,
    state: "open",
    proposed_by: toText(proposal.proposedBy),
    proposed_at: toInstant(at),
    reason: toOptionalText(proposal.reason),
    impact: toJson(proposal.impact),
  });
  await markInReview(transaction, proposal.kind, subject);
  const facts = {
    proposalId: proposal.proposalId,
    kind: proposal.kind,
    ...(subject.version_id !== null && { versionId: subject.version_id }),
    ...(subject.faq_revision !== null && { revision: subject.faq_revision }),
  };
  const why = proposal.reason === null ? origin : { reason: proposal.reason, ...origin };
  await appendAudit(transaction, describeChange("proposal.opened", subjectOf(subject), facts, at, why));
}

/** Which document or entry it is about, and what is published of it at this moment. */
function findSubject(transaction: Knex.Transaction, proposal: NewProposal): Promise<Subject> {
  switch (proposal.kind) {
    case "publish":
      return findDraft(transaction, proposal);
    case "withdraw":
    case "rollback":
      return findRetreat(transaction, proposal);
    case "faq-publish":
    case "faq-withdraw":
      return findFaqRevision(transaction, proposal);
  }
}

async function findDraft(transaction: Knex.Transaction, proposal: NewProposal): Promise<Subject> {
  if (proposal.versionId === null) throw incomplete(proposal);
  const version = await requireVersion(transaction, proposal.versionId);
  if (proposal.documentId !== null && proposal.documentId !== version.document_id) {
    throw incomplete(proposal);
  }
  if (!PROPOSABLE.has(version.state)) throw cannotBeProposed(version.state);
  const { published } = await findPublished(transaction, version.document_id);
  return {
    ...NO_SUBJECT,
    document_id: version.document_id,
    version_id: version.version_id,
    base_version_id: published,
    state_before: version.state,
  };
}

async function findRetreat(transaction: Knex.Transaction, proposal: NewProposal): Promise<Subject> {
  const { documentId, versionId, kind } = proposal;
  if (documentId === null) throw incomplete(proposal);
  const { published, previous } = await findPublished(transaction, documentId);
  const target = kind === "withdraw" ? published : previous;
  if (target === null) throw nothingPublished();
  if (versionId !== null && versionId !== target) throw targetHasChanged();
  return { ...NO_SUBJECT, document_id: documentId, version_id: target, base_version_id: published };
}

async function findFaqRevision(transaction: Knex.Transaction, proposal: NewProposal): Promise<Subject> {
  const { faqId, faqRevision, kind } = proposal;
  if (faqId === null) throw incomplete(proposal);
  const published = await findPublishedRevision(transaction, faqId);
  const subject = { ...NO_SUBJECT, faq_id: faqId, base_faq_revision: published };
  if (kind === "faq-publish") {
    const row = await requireRevision(transaction, faqId, faqRevision ?? undefined);
    if (!PROPOSABLE.has(row.state)) throw cannotBeProposed(row.state);
    return { ...subject, faq_revision: row.revision, state_before: row.state };
  }
  if (published === null) throw nothingPublished();
  if (faqRevision !== null && faqRevision !== published) throw targetHasChanged();
  return { ...subject, faq_revision: published };
}

async function refuseSecond(transaction: Knex.Transaction, subject: Subject): Promise<void> {
  const query = transaction("proposals").whereRaw("state = 'open'");
  if (subject.document_id !== null) query.where("document_id", subject.document_id);
  else query.where("faq_id", subject.faq_id);
  const open: unknown = await query.first("proposal_id");
  if (open) throw proposalIsOpen();
}

async function markInReview(
  transaction: Knex.Transaction,
  kind: ProposalRow["kind"],
  subject: Subject,
): Promise<void> {
  if (kind === "publish") {
    await transaction("versions").where("version_id", subject.version_id).update({ state: "in-review" });
  }
  if (kind === "faq-publish") {
    await transaction("faq_revisions")
      .where({ faq_id: subject.faq_id, revision: subject.faq_revision })
      .update({ state: "in-review" });
  }
}

function incomplete(proposal: NewProposal): AppError {
  return new AppError({
    code: "unusable-input",
    message: `a proposal of the kind ${proposal.kind} does not name its subject`,
    safeMessage: "申请没有指明要变更的文件、版本或问答。请从列表中选择后重新提交。",
  });
}
