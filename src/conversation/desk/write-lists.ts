import type { DocumentStatus } from "../../publishing/index.ts";
import type { ProposalRecord } from "../../storage/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { describeLife } from "./describe-life.ts";
import { toDeskReply } from "./desk-reply.ts";

const MAX_LISTED = 20;
const MAX_VERSIONS = 8;

export function writeDocumentList(documents: readonly DocumentStatus[], search: string): Reply {
  const about = search === "" ? "知识库" : `标题含“${search}”的文件`;
  const headline = documents.length === 0 ? `${about}：没有文件。` : `${about}：共 ${documents.length} 份。`;
  const items = documents.slice(0, MAX_LISTED).map(({ documentId, title, published, openProposals }) => {
    const state = published
      ? `第${published.number}版，${published.statusToday}${published.expired ? "，有效期已满" : ""}`
      : "未发布";
    return `《${title}》 ${state}${openProposals.length > 0 ? "，有待复核事项" : ""}（${documentId}）`;
  });
  const more = documents.length - MAX_LISTED;
  return toDeskReply("desk-list", headline, [
    ...(items.length > 0 ? [{ type: "list" as const, items }] : []),
    ...(more > 0
      ? [{ type: "paragraph" as const, text: `另有 ${more} 份，可发送“搜索文件 关键词”缩小范围。` }]
      : []),
    { type: "paragraph", text: "查看某份文件：发送“文件状态 编号或标题”。" },
  ]);
}

export function writeDocumentStatus(status: DocumentStatus): Reply {
  const { documentId, title, published, versions, openProposals, collection, visibility } = status;
  const seen = visibility.kind === "public" ? "公开" : visibility.kind === "internal" ? "内部" : "指定群组";
  const changes = published ? writeChangeForms(documentId) : [];
  const blocks: ReplyBlock[] = [
    {
      type: "fields",
      items: [
        { label: "编号", value: documentId },
        { label: "来源", value: collection },
        { label: "可见范围", value: seen },
        {
          label: "现行版本",
          value: published
            ? `第${published.number}版，${published.statusToday}，${published.publishedAt.slice(0, 10)} 发布`
            : "无",
        },
      ],
    },
    {
      type: "list",
      title: "版本",
      items: versions
        .toReversed()
        .slice(0, MAX_VERSIONS)
        .map(({ number, state, createdAt, versionId }) => {
          return `第${number}版：${describeLife(state)}（${createdAt.slice(0, 10)}，${versionId}）`;
        }),
    },
    ...(openProposals.length > 0
      ? [{ type: "list" as const, title: "待复核", items: openProposals.map(describeProposal) }]
      : []),
    ...changes,
  ];
  return toDeskReply("desk-status", `《${title}》`, blocks);
}

/** Both need a reason; it goes into the log. */
function writeChangeForms(document: string): ReplyBlock[] {
  const form = (name: string, label: string, style: ReplyAction["style"], command: string): ReplyBlock => ({
    type: "form",
    name,
    fields: [{ name: "reason", label: `${label}的原因`, kind: "text", required: true }],
    submit: {
      name: `kb.${name}`,
      label,
      style,
      values: { document },
      command: `${command} ${document} 原因`,
    },
  });
  return [
    form("rollback", "退回上一版", "default", "回退文件"),
    form("withdraw", "撤下", "danger", "撤下文件"),
  ];
}

const KINDS: Record<ProposalRecord["kind"], string> = {
  publish: "发布",
  withdraw: "撤下",
  rollback: "退回上一版",
  "faq-publish": "发布常见问答",
  "faq-withdraw": "撤下常见问答",
};

export function describeProposal({
  kind,
  proposalId,
  proposedBy,
  proposedAt,
  reason,
  documentId,
  faqId,
}: ProposalRecord): string {
  const subject = documentId ?? faqId ?? "";
  return `${KINDS[kind]} ${subject}：${proposedBy} 于 ${proposedAt.slice(0, 10)} 提出${reason ? `，原因：${reason}` : ""}（${proposalId}）`;
}

export function writePending(proposals: readonly ProposalRecord[]): Reply {
  if (proposals.length === 0) return toDeskReply("desk-list", "目前没有待复核的事项。", []);
  return toDeskReply("desk-list", `待复核 ${proposals.length} 项。`, [
    { type: "list", items: proposals.map(describeProposal) },
    {
      type: "actions",
      actions: proposals
        .filter(({ versionId, kind }) => versionId !== null && kind === "publish")
        .slice(0, 5)
        .map(({ versionId }) => ({
          name: "kb.review",
          label: "查看并决定",
          style: "default" as const,
          values: { version: versionId ?? "" },
          command: `查看版本 ${versionId}`,
        })),
    },
  ]);
}

export function writeDeskHelp(): Reply {
  return toDeskReply("desk-help", "文件管理（仅管理员，在私聊中使用）", [
    {
      type: "list",
      items: [
        "直接发送文件（docx、doc、pdf、扫描件、图片、网页、xlsx、csv、txt、md），或发送允许范围内的网址",
        "文件列表 · 搜索文件 关键词 · 文件状态 编号或标题 · 待复核",
        "查看版本 版本号 · 影响预览 版本号 · 提交复核 版本号",
        "同意发布 申请号 · 退回修改 申请号 原因 · 取消申请 申请号",
        "回退文件 编号或标题 原因 · 撤下文件 编号或标题 原因",
      ],
    },
  ]);
}
