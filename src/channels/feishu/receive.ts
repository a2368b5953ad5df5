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
  if (!direct) {
    const mentioned = judgeMention(event, options.botOpenId);
    if (mentioned !== "mentioned") return mentioned;
  }
  return { outcome: "message", message: toInbound(event, { userId, sentAt, direct }, options) };
}

function judgeMention(event: MessageEvent, botOpenId: string | undefined): "mentioned" | Received {
  const ids = (event.message.mentions ?? []).flatMap(({ key, id }) =>
    key === "@_all" ? [] : (id?.open_id ?? []),
  );
  if (ids.length === 0) return ignored("nobody mentioned, or everybody");
  if (botOpenId === undefined) {
    return { outcome: "deferred", reason: "a mention cannot be judged before the bot's identity is known" };
  }
  return ids.includes(botOpenId) ? "mentioned" : ignored("somebody else mentioned");
}

function toInbound(
  { tenant_key, sender, message }: MessageEvent,
  { userId, sentAt, direct }: { userId: string; sentAt: Date; direct: boolean },
  { channel, botOpenId }: ReceiveOptions,
): InboundMessage {
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
    messageKey: `${tenant_key ?? sender.tenant_key ?? ""}:${message.message_id}`,
    chatId: message.chat_id,
    chatKind: direct ? "direct" : "group",
    userId,
    ...(threadId && { threadId }),
    text: "text" in content ? content.text : "",
    ...("unsupported" in content && { unsupported: content.unsupported }),
    ...(attachments.length > 0 && { attachments }),
    replyTarget,
    sentAt: sentAt.toISOString(),
  };
}

/** Milliseconds as a decimal string. */
function readTime(text: string | null | undefined): Date | undefined {
  if (!text || !/^\d{10,15}$/.test(text)) return undefined;
  return new Date(Number(text));
}

function ignored(reason: string): Received {
  return { outcome: "ignored", reason };
}
