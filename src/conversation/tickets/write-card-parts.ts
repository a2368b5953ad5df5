import { describeSection } from "../../answering/index.ts";
import type { Ticket, TicketTask } from "../../triage/index.ts";
import type { ReplyBlock } from "../types.ts";
import { describeInstant } from "./describe-time.ts";
import { paragraph } from "./ticket-reply.ts";
import { cut, nameDepartment } from "./ticket-words.ts";

type Names = Readonly<Record<string, string>>;

const MAX_TEXT = 1_500;

export function writeMatter(ticket: Ticket, task: TicketTask): ReplyBlock[] {
  const isPart = task.summary.trim() !== "" && task.summary.trim() !== ticket.text.trim();
  return [
    { type: "heading", text: "企业诉求" },
    ...(isPart ? [paragraph(`本部门事项：${cut(task.summary, 300)}`)] : []),
    paragraph(`原话：“${cut(ticket.text, MAX_TEXT)}”`),
    ...(ticket.context.length > 0
      ? [
          {
            type: "list" as const,
            title: "此前在会话中问过：",
            items: ticket.context.map((each) => cut(each, 120)),
          },
        ]
      : []),
    ...(ticket.files.length > 0
      ? [paragraph(`附件：${ticket.files.map(({ name }) => name).join("、")}（认领后私聊发给承办人）`)]
      : []),
  ];
}

const MAX_CITATIONS = 4;

/** What the documents say, for the specialist to check: quotes as they stand, each with the status of its document. */
export function writeDraft({ draft }: Ticket): ReplyBlock[] {
  if (!draft) return [];
  return [
    { type: "heading", text: "文件中的相关内容（草稿，发送前请核对）" },
    paragraph(cut(draft.text, 800)),
    ...draft.citations.slice(0, MAX_CITATIONS).map(
      ({ title, status, section, quote, url }, position): ReplyBlock => ({
        type: "citation",
        index: position + 1,
        heading: [],
        ...{ title, status, section: describeSection(section), quote },
        ...(url !== undefined && { url }),
      }),
    ),
    ...(draft.notStated.length > 0
      ? [
          {
            type: "list" as const,
            title: "文件未载明",
            items: [...draft.notStated],
            role: "not-stated" as const,
          },
        ]
      : []),
  ];
}

const REROUTES = {
  transfer: "转派",
  return: "退回",
  unreachable: "无人可接",
  settings: "分派表调整",
} as const;

export function writeReroutes({ reroutes }: TicketTask, names: Names): ReplyBlock[] {
  if (reroutes.length === 0) return [];
  const items = reroutes.map(
    ({ from, to, at, reason, kind }) =>
      `${describeInstant(at)} ${REROUTES[kind]}：${nameDepartment(from, names)} → ${nameDepartment(to, names)}${reason ? `（${reason}）` : ""}`,
  );
  return [{ type: "list", title: `转派记录（${reroutes.length} 次）：`, items }];
}
