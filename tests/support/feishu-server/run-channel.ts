import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as waitFor } from "node:timers/promises";
import {
  createFeishuChannel,
  type FeishuChannel,
  type FeishuChannelOptions,
  type FeishuSettings,
  type FeishuTuning,
} from "../../../src/channels/feishu/index.ts";
import type { Acceptance, ChannelHooks, InboundMessage, Reply } from "../../../src/conversation/index.ts";
import { type Clock, createLogger, systemClock } from "../../../src/shared/index.ts";
import { APP } from "./index.ts";

/** Quick where production is patient; the random part of every wait is taken out. */
const TEST_TUNING: Partial<FeishuTuning> = {
  requestTimeoutMs: 1_000,
  retryDelaysMs: [20, 40],
  maxInlineWaitMs: 60,
  firstBackoffMs: 20,
  maxBackoffMs: 80,
  watchIntervalMs: 10,
  firstPauseMs: 20,
  streamIntervalMs: 25,
  toastWaitMs: 60,
  quoteWaitMs: 5_000,
};

export interface RunningChannel {
  channel: FeishuChannel;
  /** In order of acceptance; a message key appears once. */
  accepted: InboundMessage[];
  /** Acceptances asked for, duplicates included. */
  offers: () => number;
  log: () => string;
  /** What `accept` does before it answers. */
  beforeAccept(hook: (message: InboundMessage) => Promise<void>): void;
  waitUntil(condition: () => boolean, what: string): Promise<void>;
}

export interface RunOptions {
  domain: string;
  config?: Partial<FeishuSettings>;
  tuning?: Partial<FeishuTuning>;
  clock?: Clock;
  start?: boolean;
  hooks?: ChannelHooks;
  openFile?: NonNullable<FeishuChannelOptions["openFile"]>;
}

/** The channel on the real SDK, with an inbox that knows duplicates as the conversation does. */
export async function runChannel(options: RunOptions): Promise<RunningChannel> {
  const lines: string[] = [];
  const accepted: InboundMessage[] = [];
  let offers = 0;
  let hook: (message: InboundMessage) => Promise<void> = async () => {};
  const channel = createFeishuChannel({
    config: {
      appId: APP.appId,
      appSecret: APP.appSecret,
      domain: options.domain,
      transport: "ws",
      ...options.config,
    },
    clock: options.clock ?? systemClock,
    logger: createLogger("debug", { write: (line: string) => lines.push(line) }),
    publicUrl: "https://xiance.example.cn",
    homeTitle: "张江高新区奉贤园政策助手",
    random: () => 0,
    ...(options.openFile && { openFile: options.openFile }),
    tuning: { ...TEST_TUNING, ...options.tuning },
  });

  async function accept(message: InboundMessage): Promise<Acceptance> {
    offers += 1;
    await hook(message);
    if (accepted.some(({ messageKey }) => messageKey === message.messageKey)) return "duplicate";
    accepted.push(message);
    return "accepted";
  }

  if (options.start !== false) await channel.start(accept, options.hooks);
  return {
    channel,
    accepted,
    offers: () => offers,
    log: () => lines.join(""),
    beforeAccept: (next) => {
      hook = next;
    },
    waitUntil,
  };
}

export async function waitUntil(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 15_000) throw new Error(`in vain waited for: ${what}`);
    await waitFor(10);
  }
}

export interface WebhookHost {
  url: string;
  cardUrl: string;
  close(): Promise<void>;
}

/** The two addresses as the HTTP room mounts them: raw bytes in, status and JSON out. */
export async function hostWebhooks(channel: FeishuChannel): Promise<WebhookHost> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const incoming = { headers: request.headers, rawBody: Buffer.concat(chunks) };
      const { status, body } = request.url?.endsWith("/cards")
        ? await channel.handleCardWebhook(incoming)
        : await channel.handleWebhook(incoming);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/feishu`;
  return {
    url: `${base}/events`,
    cardUrl: `${base}/cards`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function sampleReply(overrides: Partial<Reply> = {}): Reply {
  const quote = "力争到2026年，园区规上工业总产值超过1000亿元。";
  return {
    kind: "answered",
    language: "zh",
    headline: "力争到2026年，园区规上工业总产值超过1000亿元。",
    blocks: [
      {
        type: "citation",
        index: 1,
        title: "张江高新区奉贤园改革创新发展行动方案（2024-2026年）",
        status: "征求意见稿",
        section: "二（二）¶1",
        heading: ["二、总体要求", "（二）主要目标"],
        quote,
        url: "/documents/plan?start=10&end=20",
      },
      { type: "list", title: "文件未载明", items: ["金额", "申报时间"], role: "not-stated" },
      { type: "notice", text: "该文件为征求意见稿，尚不具有法律效力。" },
      { type: "paragraph", text: "下一步：以正式印发的文件为准。", role: "next-step" },
    ],
    plainText: quote,
    generatedByAi: false,
    ...overrides,
  };
}
