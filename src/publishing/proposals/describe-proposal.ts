import type { ProposalRecord } from "../../storage/index.ts";

const KIND_NAMES: Readonly<Record<ProposalRecord["kind"], string>> = {
  publish: "发布",
  withdraw: "撤下",
  rollback: "回退到上一版",
  "faq-publish": "发布常见问答",
  "faq-withdraw": "撤下常见问答",
};

const STATE_NAMES: Readonly<Record<ProposalRecord["state"], string>> = {
  open: "待复核",
  approved: "已通过",
  rejected: "已退回",
  cancelled: "已取消",
};

export function describeProposalKind(kind: ProposalRecord["kind"]): string {
  return KIND_NAMES[kind];
}

export function describeProposalState(state: ProposalRecord["state"]): string {
  return STATE_NAMES[state];
}
