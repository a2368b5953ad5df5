import type { AccountName, Actor } from "../access/index.ts";

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
  /** The platform's ids of the messages that this one quotes or stands under, nearest first. */
  repliesTo?: readonly string[];
  /** Not spoken to the bot; taken in because it stands under a message of a ticket. A skill must take it. */
  overheard?: true;
  /** The sender's name as the platform shows it. */
  userName?: string;
  /**
   * Who it is, where `channel:userId` is only a browser's session: the account that they have signed in with,
   * `feishu:ou_…`. Rights and data are this account's.
   */
  account?: AccountName;
  /** What the message that this one quotes or replies to says, where the platform sends it along. */
  quoted?: string;
  /** The language that the asker has chosen; absent: that of the words. */
  language?: "zh" | "en";
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
  /** Whose rights count, where it is not `channel:userId`. */
  account?: AccountName;
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
  /** Of the dialogue: the chat, the thread, the person in it. */
  sessionKey: string;
  /** To the sender's own direct chat, once for a key. False when the platform has none, or the key was used. */
  sendDirect(key: string, reply: Reply): Promise<boolean>;
  /** False: the platform has no direct chats that the bot may open. Absent: not known. */
  canSendDirect?: boolean;
  /** False: people cannot send files where this was said. */
  takesFiles?: boolean;
}

/** Not for this skill, but to be read by the others, and as a question, with these words instead of the typed ones. */
export interface PassedOn {
  passOn: string;
  /** What the answering part is asked, where that is not the whole of it. */
  question?: string;
  /** Stands under the reply: what it was understood from. */
  note?: string;
  /** A whole question: earlier ones add nothing to it, and it is answered in this language. */
  alone?: { language: "zh" | "en" };
}

/** A part that answers some messages by itself, before they count as questions. */
export interface MessageSkill {
  readonly name: string;
  /** Undefined: not for this skill. What it throws becomes the visible error reply. */
  handle(message: InboundMessage, context: SkillContext): Promise<Reply | PassedOn | undefined>;
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
  /** `more`: further buttons that submit the same form. */
  | { type: "form"; name: string; fields: FormField[]; submit: ReplyAction; more?: ReplyAction[] }
  | { type: "actions"; actions: ReplyAction[] }
  | ProgramBlock
  /** A generated file (a report, an export), fetched by its id; only for those whose it is. */
  | { type: "file"; fileId: string; name: string; mediaType: string; bytes: number; url?: string }
  /** A PNG, fetched like a file; `alt` says what it shows where pictures cannot be shown. */
  | { type: "picture"; fileId: string; alt: string; url?: string };

/** One program with a verdict for every criterion. */
export interface ProgramBlock {
  type: "program";
  programId: string;
  /** Place in the list, from 1; null when it stands alone. */
  rank: number | null;
  name: string;
  kind: string;
  verdict: "eligible" | "likely" | "needs-confirmation" | "not-eligible";
  /** The chip: 符合文字条件 / 可能符合，待确认 / 文中未写条件，需确认 / 文字条件不符. */
  verdictLabel: string;
  /** 状态 of program and document: 拟设立 · 征求意见稿. */
  status: string;
  criteria: VerdictRow[];
  /** What the text says of it, verbatim. */
  quotes: { title: string; section: string; quote: string; url?: string }[];
  notStated: string[];
  cautions: string[];
  nextStep: string;
  /** Compact: name, chip, one line of reason; the rest on request. */
  compact: boolean;
  /** One line: why it is here. */
  reason?: string;
}

export interface VerdictRow {
  text: string;
  verdict: "met" | "unmet" | "unknown";
  /** 满足 / 不满足 / 待确认. */
  label: string;
  observed?: string;
  threshold?: string;
  section: string;
  quote: string;
  url?: string;
  /** 2027-03-01 起满足; 还差120万元. */
  note?: string;
}

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
  /** What was said holds an enterprise's own data: the turn keeps neither words nor figures of the question. */
  confidential?: true;
  /**
   * Only acknowledges (what was said goes to a person): a mark on the message where the channel can, else `headline` as one
   * line.
   */
  quiet?: true;
  /** Of a quiet reply: what was said went to nobody, and the mark says so. */
  unsent?: true;
  /**
   * Only for who asked: where everybody would see it, it goes to the asker alone (`privateReplies` of the channel), and the
   * group gets one line that says so.
   */
  visibility?: "asker";
  /**
   * Who is to be notified of it in a group, by their id on the platform: a person's answer that comes later. A channel
   * checks that it is an id; one without mentions leaves it out.
   */
  mention?: { userId: string };
  /** Meant to be copied: sent as a bare text message, `plainText` as it stands, not as a card or an embed. */
  plain?: true;
  /** Still being made: shown in a stream, with a line that says so, without buttons; the whole takes its place. */
  partial?: true;
}

export interface OutgoingReply {
  /** Stable across retries: channels pass it on as idempotency key. */
  outboxId: string;
  messageKey: string;
  replyTarget: unknown;
  reply: Reply;
  /** Of the stream that was opened for it: the reply takes the place of what was shown there. */
  stream?: unknown;
}

