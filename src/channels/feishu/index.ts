import type { Channel, ChannelCapabilities, ChannelStatus } from "../../conversation/index.ts";
import { AppError, type Clock, type Logger } from "../../shared/index.ts";
import type { OpenFile } from "../opened-file.ts";
import { createCardSigner } from "./card-scope.ts";
import { createFeishuClient } from "./client.ts";
import { createDelivery } from "./delivery.ts";
import { CHANNEL_NAME } from "./dispatch.ts";
import { createDiagnosis, type FeishuFinding } from "./examine.ts";
import { toResourceError } from "./failures.ts";
import { createInbound } from "./inbound.ts";
import { readLane } from "./lane.ts";
import { createStreams } from "./open-streams.ts";
import { createPace } from "./pace.ts";
import { createPresses } from "./presses.ts";
import { createQuoteReader } from "./read-quoted.ts";
import { MAX_MESSAGE_BYTES } from "./render.ts";
import { type ReplyTarget, resourceReference } from "./schema.ts";
import { DEFAULT_TUNING, type FeishuContext, type FeishuSettings, type FeishuTuning } from "./settings.ts";
import type { WebhookAnswer } from "./transport-webhook.ts";
import type { WebhookRequest } from "./verify.ts";

export type { FeishuFinding } from "./examine.ts";
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
  /**
   * The bytes of a reply's `file` block; undefined when it is gone. Whose file it is was decided when the reply was made.
   * Absent: such files are announced as not available.
   */
  openFile?: OpenFile;
  /** 0 ≤ value < 1, for jitter. Default: Math.random. */
  random?: () => number;
  tuning?: Partial<FeishuTuning>;
}

export interface FeishuChannel extends Channel {
  /** Headers with lower-case names, as Node gives them; the body as raw bytes. Neither call ever rejects. */
  handleWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
  handleCardWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
  /** For doctor, without starting to receive: credentials, network and bot ability, tried once. Never rejects. */
  probe(): Promise<ChannelStatus>;
  /** For doctor: scopes and events that are missing, each with what it is for and where it is switched on. Never rejects. */
  examine(): Promise<FeishuFinding[]>;
}

const CAPABILITIES: ChannelCapabilities = {
  maxMessageSize: MAX_MESSAGE_BYTES,
  reactions: true,
  buttons: true,
  forms: true,
  pictures: true,
  files: true,
  streams: true,
  privateReplies: "direct",
  greets: true,
};

/** Feishu and Lark, over the long connection or webhooks; set-up and permissions are in this folder's README. */
export function createFeishuChannel(options: FeishuChannelOptions): FeishuChannel {
  const context: FeishuContext = {
    settings: options.config,
    tuning: { ...DEFAULT_TUNING, ...paceOf(options.config), ...options.tuning },
    clock: options.clock,
    logger: options.logger,
    random: options.random ?? Math.random,
  };
  if (context.settings.transport === "ws") requireUsualAppId(context.settings.appId);
  const pace = createPace(context);
  const client = createFeishuClient(context, pace);
  const signer = createCardSigner(context.settings.appSecret);
  const presses = createPresses();
  const inbound = createInbound(client, { signer, presses }, context);
  const render = renderOptions(options);
  const streams = createStreams({ client, pace, render, context });
  const quotes = createQuoteReader(client, context);
  const delivery = createDelivery(client, {
    render,
    signer,
    presses,
    streams,
    ...(options.openFile && { openFile: options.openFile }),
    logger: context.logger,
  });

  return {
    name: CHANNEL_NAME,
    capabilities: CAPABILITIES,
    start: inbound.start,
    deliver: delivery.deliver,
    revise: delivery.revise,
    openStream: streams.open,
    withdraw: delivery.withdraw,
    laneOf: readLane,
    delayOf: (target, priority) => pace.delayOf(readLane(target), priority),
    readQuoted: quotes.read,
    fetchAttachment: async (_message, { reference }, maxBytes) => {
      const resource = resourceReference.parse(reference);
      try {
        return await client.fetchResource(resource, maxBytes);
      } catch (thrown) {
        throw toResourceError(thrown);
      }
    },
    directTarget: (userId) => ({ directUserId: userId }) satisfies ReplyTarget,
    groupTarget: (chatId) => ({ chatId }) satisfies ReplyTarget,
    status: inbound.status,
    ...createDiagnosis(client, context.settings),
    stop: async () => {
      presses.stop();
      client.close();
      await inbound.stop();
    },
    handleWebhook: inbound.handleWebhook,
    handleCardWebhook: inbound.handleWebhook,
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

/** The platform raises limits on request, that of a second along with that of a minute. */
function paceOf({ callsPerMinute }: FeishuSettings): Partial<FeishuTuning> {
  if (callsPerMinute === undefined) return {};
  return { appPerMinute: callsPerMinute, appPerSecond: Math.max(1, Math.floor(callsPerMinute / 20)) };
}

function renderOptions({ publicUrl, homeTitle }: FeishuChannelOptions) {
  return { ...(publicUrl && { publicUrl }), ...(homeTitle && { homeTitle }) };
}
