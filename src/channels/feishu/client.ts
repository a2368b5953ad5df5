import { AppError } from "../../shared/index.ts";
import { createApiCaller, remedyFor } from "./call-api.ts";
import { botInfo, type ReplyTarget, sentMessage } from "./schema.ts";
import type { FeishuContext } from "./settings.ts";

export interface FeishuMessage {
  msgType: "interactive" | "post";
  /** JSON, as the platform wants it. */
  content: string;
}

export interface BotIdentity {
  openId: string;
  name: string;
  /** False: the organisation's administrators have not enabled the app, or switched it off. */
  enabled: boolean;
}

/** The REST side. Failures are FeishuCallErrors for the caller to classify; `AppError` where no remedy exists. */
export interface FeishuClient {
  fetchBot(): Promise<BotIdentity>;
  /**
   * Answers a question: in its thread if it stands in one, as a plain reply, or as a fresh message to the chat when the
   * question is gone. `uuid` (≤ 50 characters) makes a repeat harmless for an hour. Returns the platform's message id.
   */
  sendReply(target: ReplyTarget, message: FeishuMessage, uuid: string): Promise<string>;
  /** Ends waits between tries. */
  close(): void;
}

export function createFeishuClient(context: FeishuContext): FeishuClient {
  const { call, close } = createApiCaller(context);

  const replyTo = (target: ReplyTarget, message: FeishuMessage, uuid: string, inThread: boolean) =>
    call((lark, options) =>
      lark.im.message.reply(
        {
          path: { message_id: target.messageId },
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

  const sendFresh = (target: ReplyTarget, message: FeishuMessage, uuid: string) =>
    call((lark, options) =>
      lark.im.message.create(
        {
          params: { receive_id_type: "chat_id" },
          data: { receive_id: target.chatId, msg_type: message.msgType, content: message.content, uuid },
        },
        options,
      ),
    );

  async function sendReply(target: ReplyTarget, message: FeishuMessage, uuid: string): Promise<string> {
    const routes = [
      ...(target.threadId === undefined ? [] : [() => replyTo(target, message, uuid, true)]),
      () => replyTo(target, message, uuid, false),
      () => sendFresh(target, message, uuid),
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
  }

  return {
    fetchBot: async () => readBot(await call((lark, options) => lark.request(BOT_INFO, options))),
    sendReply,
    close,
  };
}

const BOT_INFO = { method: "GET", url: "/open-apis/bot/v3/info" };

/** Of `activate_status`: enabled by the organisation. */
const ENABLED = 2;

const NO_ROUTE = { code: "channel", message: "no route left", safeMessage: "回复无法送达该会话。" } as const;

function readBot(answer: unknown): BotIdentity {
  const parsed = botInfo.safeParse(answer);
  if (!parsed.success) {
    throw new AppError({
      code: "channel",
      message: "bot/v3/info names no bot",
      safeMessage: "飞书应用未启用机器人能力。请管理员在开放平台“添加应用能力”中启用“机器人”，并发布新版本。",
    });
  }
  const { open_id, app_name, activate_status } = parsed.data.bot;
  const enabled = (activate_status ?? ENABLED) === ENABLED;
  return { openId: open_id, name: app_name ?? "", enabled };
}

/** A repeat of a uuid may be answered without a message; sent it is all the same. */
function readMessageId(answer: unknown, uuid: string): string {
  const parsed = sentMessage.safeParse(answer);
  return parsed.success ? parsed.data.data.message_id : `uuid:${uuid}`;
}
