import { describeProposalKind, shortenId } from "../../publishing/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { toDeskReply } from "./desk-reply.ts";

const MAX_BUTTONS = 5;

/** A proposal with its subject's name: 《title》, or what the FAQ entry asks. */
export interface NamedProposal {
  proposal: ProposalRecord;
  subject: string;
  /** Who made it, as people are named. */
  proposer: string;
}

export function describeProposal({ proposal, subject, proposer }: NamedProposal): string {
  const { kind, proposalId, proposedAt, reason } = proposal;
  const day = toShanghaiDay(new Date(proposedAt));
  const why = reason ? `，原因：${reason}` : "";
  return `${describeProposalKind(kind)}${subject}：${proposer} 于 ${day} 提出${why}（申请号 ${shortenId(proposalId)}）`;
}

export function writePending(proposals: readonly NamedProposal[]): Reply {
  if (proposals.length === 0) return toDeskReply("desk-list", "目前没有待复核的事项。", []);
  const buttons = proposals.slice(0, MAX_BUTTONS).map(
    ({ proposal: { proposalId } }, index): ReplyAction => ({
      name: "kb.proposal",
      label: `查看第 ${index + 1} 项`,
      style: "default",
      values: { proposal: proposalId },
      command: `查看申请 ${shortenId(proposalId)}`,
    }),
  );
  return toDeskReply("desk-list", `待复核 ${proposals.length} 项。`, [
    { type: "list", items: proposals.map((named, index) => `${index + 1}. ${describeProposal(named)}`) },
    { type: "actions", actions: buttons },
  ]);
}

const APPROVE: Readonly<Record<ProposalRecord["kind"], { label: string; confirm: string }>> = {
  publish: { label: "发布", confirm: "确认发布？发布后立即用于回答。" },
  withdraw: { label: "同意撤下", confirm: "确认撤下？撤下后立即不再用于回答。" },
  rollback: { label: "同意回退", confirm: "确认回退到上一版？回退后立即按上一版回答。" },
  "faq-publish": { label: "发布", confirm: "确认发布这条常见问答？发布后立即用于回答。" },
  "faq-withdraw": { label: "同意撤下", confirm: "确认撤下这条常见问答？撤下后立即不再用于回答。" },
};

/** For the one who decides: what the proposal is about by its name, 退回 with a reason. */
export function writeDecisionBlocks({ kind, proposalId }: ProposalRecord, blocked: boolean): ReplyBlock[] {
  if (blocked) return writeBlockedDecision(proposalId);
  const { label, confirm } = APPROVE[kind];
  const values = { proposal: proposalId };
  const command = `复核通过 ${shortenId(proposalId)}`;
  return [
    { type: "actions", actions: [{ name: "kb.approve", label, style: "primary", values, confirm, command }] },
    writeRejection(proposalId),
  ];
}

/** Where regressions stand against it, passing it needs a reason as well. */
export function writeBlockedDecision(proposalId: string): ReplyBlock[] {
  const command = `仍然通过 ${shortenId(proposalId)} 原因`;
  return [writeOverrideForm("approve", { proposal: proposalId }, command), writeRejection(proposalId)];
}

function writeRejection(proposalId: string): ReplyBlock {
  return {
    type: "form",
    name: "reject",
    fields: [{ name: "reason", label: "退回的原因", kind: "multiline", required: true }],
    submit: {
      name: "kb.reject",
      label: "退回",
      style: "danger",
      values: { proposal: proposalId },
      command: `退回申请 ${shortenId(proposalId)} 原因`,
    },
  };
}

/** Against regressions; the reason goes into the log. */
export function writeOverrideForm(
  action: "approve" | "submit" | "rollback" | "withdraw",
  values: Readonly<Record<string, string>>,
  command?: string,
): ReplyBlock {
  return {
    type: "form",
    name: "override",
    fields: [{ name: "reason", label: "仍要办理的原因", kind: "multiline", required: true }],
    submit: {
      name: `kb.${action}`,
      label: action === "approve" ? "仍然通过" : "仍然办理",
      style: "danger",
      values: { ...values, override: "yes" },
      ...(command !== undefined && { command }),
    },
  };
}
