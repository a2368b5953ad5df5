import type { Actor, Audience, Role } from "../access/index.ts";
import type { Answer, Answerer, AnswerRequest } from "../answering/index.ts";
import { AppError, type Clock, type Logger, toAppError } from "../shared/index.ts";
import type { ConversationStore, InboxRecord } from "../storage/index.ts";
import { chooseSkill } from "./choose-skill.ts";
import type { ConversationChannels } from "./conversation-channel.ts";
import { detectLanguage, isCourtesy } from "./detect-language.ts";
import type { SendDirect } from "./enqueue-notice.ts";
import { readQuote } from "./read-quote.ts";
import { readContext, readSpokenLanguage, type StoredOutcome } from "./read-session.ts";
import { type AnswerOffers, type CitationUrl, renderAnswer } from "./render-answer.ts";
import type { InboundMessage, MessageSkill, PassedOn, Reply, SkillContext } from "./types.ts";
import { writeErrorReply, writeNotice } from "./write-notice.ts";

/** Claims of one message, crashes included, before it gets the error reply without being tried again. */
const MAX_ATTEMPTS = 3;

/** A message as the inbox keeps it. */
export interface StoredMessage extends InboundMessage {
  /** Of a question that a skill passed on: it leans on no earlier one. */
  alone?: true;
  /** Set when it was the first beyond the sender's rate: it gets the notice instead of an answer. */
  rateLimited?: true;
  /** The same for the chat's: its sender repeats itself, or it is one of two who fill the chat. */
  halted?: "repeated" | "crowded";
  /** Of a message that a skill passed on: what the answering part is asked, and what stands under the reply. */
  asked?: string;
  note?: string;
}

export interface ComposedReply {
  reply: Reply;
  outcome: StoredOutcome;
  resolvedQuestion: string;
  /** What was asked, where it is not what was typed. */
  question?: string;
}

export interface ComposeOptions {
  store: ConversationStore;
  answerer: Answerer;
  clock: Clock;
  logger: Logger;
  answerTimeoutMs: number;
  citationUrl?: CitationUrl;
  /** Answers offer a specialist. */
  handOver?: boolean;
  /** Answers can be judged, copied from and asked on: the skills know `answer.…`. */
  feedback?: boolean;
  /** The reply with what somebody has to be told who meets the bot for the first time. */
  greetIn?: (message: InboundMessage, reply: Reply) => Promise<Reply>;
  /** Roles of an account; absent: everybody is staff. */
  actorOf?: (account: string) => Promise<Actor>;
  /** Asked in this order before a message counts as a question. */
  skills?: readonly MessageSkill[];
  channels: ConversationChannels;
  /** A reply to the sender's direct chat instead of the group. */
  sendDirect?: SendDirect;
}

/** Told of the reply while it is made. */
export type ShowPartial = (reply: Reply) => void;

/** One message → one reply. Never throws: what fails becomes a visible error reply with the number in the log. */
export async function composeReply(
  record: InboxRecord,
  options: ComposeOptions,
  showPartial?: ShowPartial,
): Promise<ComposedReply> {
  const message = record.message as StoredMessage;
  try {
    if (record.attempts > MAX_ATTEMPTS) throw interruptedTooOften(record);
    return await greet(await compose(record, message, { ...options, showPartial }), message, options);
  } catch (thrown) {
    return composeError(record, thrown, options);
  }
}

/** The turn keeps the reply without it. */
async function greet(
  composed: ComposedReply,
  message: StoredMessage,
  { greetIn }: ComposeOptions,
): Promise<ComposedReply> {
  return greetIn ? { ...composed, reply: await greetIn(message, composed.reply) } : composed;
}

/** The visible reply when there can be no other. */
export function composeError(
  { channel, messageKey, attempts, message: stored }: InboxRecord,
  thrown: unknown,
  { logger }: Pick<ComposeOptions, "logger">,
): ComposedReply {
  const message = stored as StoredMessage;
  const error = toAppError(thrown);
  logger.error(
    { channel, messageKey, attempts, errorId: error.id, code: error.code, error: error.message },
    "message could not be answered",
  );
  return withoutAnswer(writeErrorReply(error, languageOf(message)), message);
}

