import { type Actor, describeAccount } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { Impact, Reasoned } from "../types.ts";
import { describeProposalState } from "./describe-proposal.ts";

/** Whether a blocked change may go through. Throws AppError `usage` for an override without a reason. */
export function isStopped(impact: Impact | null, { override, reason }: Reasoned): boolean {
  if (!impact?.blocked) return false;
  if (!override) return true;
  if (reason !== undefined && reason.trim() !== "") return false;
  throw new AppError({
    code: "usage",
    message: "override without a reason",
    safeMessage: "该变更会使部分回答变差或失去依据。确需办理的，请写明原因后再操作。",
  });
}

export function requireReason(reason: string): string {
  if (reason.trim() !== "") return reason.trim();
  throw new AppError({
    code: "usage",
    message: "rejection without a reason",
    safeMessage: "请写明退回的原因，以便提交人修改。",
  });
}

/** The second admin is another person than the first. */
export function requireSecond(proposal: ProposalRecord, by: Actor): void {
  if (proposal.proposedBy !== by.account) return;
  throw new AppError({
    code: "forbidden",
    message: `${by.account} proposed ${proposal.proposalId}`,
    safeMessage: "这项申请由您提交，按双人复核要求须由另一位管理员办理。可请其他管理员复核，或由您取消申请。",
  });
}

export function requireOpen(proposal: ProposalRecord): void {
  if (proposal.state === "open") return;
  throw new AppError({
    code: "conflict",
    message: `proposal ${proposal.proposalId} is ${proposal.state}`,
    safeMessage: `这项申请${describeProposalState(proposal.state)}（${proposal.decidedBy === null ? "系统" : describeAccount(proposal.decidedBy)}），无需重复办理。`,
  });
}