/** A message of the platform's that fills while its reply is being made. */
export interface ReplyStream {
  /** What the channel needs to go on with it after a restart. JSON; fixed from the start. */
  readonly resume: unknown;
  /** Shows this in place of what was shown. The latest wins; order and pace are the channel's. Never throws. */
  show(reply: Reply): void;
  /** Nothing more will be shown; resolves when nothing is under way. */
  settle(): Promise<void>;
}

export interface DeliveryReceipt {
  /** The platform's id of the reply. */
  receipt: string;
}

/** What a channel can show and do, as data: replies are fitted to it before it gets them (`fitReply`). */
export interface ChannelCapabilities {
  /** What one message may hold, as the platform measures it; a longer reply becomes several. Absent: no limit. */
  maxMessageSize?: number;
  /** A quiet reply is a mark on the message. */
  reactions?: boolean;
  /** False: actions become the commands that have the same effect. Default true. */
  buttons?: boolean;
  /** False: a form becomes the list of what to type. Default true. */
  forms?: boolean;
  /** False: a picture becomes its description. Default true. */
  pictures?: boolean;
  /** False: a file is announced with where it can be had. Default true. */
  files?: boolean;
  /** `openStream` shows replies while they are made. Default false. */
  streams?: boolean;
  /**
   * How a reply reaches its asker alone in a place that others see: in that place (`inline`), in their direct chat
   * (`direct`), or not at all. Default `direct`.
   */
  privateReplies?: "inline" | "direct" | "none";
  /** People meet the bot here without having been told of it: it says once what it does and what it keeps. Default false. */
  greets?: boolean;
}

/** What happens on a platform besides messages. */
export type ChannelSignal =
  | { kind: "removed-from-chat"; channel: string; chatId: string; at: string }
  /** `key`: unique for this time of being added. */
  | { kind: "added-to-chat"; channel: string; chatId: string; key: string; at: string }
  /** Somebody opened their direct chat with the bot, for the first time or again. */
  | { kind: "direct-chat-opened"; channel: string; userId: string; at: string }
  | { kind: "person-left"; channel: string; userId: string; at: string }
  | {
      kind: "message-recalled";
      channel: string;
      messageKey: string;
      messageId: string;
      chatId: string;
      at: string;
    };

export interface ChannelHooks {
  /** At least once, in any order; the platform is acknowledged when it resolves. */
  onSignal(signal: ChannelSignal): Promise<void>;
  /** Whether a message that was not spoken to the bot stands under one of a ticket and is to be taken in. */
  follows(place: { channel: string; chatId: string; messageIds: readonly string[] }): Promise<boolean>;
  /** Names of programs that begin with or hold these words, for a field that completes what is typed. Never rejects. */
  suggestPrograms?(words: string, limit: number): Promise<readonly string[]>;
}

/** For doctor and readiness. */
export interface ChannelStatus {
  healthy: boolean;
  /** In Chinese. */
  detail: string;
}

/** How people reach the bot. A failed delivery throws an AppError; `retryable` decides whether it is tried again. */
export interface Channel {
  readonly name: string;
  readonly capabilities: ChannelCapabilities;
  /** Starts to receive; `accept` resolves when the message is stored, and then the platform may be acknowledged. */
  start(accept: AcceptMessage, hooks?: ChannelHooks): Promise<void>;
  deliver(reply: OutgoingReply): Promise<DeliveryReceipt>;
  /** The bytes of an attachment. Throws AppError `unusable-input` when it is larger than `maxBytes` or gone. */
  fetchAttachment?(
    message: InboundMessage,
    attachment: InboundAttachment,
    maxBytes: number,
  ): Promise<Uint8Array>;
  /** Where a message to one person goes that answers nothing: the reply target of their direct chat. */
  directTarget?(userId: string): unknown;
  /** Where a message to a group goes that answers nothing. */
  groupTarget?(chatId: string): unknown;
  /**
   * Puts a reply in the place of one that was delivered. The receipt is another one when the platform no longer lets the
   * old message be changed and a new one was sent. Absent: the channel cannot, and gets a new message instead.
   */
  revise?(receipt: string, reply: OutgoingReply): Promise<DeliveryReceipt>;
  /**
   * Opens a message that is filled while its reply is made; the finished reply comes by `deliver` with `stream`. Opening
   * twice for one message gives one message. Undefined: not possible here or now, the reply is sent whole. Never throws.
   */
  openStream?(
    start: Pick<OutgoingReply, "messageKey" | "replyTarget" | "reply">,
  ): Promise<ReplyStream | undefined>;
  /** Takes a delivered message back. Resolves also when it is gone already or too old. */
  withdraw?(receipt: string, replyTarget: unknown): Promise<void>;
  /** The part of the platform's limits that a target falls under: its chat. Absent: limited by nothing. */
  laneOf?(replyTarget: unknown): string | undefined;
  /** Milliseconds until a message may go there, 0: now. Counts nothing: `deliver` does. */
  delayOf?(replyTarget: unknown, priority: number): number;
  /** The text of the message that this one quotes, where the platform lets the bot read it. Never throws. */
  readQuoted?(message: InboundMessage): Promise<string | undefined>;
  status(): ChannelStatus;
  stop(): Promise<void>;
}