async function compose(
  record: InboxRecord,
  message: StoredMessage,
  options: ComposeOptions & { showPartial: ShowPartial | undefined },
): Promise<ComposedReply> {
  const halt = message.rateLimited ? "rate-limited" : message.halted;
  if (halt) return withoutAnswer(writeNotice(halt, languageOf(message)), message);
  const actor = await findActor(message, options);
  const { context, quote } = await readBackground(record.sessionKey, message, options);
  const spoken = message.language ?? (await readSpoken(record.sessionKey, message, options));
  // A file, a sticker or an empty mention has no language of its own.
  const language = spoken ?? detectLanguage(wordsOf(message) ?? quote ?? context.at(-1) ?? "");
  const known = { actor, language, sessionKey: record.sessionKey };
  const { reply, message: handled } = await trySkills(message, known, options);
  if (reply) return withoutAnswer(withNote(reply, handled.note), message);
  // A mention under a quote, without words of its own, asks what is quoted.
  const read =
    quote !== undefined && chooseSkill(handled) === "empty" ? { ...handled, text: quote } : handled;
  const skill = chooseSkill(read);
  if (skill !== "question") return withoutAnswer(writeNotice(skill, language), message);
  const wanted = read.language ?? spoken;
  const question = (read.asked ?? read.text).trim();
  const render = (part: Answer, offers?: AnswerOffers) =>
    renderAnswer(addNotice(part, read.note), options.citationUrl, offers);
  const asked = options.answerer.answerQuestion({
    question,
    context: read.alone || read.text === quote ? [] : context,
    audience: toAudience(message, actor),
    ...(wanted && { language: wanted }),
    ...listenTo(options, render),
  });
  const answer = addNotice(await within(asked, options.answerTimeoutMs), read.note);
  return {
    reply: renderAnswer(answer, options.citationUrl, offersOf(message, question, options)),
    outcome: answer,
    resolvedQuestion: answer.resolvedQuestion,
    ...(read !== message && { question }),
  };
}

/** What is said, or what the pressed button asks: the last question may have been in another language. */
function wordsOf({ text, action }: StoredMessage): string | undefined {
  if (text.trim() !== "") return text;
  return action?.values["question"]?.trim() || undefined;
}

/** What is shown before the answer is whole can be judged and asked on only afterwards. */
function listenTo(
  { showPartial, logger }: ComposeOptions & { showPartial: ShowPartial | undefined },
  render: (part: Answer) => Reply,
): Pick<AnswerRequest, "onPartial"> {
  if (!showPartial) return {};
  return {
    onPartial(part) {
      try {
        showPartial(render(part));
      } catch (thrown) {
        logger.error({ error: String(thrown) }, "a part of an answer could not be shown");
      }
    },
  };
}

/**
 * What a question may lean on: what it quotes, else the asker's earlier questions. Everything that is written in a thread
 * hangs on its first message; that quotes nothing.
 */
async function readBackground(
  sessionKey: string,
  message: StoredMessage,
  { store, channels, clock }: ComposeOptions,
): Promise<{ context: string[]; quote?: string }> {
  const own = await readContext(store, sessionKey, clock());
  const hangsOnThread = message.threadId !== undefined && (message.repliesTo?.length ?? 0) < 2;
  if (message.action || (own.length > 0 && hangsOnThread)) return { context: own };
  const quote = await readQuote(message, { store, channels });
  return quote === undefined ? { context: own } : { context: [quote], quote };
}

/** The language of the dialogue, where the words do not tell. */
async function readSpoken(
  sessionKey: string,
  { text }: StoredMessage,
  { store, clock }: ComposeOptions,
): Promise<"zh" | "en" | undefined> {
  return isCourtesy(text) ? readSpokenLanguage(store, sessionKey, clock()) : undefined;
}

function languageOf({ language, text }: StoredMessage): "zh" | "en" {
  return language ?? detectLanguage(text);
}

