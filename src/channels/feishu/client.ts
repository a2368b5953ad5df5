import { AppError } from "../../shared/index.ts";
import { createApiCaller } from "./call-api.ts";
import { type CardEntities, createCardEntities } from "./card-entities.ts";
import { toFileType } from "./file-type.ts";
import type { Pace } from "./pace.ts";
import { addedReaction, botInfo, type ResourceReference, uploadedFile, uploadedImage } from "./schema.ts";
import { createReplySender, type FeishuMessage, type SendReply, type SendTimedReply } from "./send-reply.ts";
import type { FeishuContext } from "./settings.ts";

export type { FeishuMessage } from "./send-reply.ts";

export interface BotIdentity {
  openId: string;
  name: string;
  /** False: the organisation's administrators have not enabled the app, or switched it off. */
  enabled: boolean;
}

/** The REST side. Failures are FeishuCallErrors for the caller to classify; `AppError` where no remedy exists. */
export interface FeishuClient {
  fetchBot(): Promise<BotIdentity>;
  sendReply: SendReply;
  sendTimedReply: SendTimedReply;
  /** Takes back a message of our own. Throws a FeishuCallError when it is gone or too old. */
  deleteMessage(messageId: string): Promise<void>;
  /** A message as the platform keeps it: the inner `data` of the answer. */
  readMessage(messageId: string): Promise<unknown>;
  /** Names of scopes with whether they are granted: the inner `data` of the answer. */
  listScopes(): Promise<unknown>;
  /** The app as it is released: the inner `data` of each answer. Need a scope of their own. */
  readOnlineVersion(): Promise<unknown>;
  readVersion(versionId: string): Promise<unknown>;
  /** The platform's key of the organisation that the app belongs to. Needs a scope of its own. */
  fetchTenantKey(): Promise<string | undefined>;
  readonly cards: CardEntities;
  /** Puts another card in the place of one that was sent; everybody sees it. A repeat does no harm. */
  updateCard(messageId: string, card: FeishuMessage): Promise<void>;
  /** Puts an emoji under a message; returns the reaction's id. A repeat shows nothing twice. */
  addReaction(messageId: string, emojiType: string): Promise<string>;
  /** The bytes of a file or picture that somebody sent. Throws AppError `unusable-input` beyond `maxBytes`. */
  fetchResource(resource: ResourceReference, maxBytes: number): Promise<Uint8Array>;
  /** Returns the platform's key, for a message of the kind `file`. A repeat makes another key; that does no harm. */
  uploadFile(file: { name: string; bytes: Uint8Array }): Promise<string>;
  /** Returns the platform's key, for pictures in cards. A repeat makes another key; that does no harm. */
  uploadImage(bytes: Uint8Array): Promise<string>;
  /** Ends waits between tries. */
  close(): void;
}

export function createFeishuClient(context: FeishuContext, pace: Pace): FeishuClient {
  const { call, close } = createApiCaller(context, pace);
  const sendTimedReply = createReplySender(call);

  return {
    fetchBot: async () => readBot(await call((lark, options) => lark.request(BOT_INFO, options))),
    sendTimedReply,
    sendReply: async (target, message, uuid) => (await sendTimedReply(target, message, uuid)).messageId,
    cards: createCardEntities(call, context),
    deleteMessage: async (messageId) => {
      const path = { message_id: messageId };
      await call((lark, options) => lark.im.message.delete({ path }, options), { kind: "edit" });
    },
    ...createReadings(call),
    updateCard: async (messageId, { content }) => {
      const request = { path: { message_id: messageId }, data: { content } };
      await call((lark, options) => lark.im.message.patch(request, options), { kind: "edit" });
    },
    addReaction: async (messageId, emojiType) => {
      const data = { reaction_type: { emoji_type: emojiType } };
      const request = { path: { message_id: messageId }, data };
      const answer = await call((lark, options) => lark.im.messageReaction.create(request, options));
      return addedReaction.safeParse(answer).data?.data.reaction_id ?? messageId;
    },
    fetchResource: async ({ messageId, key, type }, maxBytes) => {
      const path = { message_id: messageId, file_key: key };
      const answer = await call((lark, options) =>
        lark.im.messageResource.get({ path, params: { type } }, options),
      );
      return readStream(answer.getReadableStream(), maxBytes);
    },
    uploadFile: async ({ name, bytes }) => {
      const data = { file_type: toFileType(name), file_name: name, file: Buffer.from(bytes) };
      const answer = await call((lark, options) => lark.im.file.create({ data }, options));
      return uploadedFile.safeParse(answer).data?.file_key ?? refuseUpload();
    },
    uploadImage: async (bytes) => {
      const data = { image_type: "message" as const, image: Buffer.from(bytes) };
      const answer = await call((lark, options) => lark.im.image.create({ data }, options));
      return uploadedImage.safeParse(answer).data?.image_key ?? refuseUpload();
    },
    close,
  };
}

function createReadings(
  call: ReturnType<typeof createApiCaller>["call"],
): Pick<FeishuClient, "readMessage" | "listScopes" | "fetchTenantKey" | "readOnlineVersion" | "readVersion"> {
  const params = { lang: "zh_cn" as const };
  return {
    readMessage: async (messageId) => {
      const path = { message_id: messageId };
      return (await call((lark, options) => lark.im.message.get({ path }, options))).data;
    },
    listScopes: async () => (await call((lark, options) => lark.application.scope.list({}, options))).data,
    readOnlineVersion: async () => {
      const request = { path: { app_id: "me" }, params };
      return (await call((lark, options) => lark.application.application.get(request, options))).data;
    },
    readVersion: async (versionId) => {
      const request = { path: { app_id: "me", version_id: versionId }, params };
      return (await call((lark, options) => lark.application.applicationAppVersion.get(request, options)))
        .data;
    },
    fetchTenantKey: async () => {
      const answer = await call((lark, options) => lark.tenant.tenant.query({}, options));
      return answer.data?.tenant?.tenant_key;
    },
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

function refuseUpload(): never {
  throw new AppError({
    code: "channel",
    message: "the answer to an upload has no key",
    safeMessage: "飞书没有接受该文件，请把错误编号告诉管理员。",
  });
}
