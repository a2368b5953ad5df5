import type { Impact, VersionDiff, VersionReview } from "../publishing/index.ts";
import type { ProposalRecord } from "../storage/index.ts";
import { displayWidth, padTo } from "./write-columns.ts";

const BASIS = {
  stated: "",
  computed: "（推算）",
  default: "（按规定默认）",
  admin: "（管理员填写）",
  none: "",
} as const;
const CHANGES = { added: "新增", removed: "删除", changed: "修改", moved: "移动" } as const;
const KINDS: Record<ProposalRecord["kind"], string> = {
  publish: "发布",
  withdraw: "撤下",
  rollback: "退回上一版",
  "faq-publish": "发布常见问答",
  "faq-withdraw": "撤下常见问答",
};
const STATES: Record<ProposalRecord["state"], string> = {
  open: "待复核",
  approved: "已通过",
  rejected: "已退回",
  cancelled: "已取消",
};

export function describeReview(review: VersionReview): string[] {
  const { title, number, versionId, documentId, fields, outline, warnings, lowConfidence, match } = review;
  const width = Math.max(14, ...fields.map(({ label }) => displayWidth(label) + 2));
  return [
    `《${title}》第${number}版  ${versionId}`,
    `${padTo("文件编号", width)}${documentId}`,
    ...fields.map(
      ({ label, value, basis }) =>
        `${padTo(label, width)}${basis === "none" ? "未载明" : value}${BASIS[basis]}`,
    ),
    `${padTo("篇幅", width)}${review.pages === null ? "" : `${review.pages} 页，`}${review.clauses} 个条款`,
    ...(match && match.kind !== "new"
      ? [`${padTo("与库内文件", width)}${match.kind} ${match.documentId}`]
      : []),
    ...outline
      .filter(({ level }) => level === 1)
      .slice(0, 20)
      .map(({ heading }) => `  · ${heading}`),
    ...warnings.map((warning) => `提示：${warning}`),
    ...lowConfidence
      .slice(0, 20)
      .map(
        ({ page, text, confidence }) => `请核对第${page}页（把握 ${Math.round(confidence * 100)}%）：${text}`,
      ),
  ];
}

export function writeDiffLines({ changes, unchanged, metadata }: VersionDiff): string[] {
  return [
    ...metadata.map(({ field, before, after }) => `${field}：${before} → ${after}`),
    ...changes.map(({ kind, section, previousSection, runs }) => {
      const text = runs
        .map((run) =>
          run.mark === "added" ? `{+${run.text}+}` : run.mark === "removed" ? `[-${run.text}-]` : run.text,
        )
        .join("");
      const from = previousSection ? `（原 ${previousSection}）` : "";
      return `〔${CHANGES[kind]}〕${section}${from}  ${text}`;
    }),
    `共 ${changes.length} 处变动，${unchanged} 个条款未变。`,
  ];
}

export function describeImpact(impact: Impact): string[] {
  const { golden, faq, others, diff, askersAffected, blocked } = impact;
  return [
    ...writeDiffLines(diff),
    `标准问题：试问 ${golden.asked} 题，回答有变化 ${golden.changed.length} 题`,
    ...golden.changed.map(
      ({ question, regression, why }) => `  ${regression ? "【变差】" : ""}${question}：${why}`,
    ),
    ...faq.map(({ subject, change }) => `常见问答：${subject}：${change}`),
    ...others.flatMap(({ name, items }) =>
      items.map(({ subject, change }) => `${name}：${subject}：${change}`),
    ),
    `近期提问人：${askersAffected} 人的回答引用过该文件`,
    ...(blocked ? ["结论：不能直接发布。"] : []),
  ];
}

export function describeProposal(proposal: ProposalRecord): string {
  const { kind, state, proposalId, documentId, versionId, faqId, proposedBy, proposedAt, reason } = proposal;
  const subject = faqId ?? [documentId, versionId].filter(Boolean).join(" ");
  return `${proposalId}  ${KINDS[kind]} ${subject}  ${STATES[state]}  ${proposedBy} ${proposedAt.slice(0, 10)}${reason ? `  原因：${reason}` : ""}`;
}