function addNotice(answer: Answer, note: string | undefined): Answer {
  if (note === undefined) return answer;
  return { ...answer, notices: [...answer.notices, note], answer: `${answer.answer}\n${note}` };
}

function offersOf(
  { messageKey }: InboundMessage,
  question: string,
  { handOver = false, feedback = false }: ComposeOptions,
): AnswerOffers {
  return { question, handOver, ...(feedback && { messageKey }) };
}

const STAFF: ReadonlySet<Role> = new Set(["staff"]);

async function findActor(message: InboundMessage, { actorOf }: ComposeOptions): Promise<Actor> {
  const account = message.account ?? `${message.channel}:${message.userId}`;
  return actorOf ? actorOf(account) : { account, roles: STAFF };
}

/** Everybody in the chat reads the answer. */
function toAudience(
  { channel, chatId, chatKind }: Pick<InboundMessage, "channel" | "chatId" | "chatKind">,
  { account, roles }: Actor,
): Audience {
  return { account, roles, chatKind, chat: `${channel}:${chatId}` };
}

/** The message comes back as the answering part should read it. */
async function trySkills(
  message: StoredMessage,
  known: Pick<SkillContext, "actor" | "language" | "sessionKey">,
  { skills = [], channels, clock, sendDirect }: ComposeOptions,
): Promise<{ reply?: Reply; message: StoredMessage }> {
  let read = message;
  for (const skill of skills) {
    const outcome = await skill.handle(read, {
      ...known,
      at: clock().toISOString(),
      takesFiles: channels.get(message.channel)?.fetchAttachment !== undefined,
      canSendDirect: channels.get(message.channel)?.directTarget?.(message.userId) !== undefined,
      sendDirect: async (key, reply) => (await sendDirect?.(message, key, reply)) ?? false,
      fetchAttachment: async (attachment, maxBytes) => {
        const fetch = channels.get(message.channel)?.fetchAttachment;
        if (fetch) return fetch(message, attachment, maxBytes);
        throw new AppError({
          code: "unusable-input",
          message: `channel ${message.channel} has no attachments`,
          safeMessage: "当前平台暂不支持接收文件。请改用飞书私聊发送，或在服务器上用 ingest 命令导入。",
        });
      },
    });
    if (outcome && "passOn" in outcome) read = passOn(read, outcome);
    else if (outcome) return { reply: outcome, message: read };
  }
  return { message: read };
}

function passOn(
  { action: _pressed, unsupported: _file, ...message }: StoredMessage,
  { passOn: text, question, note, alone }: PassedOn,
): StoredMessage {
  return {
    ...{ ...message, text },
    ...(question !== undefined && { asked: question }),
    ...(note !== undefined && { note }),
    ...(alone && { alone: true, language: alone.language }),
  };
}

/** In a skill's reply; an answer keeps it among its notices. */
function withNote(reply: Reply, note: string | undefined): Reply {
  if (note === undefined) return reply;
  return {
    ...reply,
    blocks: [...reply.blocks, { type: "notice", text: note }],
    plainText: `${reply.plainText}\n${note}`,
  };
}

function withoutAnswer(reply: Reply, message: StoredMessage): ComposedReply {
  const resolvedQuestion = reply.confidential ? "" : message.text;
  return { reply, outcome: { kind: reply.kind, reply }, resolvedQuestion };
}

function interruptedTooOften(record: InboxRecord): AppError {
  return new AppError({
    code: "internal",
    message: `given up after ${record.attempts - 1} interrupted attempts`,
    safeMessage: "处理这条消息时系统多次中断，已不再重试。请换一种说法再问，或把错误编号告诉管理员。",
  });
}

async function within<Value>(work: Promise<Value>, milliseconds: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new AppError({
          code: "model",
          message: `no answer within ${milliseconds} ms`,
          safeMessage: "回答用时过长，已停止等待。请稍后再问一次，或把问题问得更具体一些。",
          retryable: true,
        }),
      );
    }, milliseconds);
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
  }
}
