import type { InboundAttachment, InboundMessage } from "../../conversation/index.ts";
import { readContent } from "./message-text.ts";
import { type MessageEvent, messageEvent, type ReplyTarget, type ResourceReference } from "./schema.ts";

/**
 * Older messages are not answered any more. The platform repeats an event that it saw no acknowledgement for until about
 * 7 hours after it was sent (15 s, 5 min, 1 h, 6 h), and all of these must still count.
 */
export const STALE_AFTER_MS = 8 * 60 * 60 * 1_000;

export interface ReceiveOptions {
  channel: string;
  /** Undefined: not learnt yet. */
  botOpenId: string | undefined;
  now: Date;
}

export type Received =
  | { outcome: "message"; message: InboundMessage }
  /** Spoken to nobody, under another message of a group: for us only when that one is a ticket's. */
  | { outcome: "overheard"; message: InboundMessage; messageIds: readonly string[] }
  /** Not for us, or not answerable; the platform is acknowledged. */
  | { outcome: "ignored"; reason: string }
  /** Whether it is for us cannot be told yet; the platform must bring it again. */
  | { outcome: "deferred"; reason: string };

/** `im.message.receive_v1`, as the SDK's dispatcher hands it over → a neutral message, if it is one for the bot. */
export function receiveMessage(data: unknown, options: ReceiveOptions): Received {
  const parsed = messageEvent.safeParse(data);
  if (!parsed.success) return ignored(`malformed event: ${parsed.error.issues[0]?.path.join(".") ?? ""}`);
  const event = parsed.data;
  const { sender, message } = event;
  // People only: answering bots, oneself included, makes loops.
  if (sender.sender_type !== "user") return ignored("not sent by a person");
  const senderIds = sender.sender_id;
  const userId = senderIds?.open_id ?? senderIds?.user_id ?? senderIds?.union_id;
  if (!userId) return ignored("the sender has no id");
  if (userId === options.botOpenId) return ignored("own message");
  if (message.message_type === "system") return ignored("a system notice");
  const sentAt = readTime(message.create_time) ?? options.now;
  if (options.now.getTime() - sentAt.getTime() > STALE_AFTER_MS) return ignored("stale");
  const direct = message.chat_type === "p2p";
  const read = () => toInbound(event, { userId, sentAt, direct }, options);
  if (direct) return { outcome: "message", message: read() };
  const mentioned = judgeMention(event, options.botOpenId);
  if (mentioned === "mentioned") return { outcome: "message", message: read() };
  if (mentioned !== "nobody") return mentioned;
  const messageIds = listAbove(event);
  if (messageIds.length === 0) return ignored("nobody mentioned");
  return { outcome: "overheard", message: { ...read(), overheard: true }, messageIds };
}

/** What is said to somebody else, or to all, is not said to a ticket either. */
function judgeMention(event: MessageEvent, botOpenId: string | undefined): "mentioned" | "nobody" | Received {
  const mentions = event.message.mentions ?? [];
  if (mentions.length === 0) return "nobody";
  const ids = mentions.flatMap(({ key, id }) => (key === "@_all" ? [] : (id?.open_id ?? [])));
  if (ids.length === 0) return ignored("everybody mentioned");
  if (botOpenId === undefined) {
    return { outcome: "deferred", reason: "a mention cannot be judged before the bot's identity is known" };
  }
  return ids.includes(botOpenId) ? "mentioned" : ignored("somebody else mentioned");
}

/** The messages that this one quotes or stands under, nearest first. */
function listAbove({ message }: MessageEvent): string[] {
  const ids = [message.parent_id, message.root_id].filter((id) => id !== undefined);
  return [...new Set(ids)];
}

function toInbound(
  event: MessageEvent,
  { userId, sentAt, direct }: { userId: string; sentAt: Date; direct: boolean },
  { channel, botOpenId }: ReceiveOptions,
): InboundMessage {
  const { tenant_key, sender, message } = event;
  const repliesTo = listAbove(event);
  const content = readContent(message.message_type, message.content, message.mentions ?? [], botOpenId);
  const threadId = message.thread_id;
  const replyTarget: ReplyTarget = {
    messageId: message.message_id,
    chatId: message.chat_id,
    ...(threadId && { threadId }),
    ...(direct && { direct: true, directUserId: userId }),
  };
  const attachments = (content.resources ?? []).map(({ kind, name, key }): InboundAttachment => {
    const reference: ResourceReference = { messageId: message.message_id, key, type: kind };
    return { kind, name, reference };
  });
  return {
    channel,
    messageKey: toMessageKey(tenant_key ?? sender.tenant_key, message.message_id),
    chatId: message.chat_id,
    chatKind: direct ? "direct" : "group",
    userId,
    ...(threadId && { threadId }),
    text: "text" in content ? content.text : "",
    ...("unsupported" in content && { unsupported: content.unsupported }),
    ...(attachments.length > 0 && { attachments }),
    ...(repliesTo.length > 0 && { repliesTo }),
    replyTarget,
    sentAt: sentAt.toISOString(),
  };
}

/** Unique in the channel, also where one app serves several tenants. */
export function toMessageKey(tenantKey: string | undefined, messageId: string): string {
  return `${tenantKey ?? ""}:${messageId}`;
}

/** Milliseconds as a decimal string. */
export function readTime(text: string | null | undefined): Date | undefined {
  if (!text || !/^\d{10,15}$/.test(text)) return undefined;
  return new Date(Number(text));
}

function ignored(reason: string): Received {
  return { outcome: "ignored", reason };
}
