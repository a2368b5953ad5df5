import { setTimeout as waitFor } from "node:timers/promises";
import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import type { Channel } from "../../conversation/index.ts";
import type { Clock, Logger } from "../../shared/index.ts";
import { createFeishuClient } from "./client.ts";
import { createDelivery } from "./delivery.ts";
import { CHANNEL_NAME, createDispatcher } from "./dispatch.ts";
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

/** Headers with lower-case names, as Node gives them; the body as raw bytes. Neither call ever rejects. */
export interface FeishuChannel extends Channel {
  handleWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
  handleCardWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
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
      return describeStatus(transport, identity.current()?.name, identity.trouble());
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

function renderOptions({ publicUrl, homeTitle }: FeishuChannelOptions) {
  return { ...(publicUrl && { publicUrl }), ...(homeTitle && { homeTitle }) };
}

function describeStatus(
  transport: { connected: boolean; detail: string } | undefined,
  botName: string | undefined,
  trouble: string | undefined,
): { healthy: boolean; detail: string } {
  if (!transport) return { healthy: false, detail: "飞书：尚未启动" };
  const bot = botName === undefined ? (trouble ?? "正在确认机器人身份") : `机器人“${botName}”`;
  return {
    healthy: transport.connected && botName !== undefined,
    detail: `飞书：${transport.detail}；${bot}`,
  };
}
