import { type Actor, type Operation, requireRight } from "../../access/index.ts";
import type { ChangeOrigin, ProposalKind, ProposalRecord } from "../../storage/index.ts";
import { requireSoundFaq } from "../faq/check-faq.ts";
import { findProposal } from "../find-records.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { Decision, Impact, Reasoned } from "../types.ts";
import { isStopped, requireOpen, requireReason, requireSecond } from "./check-request.ts";
import { impactOf } from "./impact-of.ts";

const NEEDED: Readonly<Record<ProposalKind, Operation>> = {
  publish: "publish-document",
  rollback: "publish-document",
  withdraw: "withdraw-document",
  "faq-publish": "publish-document",
  "faq-withdraw": "withdraw-document",
};

export async function approve(
  parts: PublishingParts,
  proposalId: string,
  by: Actor,
  options: Reasoned,
): Promise<Decision> {
  const proposal = await findProposal(parts, proposalId);
  requireRight(by, NEEDED[proposal.kind]);
  if (isDecided(proposal, "approved", by)) return { outcome: "done", proposal };
  requireOpen(proposal);
  if (parts.settings.secondAdmin) requireSecond(proposal, by);
  if (proposal.kind === "faq-publish") await requireSoundFaq(parts, proposal);
  const impact = await impactOf(parts, proposal);
  if (impact && isStopped(impact, options)) return { outcome: "blocked", impact };
  return carryOut(parts, proposal, impact, by, options);
}

/** A message that is taken up again after a crash finds its work done; so does a second press. */
function isDecided(proposal: ProposalRecord, state: ProposalRecord["state"], by: Actor): boolean {
  return proposal.state === state && proposal.decidedBy === by.account;
}

/** Writes the decision and what it does in one transaction, then tells the index. */
export async function carryOut(
  parts: PublishingParts,
  proposal: ProposalRecord,
  impact: Impact | null,
  by: Actor,
  { reason }: Reasoned,
): Promise<Decision> {
  const { storage, clock } = parts;
  const { proposalId } = proposal;
  const decided = await storage.workflow.decideProposal(
    proposalId,
    { state: "approved", by: by.account, ...(reason !== undefined && { reason }) },
    clock(),
    originOf(by, reason),
  );
  if (impact?.blocked) await recordOverride(parts, proposal, impact, by, reason ?? "");
  await parts.onPublished?.();
  return { outcome: "done", proposal: decided };
}

async function recordOverride(
  { storage, clock }: PublishingParts,
  { proposalId }: ProposalRecord,
  { golden, others }: Impact,
  by: Actor,
  reason: string,
): Promise<void> {
  const regressions = golden.changed.filter(({ regression }) => regression).map(({ question }) => question);
  const items = others.flatMap(({ items: list }) => list.filter(({ severity }) => severity === "regression"));
  await storage.audit.append({
    at: clock().toISOString(),
    actor: by.account,
    action: "proposal.override",
    subject: `proposal:${proposalId}`,
    reason,
    details: { regressions, others: items.map(({ subject }) => subject) },
  });
}

export async function reject(
  parts: PublishingParts,
  proposalId: string,
  by: Actor,
  reason: string,
): Promise<ProposalRecord> {
  const proposal = await findProposal(parts, proposalId);
  requireRight(by, NEEDED[proposal.kind]);
  if (isDecided(proposal, "rejected", by)) return proposal;
  requireOpen(proposal);
  const decision = { state: "rejected" as const, by: by.account, reason: requireReason(reason) };
  return parts.storage.workflow.decideProposal(
    proposalId,
    decision,
    parts.clock(),
    originOf(by, decision.reason),
  );
}

/** By the one who made it; another admin rejects instead, with a reason. */
export async function cancel(parts: PublishingParts, proposalId: string, by: Actor): Promise<ProposalRecord> {
  const proposal = await findProposal(parts, proposalId);
  if (proposal.proposedBy !== by.account) requireRight(by, NEEDED[proposal.kind]);
  requireOpen(proposal);
  return parts.storage.workflow.decideProposal(
    proposalId,
    { state: "cancelled", by: by.account },
    parts.clock(),
    originOf(by, undefined),
  );
}

function originOf(by: Actor, reason: string | undefined): ChangeOrigin {
  return { actor: by.account, ...(reason !== undefined && { reason }) };
}
