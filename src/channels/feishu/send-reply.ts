import { AppError } from "../../shared/index.ts";
import { type ApiCaller, remedyFor } from "./call-api.ts";
import { FeishuCallError } from "./failures.ts";
import { laneOfTarget } from "./lane.ts";
import type { Spending } from "./pace.ts";
import { readTime } from "./receive.ts";
import { type ReplyTarget, sentMessage } from "./schema.ts";

export interface FeishuMessage {
  msgType: "interactive" | "post" | "file";
  /** JSON, as the platform wants it. */
  content: string;
}

/**
 * Answers a question: in its thread if it stands in one, as a plain reply, or as a fresh message to the chat when the
 * question is gone. `uuid` (≤ 50 characters) makes a repeat harmless for an hour. Returns the platform's message id.
 */
export type SendReply = (target: ReplyTarget, message: FeishuMessage, uuid: string) => Promise<string>;

export interface SentReply {
  messageId: string;
  /** By the platform's clock, ms: of the first time, when the uuid was a repeat. */
  sentAt: number | undefined;
}

export type SendTimedReply = (
  target: ReplyTarget,
  message: FeishuMessage,
  uuid: string,
) => Promise<SentReply>;

/** "Invalid parameter": what a repeated uuid would get, should the platform refuse it instead of giving the first message. */
const INVALID = 230001;
const REMEMBERED_UUIDS = 1_000;

export function createReplySender(call: ApiCaller["call"]): SendTimedReply {
  /** Of tries of which nobody knows whether they arrived. */
  const unclear = new Set<string>();
  const noteUnclear = (uuid: string) => {
    unclear.add(uuid);
    const [oldest] = unclear;
    if (unclear.size > REMEMBERED_UUIDS && oldest !== undefined) unclear.delete(oldest);
  };
  const sendWith = createSending(call, noteUnclear);
  return async (target, message, uuid) => {
    const { messageId, chatId, threadId, directUserId } = target;
    const { replyTo, sendFresh } = sendWith(message, uuid, { kind: "send", lane: laneOfTarget(target) });
    const routes = [
      ...(messageId && threadId ? [() => replyTo(messageId, true)] : []),
      ...(messageId ? [() => replyTo(messageId, false)] : []),
      ...(chatId ? [() => sendFresh("chat_id", chatId)] : []),
      ...(!chatId && directUserId ? [() => sendFresh("open_id", directUserId)] : []),
    ];
    for (let position = 0; ; ) {
      const route = routes[position];
      if (!route) throw new AppError(NO_ROUTE);
      try {
        return readSent(await route(), uuid);
      } catch (thrown) {
        // It has arrived before.
        if (isRefusedRepeat(thrown) && unclear.has(uuid))
          return { messageId: `uuid:${uuid}`, sentAt: undefined };
        const remedy = remedyFor(thrown);
        const next =
          remedy === "send-outside-thread" ? position + 1 : remedy === "send-fresh" ? routes.length - 1 : -1;
        if (next <= position || next >= routes.length) throw thrown;
        position = next;
      }
    }
  };
}

const NO_ROUTE = { code: "channel", message: "no route left", safeMessage: "回复无法送达该会话。" } as const;

/** The two ways in which a message goes out. */
function createSending(call: ApiCaller["call"], noteUnclear: (uuid: string) => void) {
  return ({ msgType, content }: FeishuMessage, uuid: string, spending: Spending) => {
    const watch = (sending: Promise<unknown>) =>
      sending.catch((thrown: unknown) => {
        if (isUnclear(thrown)) noteUnclear(uuid);
        throw thrown;
      });
    return {
      replyTo: (messageId: string, inThread: boolean) => {
        const path = { message_id: messageId };
        const data = { msg_type: msgType, content, uuid, ...(inThread && { reply_in_thread: true }) };
        return call((lark, options) => watch(lark.im.message.reply({ path, data }, options)), spending);
      },
      sendFresh: (type: "chat_id" | "open_id", id: string) => {
        const params = { receive_id_type: type };
        const data = { receive_id: id, msg_type: msgType, content, uuid };
        return call((lark, options) => watch(lark.im.message.create({ params, data }, options)), spending);
      },
    };
  };
}

function isRefusedRepeat(thrown: unknown): boolean {
  if (!(thrown instanceof FeishuCallError) || thrown.failure.code !== INVALID) return false;
  return /uuid|repeat|duplicat/i.test(thrown.failure.detail);
}

function isUnclear(thrown: unknown): boolean {
  if (!(thrown instanceof FeishuCallError)) return false;
  const { origin, httpStatus = 0 } = thrown.failure;
  return origin === "network" || httpStatus >= 500;
}

/** A repeat of a uuid may be answered without a message; sent it is all the same. */
function readSent(answer: unknown, uuid: string): SentReply {
  const parsed = sentMessage.safeParse(answer);
  if (!parsed.success) return { messageId: `uuid:${uuid}`, sentAt: undefined };
  const { message_id: messageId, create_time } = parsed.data.data;
  return { messageId, sentAt: readTime(create_time)?.getTime() };
}
