import { AppError } from "../../shared/index.ts";
import { askToWriteDirectly } from "../tickets/ticket-reply.ts";
import type { Reply, ReplyAction, ReplyBlock } from "../types.ts";
import { type ButtonOptions, writeButton } from "../write-button.ts";
import { writeReplyText } from "../write-reply-text.ts";
import type { OfficeTurn } from "./office-parts.ts";

/** About how the desk is run and by whom: its turn keeps neither words nor figures. */
export function toOfficeReply(kind: string, headline: string, blocks: readonly ReplyBlock[] = []): Reply {
  return {
    kind: `office-${kind}`,
    language: "zh",
    headline,
    blocks: [...blocks],
    plainText: writeReplyText(headline, blocks),
    generatedByAi: false,
    confidential: true,
  };
}

/** Names are without the prefix `office.`. */
export function toOfficeButton(name: string, label: string, options?: ButtonOptions): ReplyAction {
  return writeButton("office", name, label, options);
}

export function reasonField(value = ""): Extract<ReplyBlock, { type: "form" }>["fields"][number] {
  return { name: "reason", label: "原因", kind: "text", value, placeholder: "会记入操作日志，200 字以内" };
}

export function list(items: readonly string[], title?: string): ReplyBlock[] {
  return items.length === 0
    ? []
    : [{ type: "list", items: [...items], ...(title !== undefined && { title }) }];
}

/** What is wrong with what was typed, and how it is written. */
export function misuse(safeMessage: string): AppError {
  return new AppError({ code: "usage", message: "office command cannot be read", safeMessage });
}

/** Settings and persons' figures are not for a group. */
export async function keepPrivate({ message, context, key }: OfficeTurn, reply: Reply): Promise<Reply> {
  if (message.chatKind === "direct") return reply;
  if (context.canSendDirect === false) return askToWriteDirectly("zh");
  await context.sendDirect(`office:${key}`, reply);
  return toOfficeReply("private", "服务台的设置与统计不在群里显示，已私聊发给您。");
}
