import { describeVisibility } from "../../access/index.ts";
import { type DocumentStatus, describeLifeState, shortenId } from "../../publishing/index.ts";
import { toShanghaiDay } from "../../shared/index.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { type DocumentDeskOptions, namePerson } from "./desk-parts.ts";
import { toDeskReply } from "./desk-reply.ts";
import { describeProposal } from "./write-proposals.ts";

const MAX_LISTED = 20;
const MAX_VERSIONS = 8;

export function writeDocumentList(documents: readonly DocumentStatus[], search: string): Reply {
  const about = search === "" ? "知识库" : `标题含“${search}”的文件`;
  const headline = documents.length === 0 ? `${about}：没有文件。` : `${about}：共 ${documents.length} 份。`;
  const items = documents.slice(0, MAX_LISTED).map(({ documentId, title, published, openProposals }) => {
    const state = published
      ? `第${published.number}版，${published.statusToday}${published.expired ? "，有效期已满" : ""}`
      : "未发布";
    return `《${title}》 ${state}${openProposals.length > 0 ? "，有待复核事项" : ""}（编号 ${documentId}）`;
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

export function writeDocumentStatus(status: DocumentStatus, nameOf?: DocumentDeskOptions["nameOf"]): Reply {
  const { documentId, title, published, versions, openProposals, visibility } = status;
  const changes = [
    ...(published ? writeChangeForms(documentId, published.number > 1) : []),
    writeVisibilityForm(documentId, visibility),
  ];
  const blocks: ReplyBlock[] = [
    {
      type: "fields",
      items: [
        { label: "编号", value: documentId },
        { label: "可见范围", value: describeVisibility(visibility) },
        {
          label: "现行版本",
          value: published
            ? `第${published.number}版，${published.statusToday}，${toDay(published.publishedAt)} 发布`
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
          return `第${number}版：${describeLifeState(state)}（${toDay(createdAt)}，版本号 ${shortenId(versionId)}）`;
        }),
    },
    ...(openProposals.length > 0
      ? [
          {
            type: "list" as const,
            title: "待复核",
            items: openProposals.map((proposal) =>
              describeProposal({
                proposal,
                subject: `《${title}》`,
                proposer: namePerson(proposal.proposedBy, nameOf),
              }),
            ),
          },
        ]
      : []),
    ...changes,
  ];
  return toDeskReply("desk-status", `《${title}》`, blocks);
}

function toDay(instant: string): string {
  return toShanghaiDay(new Date(instant));
}

function writeVisibilityForm(document: string, { kind }: DocumentStatus["visibility"]): ReplyBlock {
  return {
    type: "form",
    name: "visibility",
    fields: [
      {
        name: "scope",
        label: "可见范围",
        kind: "select",
        ...(kind !== "groups" && { value: kind }),
        options: [
          { value: "public", label: "公开" },
          { value: "internal", label: "内部（专员、管理员，仅私聊）" },
        ],
        required: true,
      },
      { name: "reason", label: "调整的原因", kind: "text" },
    ],
    submit: {
      name: "kb.visibility",
      label: "调整可见范围",
      style: "default",
      values: { document },
      command: `可见范围 ${document} 公开`,
    },
  };
}

/** Both need a reason; it goes into the log. */
function writeChangeForms(document: string, hasEarlier: boolean): ReplyBlock[] {
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
    ...(hasEarlier ? [form("rollback", "回退到上一版", "default", "回退文件")] : []),
    form("withdraw", "撤下", "danger", "撤下文件"),
  ];
}

export function writeDeskHelp(): Reply {
  return toDeskReply("desk-help", "文件管理（仅管理员，在私聊中使用）", [
    {
      type: "list",
      items: [
        "直接发送文件（docx、doc、pdf、扫描件、图片、网页、xlsx、csv、txt、md），或发送允许范围内的网址",
        "文件列表 · 搜索文件 关键词 · 文件状态 编号或标题 · 待复核",
        "查看版本 版本号 · 影响预览 版本号 · 提交复核 版本号 · 查看申请 申请号",
        "复核通过 申请号 · 退回申请 申请号 原因 · 取消申请 申请号",
        "回退文件 编号或标题 原因 · 撤下文件 编号或标题 原因",
        "可见范围 编号或标题 公开（或 内部）；在某个群里发送“可见范围 编号或标题 本群”，则只对指定的群开放",
      ],
    },
  ]);
}
