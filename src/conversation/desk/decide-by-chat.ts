import type { Actor } from "../../access/index.ts";
import type { Decision } from "../../publishing/index.ts";
import type { VersionId } from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { Reply, ReplyBlock } from "../types.ts";
import { type DocumentDeskOptions, nameProposal } from "./desk-parts.ts";
import { toDeskReply } from "./desk-reply.ts";
import { findDocument } from "./find-document.ts";
import type { DeskCommand } from "./read-command.ts";
import { showReview } from "./take-file.ts";
import {
  describeProposal,
  writeBlockedDecision,
  writeDecisionBlocks,
  writeOverrideForm,
} from "./write-proposals.ts";
import { writeImpact } from "./write-review.ts";

type Decisive = Extract<DeskCommand, { do: "submit" | "approve" | "rollback" | "withdraw" }>;

/** Carries out a request; the same one, taken up again after a crash, is carried out once and answered alike. */
export async function decide(
  options: DocumentDeskOptions,
  command: Decisive,
  actor: Actor,
  requestKey: string,
): Promise<Reply> {
  const { review } = options.publishing;
  const given = {
    requestKey,
    ...(command.reason !== "" && { reason: command.reason }),
    ...(command.override && { override: true }),
  };
  switch (command.do) {
    case "submit": {
      const decision = await review.submit(command.version as VersionId, actor, given);
      return showDecision(options, decision, actor, [
        writeOverrideForm("submit", { version: command.version }),
      ]);
    }
    case "approve": {
      const decision = await review.approve(command.proposal, actor, given);
      return showDecision(options, decision, actor, writeBlockedDecision(command.proposal));
    }
    case "rollback":
    case "withdraw": {
      const document = await findDocument(review, command.document, actor);
      const decision = await review[command.do](document, actor, given);
      return showDecision(options, decision, actor, [writeOverrideForm(command.do, { document })]);
    }
  }
}

export async function reject(
  options: DocumentDeskOptions,
  { proposal: proposalId, reason }: Extract<DeskCommand, { do: "reject" }>,
  actor: Actor,
): Promise<Reply> {
  const proposal = await options.publishing.review.reject(proposalId, actor, reason);
  const told = await tellProposer(options, proposal, actor, "rejected", "您提交的事项已被退回。");
  return toDeskReply("desk-done", told ? "已退回，并已告知提交人。" : "已退回。", [
    await describe(options, proposal, actor),
  ]);
}

async function showDecision(
  options: DocumentDeskOptions,
  decision: Decision,
  actor: Actor,
  again: readonly ReplyBlock[],
): Promise<Reply> {
  if (decision.outcome === "blocked") {
    return toDeskReply("desk-blocked", "未生效：该变更会使部分回答变差或失去依据。", [
      ...writeImpact(decision.impact),
      ...again,
    ]);
  }
  const { proposal } = decision;
  if (decision.outcome === "waiting") {
    const told = await askOthers(options, proposal, actor);
    const whom =
      told > 0
        ? `已通知另外 ${told} 位管理员复核。`
        : "尚无其他管理员可通知，请另一位管理员发送“待复核”处理。";
    return toDeskReply("desk-waiting", "已提交，需另一位管理员复核后生效。", [
      { type: "paragraph", text: whom },
      await describe(options, proposal, actor),
    ]);
  }
  await tellProposer(options, proposal, actor, "approved", "您提交的事项已复核通过并生效。");
  return toDeskReply("desk-done", "已生效，新的提问即按此作答。", [await describe(options, proposal, actor)]);
}

async function describe(
  options: DocumentDeskOptions,
  proposal: ProposalRecord,
  actor: Actor,
): Promise<ReplyBlock> {
  return { type: "paragraph", text: describeProposal(await nameProposal(options, proposal, actor)) };
}

/** The other admins get the card on which they can decide. Returns how many can be reached. */
async function askOthers(
  options: DocumentDeskOptions,
  proposal: ProposalRecord,
  actor: Actor,
): Promise<number> {
  const others = (await options.listAdmins()).filter((account) => account !== actor.account);
  if (others.length === 0) return 0;
  const reply = await showProposal(options, proposal, actor);
  const told = await Promise.all(
    others.map((account) => options.notify(account, `review:${proposal.proposalId}`, reply)),
  );
  return told.filter(Boolean).length;
}

/** What is proposed, with the buttons that decide it. */
export async function showProposal(
  options: DocumentDeskOptions,
  proposal: ProposalRecord,
  actor: Actor,
): Promise<Reply> {
  if (proposal.kind === "publish" && proposal.versionId) {
    const review = await options.publishing.review.getReview(proposal.versionId, actor);
    return showReview(options, review, actor);
  }
  return toDeskReply("desk-review", "有一项申请待您复核。", [
    await describe(options, proposal, actor),
    ...writeDecisionBlocks(proposal, false),
  ]);
}

/** False: it was their own, or they cannot be reached. */
async function tellProposer(
  options: DocumentDeskOptions,
  proposal: ProposalRecord,
  actor: Actor,
  key: string,
  headline: string,
): Promise<boolean> {
  const { proposedBy, proposalId, decisionReason } = proposal;
  if (proposedBy === actor.account) return false;
  const reply = toDeskReply("desk-done", headline, [
    await describe(options, proposal, actor),
    ...(decisionReason ? [{ type: "paragraph" as const, text: `说明：${decisionReason}` }] : []),
  ]);
  return options.notify(proposedBy, `${key}:${proposalId}`, reply);
}
