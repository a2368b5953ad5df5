import { setTimeout as waitFor } from "node:timers/promises";
import type { EventDispatcher } from "@larksuiteoapi/node-sdk";
import type { AcceptMessage, ChannelHooks, ChannelStatus } from "../../conversation/index.ts";
import type { CardSigner } from "./card-scope.ts";
import type { BotIdentity, FeishuClient } from "./client.ts";
import { createDispatcher } from "./dispatch.ts";
import { createIdentitySource } from "./identity.ts";
import type { Presses } from "./presses.ts";
import { loadSdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";
import { createWebhook, type WebhookAnswer } from "./transport-webhook.ts";
import { createLongConnection, type LongConnection } from "./transport-ws.ts";
import type { WebhookRequest } from "./verify.ts";

/** The receiving half: who the bot is, the configured transport, and the events under way. */
export interface Inbound {
  start(accept: AcceptMessage, hooks?: ChannelHooks): Promise<void>;
  stop(): Promise<void>;
  status(): ChannelStatus;
  handleWebhook(request: WebhookRequest): Promise<WebhookAnswer>;
}

/** How long stopping waits for events and requests under way, ms. What is cut off comes again. */
const STOP_GRACE_MS = 2_000;

export function createInbound(
  client: FeishuClient,
  parts: { signer: CardSigner; presses: Presses },
  context: FeishuContext,
): Inbound {
  const byWebhook = context.settings.transport === "webhook";
  const identity = createIdentitySource(client, context);
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

  return {
    start: async (accept, hooks) => {
      identity.start();
      const sdk = await loadSdk();
      const options = { ...parts, identity, accept, track, ...(hooks && { hooks }) };
      dispatcher = createDispatcher(sdk, options, context);
      if (byWebhook) return;
      connection = createLongConnection({ sdk, dispatcher, context });
      connection.start();
    },
    stop: async () => {
      dispatcher = undefined;
      const finished = Promise.all([identity.stop(), Promise.allSettled(underWay)]);
      await Promise.race([finished, waitFor(STOP_GRACE_MS, undefined, { ref: false })]);
      // Acknowledgements of the last events are written in the turn after their handlers.
      await new Promise((resolve) => setImmediate(resolve));
      connection?.stop();
    },
    status: () => {
      const transport = byWebhook ? { connected: true, detail: "回调方式" } : connection?.state();
      return describeStatus(transport, identity.current(), identity.trouble());
    },
    handleWebhook: async (request) => (byWebhook ? webhook.handle(request) : { status: 404, body: {} }),
  };
}

export function describeStatus(
  transport: { connected: boolean; detail: string } | undefined,
  bot: BotIdentity | undefined,
  trouble: string | undefined,
): ChannelStatus {
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
