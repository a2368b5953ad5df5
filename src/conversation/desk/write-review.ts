import {
  type AnswerChange,
  describeBasis,
  describeLifeState,
  type Impact,
  shortenId,
  type VersionReview,
} from "../../publishing/index.ts";
import type { FormField, Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { CHANGE_WORDS } from "../write-block-lines.ts";
import { toDeskReply } from "./desk-reply.ts";
import { describeProposal, type NamedProposal, writeDecisionBlocks } from "./write-proposals.ts";

const MAX_OUTLINE = 12;
const MAX_WARNINGS = 8;
const MAX_DOUBTFUL = 6;
const MAX_CHANGES = 8;
const MAX_ANSWERS = 6;

/**
 * The card of one version: what was recognised, what changes, what can be done with it now. `open` is the proposal that
 * waits on its document: only one about this very version is decided here.
 */
export function writeReview(
  review: VersionReview,
  impact: Impact | undefined,
  open: NamedProposal | undefined,
): Reply {
  const { title, number, state } = review;
  const headline = `《${title}》第${number}版：${describeLifeState(state)}，请核对。`;
  return toDeskReply("desk-review", headline, [
    { type: "fields", items: writeFacts(review) },
    ...writeMatch(review),
    ...writeOutline(review),
    ...writeWarnings(review),
    ...(impact ? writeImpact(impact) : []),
    ...(open ? writeOpen(review, impact, open) : writeDraftBlocks(review)),
  ]);
}

function writeOpen(
  { versionId }: VersionReview,
  impact: Impact | undefined,
  open: NamedProposal,
): ReplyBlock[] {
  const { proposal } = open;
  if (proposal.versionId === versionId) return writeDecisionBlocks(proposal, impact?.blocked ?? false);
  const text = `该文件另有一项待复核的申请，办结或取消后才能提交本版：${describeProposal(open)}。`;
  return [{ type: "notice", text }];
}

function writeFacts({ fields, fileName, pages, clauses }: VersionReview) {
  const file = fileName ? [{ label: "文件", value: fileName }] : [];
  const size = pages === null ? `${clauses} 个条款` : `${pages} 页，${clauses} 个条款`;
  const stated = fields.filter(({ basis }) => basis !== "none");
  const silent = fields.filter(({ basis }) => basis === "none").map(({ label }) => label);
  return [
    ...file,
    ...stated.map(({ label, value, basis }) => ({
      label,
      value,
      ...(basis !== "stated" && { note: describeBasis(basis) }),
    })),
    { label: "篇幅", value: size },
    ...(silent.length > 0 ? [{ label: "文件未载明", value: silent.join("、") }] : []),
  ];
}

function writeMatch({ match, versionId }: VersionReview): ReplyBlock[] {
  switch (match?.kind) {
    case "same":
      return [{ type: "notice", text: "与库内已有文件完全相同，没有新增版本。" }];
    case "new-version": {
      const because = { number: "文号相同", title: "标题相同", likeness: "正文相近" }[match.because];
      return [{ type: "notice", text: `识别为库内文件的新版本（${because}），不会另立文件。` }];
    }
    case "alike":
      return [
        {
          type: "notice",
          text: `与库内另一文件的正文相近（${Math.round(match.similarity * 100)}%），但标题或文号不同，现按新文件处理；如为同一文件的新版本，请点“归入该文件”。`,
        },
        {
          type: "actions",
          actions: [
            {
              name: "kb.assign",
              label: "归入该文件",
              style: "default",
              values: { version: versionId, document: match.documentId },
              confirm: `把本版本归入文件 ${match.documentId}？`,
            },
          ],
        },
      ];
    default:
      return [];
  }
}

function writeOutline({ outline }: VersionReview): ReplyBlock[] {
  const headings = outline.filter(({ level }) => level === 1).map(({ heading }) => heading);
  if (headings.length === 0) return [];
  const more = headings.length - MAX_OUTLINE;
  const items = [...headings.slice(0, MAX_OUTLINE), ...(more > 0 ? [`……另有 ${more} 个`] : [])];
  return [{ type: "list", title: "目录", items }];
}

function writeWarnings({ warnings, lowConfidence }: VersionReview): ReplyBlock[] {
  const doubtful = lowConfidence
    .slice(0, MAX_DOUBTFUL)
    .map(({ page, text, confidence }) => `第${page}页（${Math.round(confidence * 100)}%）：${text}`);
  const more = lowConfidence.length - MAX_DOUBTFUL;
  return [
    ...(warnings.length > 0
      ? [{ type: "list" as const, title: "读取提示", items: warnings.slice(0, MAX_WARNINGS) }]
      : []),
    ...(doubtful.length > 0
      ? [
          {
            type: "list" as const,
            title: "识别把握不大的文字，请对照原件",
            items: [...doubtful, ...(more > 0 ? [`……另有 ${more} 处`] : [])],
          },
        ]
      : []),
  ];
}

/** What publishing would change: clauses, answers, FAQ entries, askers. */
export function writeImpact(impact: Impact): ReplyBlock[] {
  const { changes, unchanged, metadata, fromVersionId } = impact.diff;
  const counts = (["added", "removed", "changed", "moved"] as const)
    .map((kind) => ({ kind, count: changes.filter((change) => change.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${CHANGE_WORDS[kind]} ${count}`);
  const answers = impact.golden.changed;
  const others = [
    ...impact.faq.map(({ subject, change }) => `常见问答：${subject}（${change}）`),
    ...impact.others.flatMap(({ name, items }) =>
      items.map(({ subject, change }) => `${name}：${subject}（${change}）`),
    ),
  ];
  return [
    { type: "heading", text: "发布影响" },
    {
      type: "fields",
      items: [
        {
          label: "条款变动",
          value:
            fromVersionId === null
              ? `首次发布，${changes.length} 个条款`
              : `${counts.join("，") || "无"}；未变 ${unchanged}`,
        },
        ...metadata.map(({ field, before, after }) => ({ label: field, value: `${before} → ${after}` })),
        { label: "标准问题", value: `试问 ${impact.golden.asked} 题，回答有变化 ${answers.length} 题` },
        { label: "近期提问人", value: `${impact.askersAffected} 人的回答引用过该文件` },
      ],
    },
    // A first version is new from beginning to end.
    ...(changes.length > 0 && fromVersionId !== null
      ? [
          {
            type: "changes" as const,
            items: changes.slice(0, MAX_CHANGES).map(({ kind, section, runs }) => ({ kind, section, runs })),
            more: Math.max(0, changes.length - MAX_CHANGES),
          },
        ]
      : []),
    ...(answers.length > 0
      ? [
          {
            type: "list" as const,
            title: "回答会变化的标准问题",
            items: answers.slice(0, MAX_ANSWERS).map(writeAnswerChange),
          },
        ]
      : []),
    ...(others.length > 0 ? [{ type: "list" as const, title: "其他影响", items: others }] : []),
    ...(impact.blocked
      ? [
          {
            type: "notice" as const,
            text: "该变更会使部分回答变差或失去依据，不能直接生效；确需办理的，须写明原因。",
          },
        ]
      : []),
  ];
}

function writeAnswerChange({ question, regression, why }: AnswerChange): string {
  return `${regression ? "【变差】" : ""}${question}：${why}`;
}

function writeDraftBlocks({ metadata, state, versionId }: VersionReview): ReplyBlock[] {
  if (state !== "parsed" && state !== "returned") return [];
  const submit: ReplyAction = {
    name: "kb.submit",
    label: "提交复核",
    style: "primary",
    values: { version: versionId },
    command: `提交复核 ${shortenId(versionId)}`,
  };
  return [
    {
      type: "form",
      name: "correct",
      fields: writeFormFields(metadata),
      submit: { name: "kb.correct", label: "保存修改", style: "default", values: { version: versionId } },
    },
    { type: "actions", actions: [submit] },
  ];
}

const KINDS = ["规划/行动方案", "规范性文件", "实施细则", "申报通知/指南", "问答/解读", "通知公告", "其他"];
const STATUSES = ["征求意见稿", "送审稿", "正式", "已废止", "已被替代", "未载明"];

function writeFormFields(metadata: VersionReview["metadata"]): FormField[] {
  const select = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const day = "YYYY-MM-DD，未载明则留空";
  return [
    { name: "title", label: "标题", kind: "text", value: metadata.title, required: true },
    {
      name: "issuers",
      label: "发文机关（多家用顿号分开）",
      kind: "text",
      value: metadata.issuers.join("、"),
    },
    { name: "documentNumber", label: "文号", kind: "text", value: metadata.documentNumber ?? "" },
    { name: "kind", label: "文件类别", kind: "select", value: metadata.kind, options: select(KINDS) },
    { name: "status", label: "文件状态", kind: "select", value: metadata.status, options: select(STATUSES) },
    { name: "signedOn", label: "成文日期", kind: "date", value: metadata.signedOn ?? "", placeholder: day },
    {
      name: "publishedOn",
      label: "发布日期",
      kind: "date",
      value: metadata.publishedOn ?? "",
      placeholder: day,
    },
    {
      name: "effectiveFrom",
      label: "施行日期",
      kind: "date",
      value: metadata.effectiveFrom ?? "",
      placeholder: day,
    },
    { name: "expiresOn", label: "有效期至", kind: "date", value: metadata.expiresOn ?? "", placeholder: day },
  ];
}
