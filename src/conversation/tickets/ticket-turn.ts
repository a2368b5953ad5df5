import type { TicketAsker } from "../../triage/index.ts";
import type { InboundMessage, Reply, SkillContext } from "../types.ts";
import { openTicketDialogue, type TicketDialogue } from "./ticket-dialogue.ts";
import type { Language, TicketSkillOptions } from "./ticket-parts.ts";
import { askToWriteDirectly, writeGroupLine } from "./ticket-reply.ts";

/** One message in work. */
export interface TicketTurn {
  options: TicketSkillOptions;
  message: InboundMessage;
  context: SkillContext;
  language: Language;
  at: Date;
  /** Of what is done for it: the same message does it once. */
  key: string;
  text: string;
  dialogue: TicketDialogue;
}

export async function openTurn(
  options: TicketSkillOptions,
  message: InboundMessage,
  context: SkillContext,
): Promise<TicketTurn> {
  const dialogue = await openTicketDialogue(options, message, context);
  const text = message.text.trim();
  return {
    options,
    message,
    context,
    language: chooseLanguage(text, dialogue.state.pending?.language ?? null, context.language),
    at: new Date(context.at),
    key: `${message.channel}:${message.messageKey}`,
    text,
    dialogue,
  };
}

/** A button, a number or a file has no language of its own: the dialogue's goes on. */
function chooseLanguage(text: string, before: Language | null, found: Language): Language {
  const words = text.replace(/\S*\d\S*/g, " ");
  return /\p{Script=Han}|[A-Za-z]{2}/u.test(words) ? found : (before ?? found);
}

export function toAsker({ message, context }: Pick<TicketTurn, "message" | "context">): TicketAsker {
  const { channel, userId, chatId, chatKind, threadId, replyTarget, userName } = message;
  return {
    account: context.actor.account,
    ...{ channel, userId, chatId, chatKind, replyTarget },
    sessionKey: context.sessionKey,
    ...(threadId !== undefined && { threadId }),
    ...(userName !== undefined && { name: userName }),
  };
}

export function toChat({ channel, chatId }: Pick<InboundMessage, "channel" | "chatId">): string {
  return `${channel}:${chatId}`;
}

/** In a group, what concerns one's own ticket goes to the direct chat, once for a message. */
export async function answerPrivately(turn: TicketTurn, reply: Reply): Promise<Reply> {
  const { message, context, language } = turn;
  if (message.chatKind === "direct") return reply;
  if (context.canSendDirect === false) return askToWriteDirectly(language);
  await context.sendDirect(`ticket:${message.messageKey}`, reply);
  return writeGroupLine(language);
}
