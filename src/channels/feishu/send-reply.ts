import { AppError } from "../../shared/index.ts";
import { type ApiCaller, remedyFor } from "./call-api.ts";
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

export function createReplySender(call: ApiCaller["call"]): SendReply {
  const replyTo = (messageId: string, message: FeishuMessage, uuid: string, inThread: boolean) =>
    call((lark, options) =>
      lark.im.message.reply(
        {
          path: { message_id: messageId },
          data: {
            msg_type: message.msgType,
            content: message.content,
            uuid,
            ...(inThread && { reply_in_thread: true }),
          },
        },
        options,
      ),
    );

  const sendFresh = (to: { type: "chat_id" | "open_id"; id: string }, message: FeishuMessage, uuid: string) =>
    call((lark, options) =>
      lark.im.message.create(
        {
          params: { receive_id_type: to.type },
          data: { receive_id: to.id, msg_type: message.msgType, content: message.content, uuid },
        },
        options,
      ),
    );

  return async (target, message, uuid) => {
    const { messageId, chatId, threadId, directUserId } = target;
    const routes = [
      ...(messageId && threadId ? [() => replyTo(messageId, message, uuid, true)] : []),
      ...(messageId ? [() => replyTo(messageId, message, uuid, false)] : []),
      ...(chatId ? [() => sendFresh({ type: "chat_id", id: chatId }, message, uuid)] : []),
      ...(!chatId && directUserId
        ? [() => sendFresh({ type: "open_id", id: directUserId }, message, uuid)]
        : []),
    ];
    for (let position = 0; ; ) {
      const route = routes[position];
      if (!route) throw new AppError(NO_ROUTE);
      try {
        return readMessageId(await route(), uuid);
      } catch (thrown) {
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

/** A repeat of a uuid may be answered without a message; sent it is all the same. */
function readMessageId(answer: unknown, uuid: string): string {
  const parsed = sentMessage.safeParse(answer);
  return parsed.success ? parsed.data.data.message_id : `uuid:${uuid}`;
}
