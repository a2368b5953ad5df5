import { AppError } from "../../shared/index.ts";
import { createApiCaller, remedyFor } from "./call-api.ts";
import { toFileType } from "./file-type.ts";
import { botInfo, type ReplyTarget, type ResourceReference, sentMessage, uploadedFile } from "./schema.ts";
import type { FeishuContext } from "./settings.ts";

export interface FeishuMessage {
  msgType: "interactive" | "post" | "file";
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
  /** The bytes of a file or picture that somebody sent. Throws AppError `unusable-input` beyond `maxBytes`. */
  fetchResource(resource: ResourceReference, maxBytes: number): Promise<Uint8Array>;
  /** Returns the platform's key, for a message of the kind `file`. A repeat makes another key; that does no harm. */
  uploadFile(file: { name: string; bytes: Uint8Array }): Promise<string>;
  /** Ends waits between tries. */
  close(): void;
}

export function createFeishuClient(context: FeishuContext): FeishuClient {
  const { call, close } = createApiCaller(context);

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

  async function sendReply(target: ReplyTarget, message: FeishuMessage, uuid: string): Promise<string> {
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
  }

  return {
    fetchBot: async () => readBot(await call((lark, options) => lark.request(BOT_INFO, options))),
    sendReply,
    fetchResource: async ({ messageId, key, type }, maxBytes) => {
      const path = { message_id: messageId, file_key: key };
      const answer = await call((lark, options) =>
        lark.im.messageResource.get({ path, params: { type } }, options),
      );
      return readStream(answer.getReadableStream(), maxBytes);
    },
    uploadFile: async ({ name, bytes }) => {
      const data = { file_type: toFileType(name), file_name: name, file: Buffer.from(bytes) };
      return readFileKey(await call((lark, options) => lark.im.file.create({ data }, options)));
    },
    close,
  };
}

async function readStream(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): AppError {
  return new AppError({
    code: "unusable-input",
    message: `the attachment has more than ${maxBytes} bytes`,
    safeMessage: `文件超过 ${Math.floor(maxBytes / 1024 / 1024)} MB 上限。请拆分后重新发送，或在服务器上用 ingest 命令导入。`,
  });
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

function readFileKey(answer: unknown): string {
  const parsed = uploadedFile.safeParse(answer);
  if (parsed.success) return parsed.data.file_key;
  throw new AppError({
    code: "channel",
    message: "the answer to an upload has no file key",
    safeMessage: "飞书没有接受该文件，请把错误编号告诉管理员。",
  });
}
