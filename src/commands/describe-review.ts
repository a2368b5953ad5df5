import { describeVisibility } from "../access/index.ts";
import { writeBlockLines } from "../conversation/index.ts";
import {
  type DocumentStatus,
  describeBasis,
  describeLifeState,
  describeProposalKind,
  describeProposalState,
  type Impact,
  type VersionDiff,
  type VersionReview,
} from "../publishing/index.ts";
import { toShanghaiDay } from "../shared/index.ts";
import type { ProposalRecord } from "../storage/index.ts";
import { displayWidth, padTo } from "./write-columns.ts";

const MATCHES = { same: "内容相同", "new-version": "识别为新版本", alike: "正文相近" } as const;

export function describeReview(review: VersionReview): string[] {
  const { title, number, versionId, documentId, fields, outline, warnings, lowConfidence, match } = review;
  const width = Math.max(14, ...fields.map(({ label }) => displayWidth(label) + 2));
  return [
    `《${title}》第${number}版（${describeLifeState(review.state)}）  ${versionId}`,
    `${padTo("文件编号", width)}${documentId}`,
    ...fields.map(
      ({ label, value, basis }) =>
        `${padTo(label, width)}${value}${basis === "stated" || basis === "none" ? "" : `（${describeBasis(basis)}）`}`,
    ),
    `${padTo("篇幅", width)}${review.pages === null ? "" : `${review.pages} 页，`}${review.clauses} 个条款`,
    ...(match && match.kind !== "new"
      ? [`${padTo("与库内文件", width)}${MATCHES[match.kind]} ${match.documentId}`]
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
    ...writeBlockLines({ type: "changes", items: changes, more: 0 }),
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
  const day = toShanghaiDay(new Date(proposedAt));
  const why = reason ? `  原因：${reason}` : "";
  return `${proposalId}  ${describeProposalKind(kind)} ${subject}  ${describeProposalState(state)}  ${proposedBy} ${day}${why}`;
}

export function describeStatus(status: DocumentStatus): string[] {
  const { documentId, title, published, versions, openProposals, visibility } = status;
  return [
    `《${title}》  ${documentId}`,
    `可见范围：${describeVisibility(visibility)}`,
    `现行版本：${published ? `第${published.number}版（${published.statusToday}）` : "无"}`,
    ...versions.map(
      ({ number, state, createdAt, versionId }) =>
        `  第${number}版  ${describeLifeState(state)}  ${toShanghaiDay(new Date(createdAt))}  ${versionId}`,
    ),
    ...openProposals.map(describeProposal),
  ];
}
