import type { Actor } from "../access/index.ts";

/** A message as every channel hands it in. */
export interface InboundMessage {
  /** The channel's name: feishu, web, terminal, discord. */
  channel: string;
  /** The platform's own id of the message, with the tenant in front where the platform has tenants. Unique in the channel. */
  messageKey: string;
  chatId: string;
  chatKind: "direct" | "group";
  userId: string;
  threadId?: string;
  /** What was typed, mentions of the bot removed. */
  text: string;
  /** Set when the message is no text that can be answered: image, sticker, file …. Also set beside `attachments`. */
  unsupported?: string;
  /** Files that came with it; their bytes are fetched only when somebody who may submit files sent them. */
  attachments?: InboundAttachment[];
  /** A pressed button or a submitted form; `text` is empty then. */
  action?: InboundAction;
  /** What the channel needs to reply; opaque to the conversation. JSON. */
  replyTarget: unknown;
  /** ISO 8601, by the platform's clock. */
  sentAt: string;
}

export interface InboundAttachment {
  kind: "file" | "image";
  name: string;
  /** Bytes, when the platform says so. */
  size?: number;
  /** What the channel needs to fetch it; opaque. JSON. */
  reference: unknown;
}

export interface InboundAction {
  name: string;
  /** As they stood in the action that was rendered. */
  values: Readonly<Record<string, string>>;
  /** Contents of the form that it submits. */
  form?: Readonly<Record<string, string>>;
}

/** Who asked where, kept with the turn: for corrections in the same thread. */
export interface Asker {
  channel: string;
  userId: string;
  chatId: string;
  chatKind: "direct" | "group";
  threadId?: string;
  replyTarget: unknown;
}

/**
 * What became of a message that a channel handed in. Whatever it is, the platform may be acknowledged.
 * `ignored`: neither stored nor answered, because the sender was told once already that it is too fast, or because the
 * message is older than the time for which the keys of answered messages are surely kept.
 */
export type Acceptance = "accepted" | "duplicate" | "ignored";

export type AcceptMessage = (message: InboundMessage) => Promise<Acceptance>;

/** What a skill needs besides the message. */
export interface SkillContext {
  actor: Actor;
  language: "zh" | "en";
  /** ISO 8601. */
  at: string;
  /** Throws AppError `unusable-input` when the channel has no attachments, or the file is too large or gone. */
  fetchAttachment(attachment: InboundAttachment, maxBytes: number): Promise<Uint8Array>;
}

/** A part that answers some messages by itself, before they count as questions. */
export interface MessageSkill {
  readonly name: string;
  /** Undefined: not for this skill. What it throws becomes the visible error reply. */
  handle(message: InboundMessage, context: SkillContext): Promise<Reply | undefined>;
}

/** Neutral pieces of a reply; a renderer turns them into a card, an embed, HTML or lines. */
export type ReplyBlock =
  | { type: "paragraph"; text: string; role?: "next-step" }
  | { type: "list"; title?: string; items: string[]; role?: "not-stated" | "examples" }
  | {
      type: "citation";
      index: number;
      title: string;
      status: string;
      section: string;
      heading: string[];
      quote: string;
      url?: string;
    }
  | { type: "notice"; text: string }
  | { type: "heading"; text: string }
  /** Names and values: metadata, status, counts. `note`: where it comes from (原文载明, 推算, 未载明). */
  | { type: "fields"; items: { label: string; value: string; note?: string }[] }
  /** Changes of clauses, words marked. */
  | { type: "changes"; items: ChangeItem[]; more: number }
  | { type: "form"; name: string; fields: FormField[]; submit: ReplyAction }
  | { type: "actions"; actions: ReplyAction[] };

export interface ChangeItem {
  kind: "added" | "removed" | "changed" | "moved";
  section: string;
  runs: { text: string; mark?: "added" | "removed" }[];
}

export interface FormField {
  name: string;
  label: string;
  kind: "text" | "multiline" | "date" | "select";
  value?: string;
  /** For `select`. */
  options?: { value: string; label: string }[];
  required?: boolean;
  placeholder?: string;
}

/** A button. Channels without buttons show `command`, which has the same effect when typed. */
export interface ReplyAction {
  name: string;
  label: string;
  style: "primary" | "default" | "danger";
  values: Readonly<Record<string, string>>;
  /** Asked before it goes out. */
  confirm?: string;
  command?: string;
}

export interface Reply {
  /** The kind of the answer, or `error`. */
  kind: string;
  language: "zh" | "en";
  /** Said first, and alone where only one line fits. */
  headline: string;
  blocks: ReplyBlock[];
  /** The whole as text, citations included: what a channel shows that can do nothing else. */
  plainText: string;
  /** Shown as a label: the reply was phrased by a model. */
  generatedByAi: boolean;
}

export interface OutgoingReply {
  /** Stable across retries: channels pass it on as idempotency key. */
  outboxId: string;
  messageKey: string;
  replyTarget: unknown;
  reply: Reply;
}

export interface DeliveryReceipt {
  /** The platform's id of the reply. */
  receipt: string;
}

export interface ChannelCapabilities {
  maxTextBytes: number;
  /** 0: no cards. */
  maxCardBytes: number;
  foldableCitations: boolean;
  threads: boolean;
}

/** How people reach the bot. A failed delivery throws an AppError; `retryable` decides whether it is tried again. */
export interface Channel {
  readonly name: string;
  readonly capabilities: ChannelCapabilities;
  /** Starts to receive; `accept` resolves when the message is stored, and then the platform may be acknowledged. */
  start(accept: AcceptMessage): Promise<void>;
  deliver(reply: OutgoingReply): Promise<DeliveryReceipt>;
  /** The bytes of an attachment. Throws AppError `unusable-input` when it is larger than `maxBytes` or gone. */
  fetchAttachment?(
    message: InboundMessage,
    attachment: InboundAttachment,
    maxBytes: number,
  ): Promise<Uint8Array>;
  /** Where a message to one person goes that answers nothing: the reply target of their direct chat. */
  directTarget?(userId: string): unknown;
  /** For doctor and readiness, in Chinese. */
  status(): { healthy: boolean; detail: string };
  stop(): Promise<void>;
}
