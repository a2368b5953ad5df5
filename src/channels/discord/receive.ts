import type { InboundAttachment, InboundMessage } from "../../conversation/index.ts";
import { cleanName } from "../clean-name.ts";
import { mentionsBot, readText } from "./message-text.ts";
import {
  type AttachmentReference,
  type MessageEvent,
  messageEvent,
  type RawAttachment,
  type ReplyTarget,
} from "./schema.ts";

/** Older messages are not answered any more. The platform repeats nothing but what a resumed connection missed. */
export const STALE_AFTER_MS = 60 * 60 * 1_000;

export interface ReceiveOptions {
  channel: string;
  botUserId: string;
  now: Date;
  /** The channel that a thread belongs to; undefined when the channel is no thread. */
  parentId: string | undefined;
}

export type Received =
  | { outcome: "message"; message: InboundMessage }
  /** Spoken to nobody, under another message: for us only when that one is a ticket's. */
  | { outcome: "overheard"; message: InboundMessage; messageIds: readonly string[] }
  | { outcome: "ignored"; reason: string };

/** What people write: a message, a reply. All others are notices of the platform. */
const REPLY = 19;
const WRITTEN: ReadonlySet<number> = new Set([0, REPLY]);
const VOICE_MESSAGE = 1 << 13;
const MAX_QUOTED_CHARACTERS = 2_000;

/** `MESSAGE_CREATE` → a neutral message, if it is one for the bot. */
export function receiveMessage(data: unknown, options: ReceiveOptions): Received {
  const parsed = messageEvent.safeParse(data);
  if (!parsed.success) return ignored(`malformed event: ${parsed.error.issues[0]?.path.join(".") ?? ""}`);
  const event = parsed.data;
  // People only: answering bots, oneself included, makes loops.
  if (event.author.bot || event.webhook_id) return ignored("not sent by a person");
  if (event.author.id === options.botUserId) return ignored("own message");
  if (!WRITTEN.has(event.type)) return ignored("a notice of the platform");
  const sentAt = readTime(event.timestamp) ?? options.now;
  if (options.now.getTime() - sentAt.getTime() > STALE_AFTER_MS) return ignored("stale");
  const message = toInbound(event, sentAt, options);
  if (message.chatKind === "direct") return { outcome: "message", message };
  const repliedTo = event.referenced_message?.author?.id;
  const mentioned = (event.mentions ?? []).map(({ id }) => id);
  // A reply that pings the bot's message names it without anybody having written it; so does one to another person.
  const pinged = event.type === REPLY && mentioned.includes(options.botUserId);
  if (pinged || mentionsBot(event.content ?? "", options.botUserId)) return { outcome: "message", message };
  if (event.mention_everyone) return ignored("everybody mentioned");
  if ((event.mention_roles ?? []).length > 0) return ignored("a role mentioned");
  if (mentioned.some((id) => id !== repliedTo)) return ignored("somebody else mentioned");
  const messageIds = message.repliesTo ?? [];
  if (messageIds.length === 0) return ignored("nobody mentioned");
  return { outcome: "overheard", message: { ...message, overheard: true }, messageIds };
}

function toInbound(event: MessageEvent, sentAt: Date, options: ReceiveOptions): InboundMessage {
  const { channel, botUserId, parentId } = options;
  const { id, channel_id: channelId, guild_id: guildId, author } = event;
  const direct = guildId === undefined;
  const text = readText(event.content ?? "", botUserId, event.mentions ?? []);
  const attachments = (event.attachments ?? []).map((each) => toAttachment(each, channelId, id));
  const unsupported = nameUnsupported(event, text);
  const repliesTo = listAbove(event, direct || parentId === undefined ? undefined : channelId);
  const quoted = readQuoted(event);
  const userName = event.member?.nick || author.global_name || author.username;
  const target: ReplyTarget = {
    channelId,
    messageId: id,
    ...(guildId && { guildId }),
    ...(direct && { directUserId: author.id }),
    ...(parentId !== undefined && { inThread: true }),
    askerId: author.id,
  };
  return {
    channel,
    messageKey: toMessageKey(guildId, id),
    // One dialogue with a person, wherever only they can read it.
    chatId: direct ? author.id : (parentId ?? channelId),
    chatKind: direct ? "direct" : "group",
    userId: author.id,
    ...(!direct && parentId !== undefined && { threadId: channelId }),
    text,
    ...(unsupported && { unsupported }),
    ...(attachments.length > 0 && { attachments }),
    ...(repliesTo.length > 0 && { repliesTo }),
    ...(quoted && { quoted }),
    ...(userName && { userName }),
    replyTarget: target,
    sentAt: sentAt.toISOString(),
  };
}

/** Nearest first: what is replied to, then the message that a thread was made from, which has the thread's id. */
function listAbove({ message_reference }: MessageEvent, threadId: string | undefined): string[] {
  const replied = message_reference?.type ? undefined : (message_reference?.message_id ?? undefined);
  return [...new Set([replied, threadId].filter((id) => id !== undefined))];
}

/** The platform sends the words only of messages that the bot may read anyway. */
function readQuoted({ referenced_message: quoted }: MessageEvent): string | undefined {
  const text = quoted ? joinWords(quoted) : "";
  return text === "" ? undefined : text;
}

/** What a message says, embeds included. */
export function joinWords(message: {
  content?: string | null | undefined;
  embeds?:
    | readonly { title?: string | null | undefined; description?: string | null | undefined }[]
    | null
    | undefined;
}): string {
  const parts = [
    // Who was called is nothing that was said.
    (message.content ?? "").replace(/^<@!?\d+>\s*/, ""),
    ...(message.embeds ?? []).flatMap(({ title, description }) => [title ?? "", description ?? ""]),
  ];
  const text = parts.filter((part) => part.trim() !== "").join("\n");
  // Back from what was escaped for the platform's markdown.
  return text
    .replace(/\\([\\*_~`|<>[\]()#@.+-])/g, "$1")
    .slice(0, MAX_QUOTED_CHARACTERS)
    .trim();
}

export function toAttachment(
  { id, filename, size, url, content_type }: RawAttachment,
  channelId: string,
  messageId: string | undefined,
): InboundAttachment {
  const reference: AttachmentReference = { id, url, channelId, ...(messageId && { messageId }) };
  const kind = content_type?.startsWith("image/") ? "image" : "file";
  return { kind, name: cleanName(filename), size, reference };
}

function nameUnsupported(event: MessageEvent, text: string): string | undefined {
  if (((event.flags ?? 0) & VOICE_MESSAGE) !== 0) return "语音";
  if (text !== "") return undefined;
  const [first] = event.attachments ?? [];
  if (first) return first.content_type?.startsWith("image/") ? "图片" : "文件";
  if ((event.sticker_items ?? []).length > 0) return "表情包";
  if (event.poll !== undefined && event.poll !== null) return "投票";
  if (event.message_reference?.type === 1) return "转发";
  return undefined;
}

/** Unique in the channel. */
export function toMessageKey(guildId: string | undefined, messageId: string): string {
  return `${guildId ?? "dm"}:${messageId}`;
}

export function readTime(text: string | null | undefined): Date | undefined {
  const time = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}

function ignored(reason: string): Received {
  return { outcome: "ignored", reason };
}
