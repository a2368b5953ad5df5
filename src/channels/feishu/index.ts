import { setTimeout as waitFor } from "node:timers/promises";
import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import type { Channel } from "../../conversation/index.ts";
import { AppError, type Clock, type Logger } from "../../shared/index.ts";
import { type BotIdentity, createFeishuClient } from "./client.ts";
import { createDelivery } from "./delivery.ts";
import { CHANNEL_NAME, createDispatcher } from "./dispatch.ts";
import { toChannelError } from "./failures.ts";
import { createIdentitySource } from "./identity.ts";
import { MAX_MESSAGE_BYTES } from "./render.ts";
import { loadSdk } from "./sdk.ts";
import { DEFAULT_TUNING, type FeishuContext, type FeishuSettings, type FeishuTuning } from "./settings.ts";
import { createWebhook, type WebhookAnswer } from "./transport-webhook.ts";
import { createLongConnection, type LongConnection } from "./transport-ws.ts";
import type { WebhookRequest } from "./verify.ts";

export type { FeishuSettings, FeishuTuning } from "./settings.ts";
export type { WebhookAnswer } from "./transport-webhook.ts";
export type { WebhookRequest } from "./verify.ts";

export interface FeishuChannelOptions {
  config: FeishuSettings;
  clock: Clock;
  logger: Logger;
  /** Makes citations' relative addresses whole. */
  publicUrl?: string;
  /** Shown under a card's header. */
  homeTitle?: string;
  /** 0 ≤ value < 1, for jitter. Default: Math.random. */
  random?: () => number;
  tuning?: Partial<FeishuTuning>;
}

/** How long stopping waits for events and requests under way, ms. What is cut off comes again. */
const STOP_GRACE_MS = 2_000;

export interface FeishuChannel extends Channel {
  /** Headers with lower-case names, as Node gives them; the body as raw bytes. Neither call ever rejects. */
  handleWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
  handleCardWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
  /** For doctor, without starting to receive: credentials, network and bot ability, tried once. Never rejects. */
  probe(): Promise<{ healthy: boolean; detail: string }>;
}

/** Feishu and Lark, over the long connection or webhooks; set-up and permissions are in this folder's README. */
export function createFeishuChannel(options: FeishuChannelOptions): FeishuChannel {
  const context: FeishuContext = {
    settings: options.config,
    tuning: { ...DEFAULT_TUNING, ...options.tuning },
    clock: options.clock,
    logger: options.logger,
    random: options.random ?? Math.random,
  };
  const byWebhook = context.settings.transport === "webhook";
  if (!byWebhook) requireUsualAppId(context.settings.appId);
  const client = createFeishuClient(context);
  const identity = createIdentitySource(client.fetchBot, context);
  const underWay = new Set<Promise<unknown>>();
  let dispatcher: EventDispatcher | undefined;
  let connection: LongConnection | undefined;
  const webhook = createWebhook(() => dispatcher, context);

  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    underWay.add(work);
    const done = () => underWay.delete(work);
    work.then(done, done);
    return work;
  };

  const handle = async (request: WebhookRequest): Promise<WebhookAnswer> =>
    byWebhook ? webhook.handle(request) : { status: 404, body: {} };

  return {
    name: CHANNEL_NAME,
    // A text message may have 150 KB; what stands in for a card is a post, which shares the card's limit.
    capabilities: {
      maxTextBytes: 150 * 1024,
      maxCardBytes: MAX_MESSAGE_BYTES,
      foldableCitations: true,
      threads: true,
    },
    start: async (accept) => {
      identity.start();
      const sdk = await loadSdk();
      dispatcher = createDispatcher(sdk, { identity, accept, track }, context);
      if (byWebhook) return;
      connection = createLongConnection(sdk, dispatcher, context);
      connection.start();
    },
    deliver: createDelivery(client, renderOptions(options), context.logger),
    status: () => {
      const transport = byWebhook ? { connected: true, detail: "回调方式" } : connection?.state();
      return describeStatus(transport, identity.current(), identity.trouble());
    },
    probe: async () => {
      try {
        return describeStatus({ connected: true, detail: "接口可用" }, await client.fetchBot(), undefined);
      } catch (thrown) {
        return { healthy: false, detail: `飞书：${toChannelError(thrown, "probe").safeMessage}` };
      }
    },
    stop: async () => {
      dispatcher = undefined;
      client.close();
      const finished = Promise.all([identity.stop(), Promise.allSettled(underWay)]);
      await Promise.race([finished, waitFor(STOP_GRACE_MS, undefined, { ref: false })]);
      await connection?.stop();
    },
    handleWebhook: handle,
    handleCardWebhook: handle,
  };
}

/** With an unusual id the SDK's long connection does nothing at all, without a word. */
function requireUsualAppId(appId: string): void {
  if (/^cli_[0-9a-fA-F]{16}$/.test(appId)) return;
  throw new AppError({
    code: "configuration",
    message: "the Feishu app id has an unusual form",
    safeMessage:
      "FEISHU_APP_ID 格式不对：应为 cli_ 加 16 位十六进制字符，请在飞书开放平台“凭证与基础信息”页复制。",
  });
}

function renderOptions({ publicUrl, homeTitle }: FeishuChannelOptions) {
  return { ...(publicUrl && { publicUrl }), ...(homeTitle && { homeTitle }) };
}

function describeStatus(
  transport: { connected: boolean; detail: string } | undefined,
  bot: BotIdentity | undefined,
  trouble: string | undefined,
): { healthy: boolean; detail: string } {
  if (!transport) return { healthy: false, detail: "飞书：尚未启动" };
  return {
    healthy: transport.connected && bot?.enabled === true,
    detail: `飞书：${transport.detail}；${describeBot(bot, trouble)}`,
  };
}

function describeBot(bot: BotIdentity | undefined, trouble: string | undefined): string {
  if (!bot) return trouble ?? "正在确认机器人身份";
  if (bot.enabled) return `机器人“${bot.name}”`;
  return `机器人“${bot.name}”未启用，请企业管理员在飞书管理后台启用该应用`;
}
