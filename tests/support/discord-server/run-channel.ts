import {
  createDiscordChannel,
  type DiscordChannel,
  type DiscordChannelOptions,
  type DiscordSettings,
  type DiscordTuning,
} from "../../../src/channels/discord/index.ts";
import type { Acceptance, ChannelHooks, InboundMessage } from "../../../src/conversation/index.ts";
import { createLogger } from "../../../src/shared/index.ts";
import { BOT, type DiscordServer } from "./index.ts";
import { waitUntil } from "./wait.ts";

/** Quick where production is patient; the random part of every wait is taken out. */
const TEST_TUNING: Partial<DiscordTuning> = {
  requestTimeoutMs: 2_000,
  firstBackoffMs: 20,
  maxBackoffMs: 80,
  operatorBackoffMs: 60_000,
  streamIntervalMs: 60,
  stopGraceMs: 500,
};

export interface RunningChannel {
  channel: DiscordChannel;
  /** In order of acceptance; a message key appears once. */
  accepted: InboundMessage[];
  /** Acceptances asked for, duplicates included. */
  offers: () => number;
  log: () => string;
  /** What `accept` does before it answers. */
  beforeAccept(hook: (message: InboundMessage) => Promise<void>): void;
  /** Resolves with the message that carries this id. */
  arrived(id: string): Promise<InboundMessage>;
  ready(): Promise<void>;
}

export interface RunOptions {
  config?: Partial<DiscordSettings>;
  tuning?: Partial<DiscordTuning>;
  hooks?: ChannelHooks;
  openFile?: NonNullable<DiscordChannelOptions["openFile"]>;
  readReply?: NonNullable<DiscordChannelOptions["readReply"]>;
  start?: boolean;
}

/** The channel on the vendor's library, with an inbox that knows duplicates as the conversation does. */
export async function runDiscordChannel(
  server: DiscordServer,
  options: RunOptions = {},
): Promise<RunningChannel> {
  const lines: string[] = [];
  const accepted: InboundMessage[] = [];
  let offers = 0;
  let hook: (message: InboundMessage) => Promise<void> = async () => {};
  const channel = createDiscordChannel({
    config: { token: BOT.token, apiUrl: server.apiUrl, ...options.config },
    clock: () => new Date(server.world.clock.now()),
    logger: createLogger("debug", { write: (line: string) => lines.push(line) }),
    publicUrl: "https://xiance.example.cn",
    homeTitle: "张江高新区奉贤园政策助手",
    random: () => 0,
    ...(options.openFile && { openFile: options.openFile }),
    ...(options.readReply && { readReply: options.readReply }),
    tuning: { ...TEST_TUNING, ...options.tuning },
  });

  async function accept(message: InboundMessage): Promise<Acceptance> {
    offers += 1;
    await hook(message);
    if (accepted.some(({ messageKey }) => messageKey === message.messageKey)) return "duplicate";
    accepted.push(message);
    return "accepted";
  }

  const find = (id: string) => accepted.find(({ messageKey }) => messageKey.includes(id));
  const running: RunningChannel = {
    channel,
    accepted,
    offers: () => offers,
    log: () => lines.join(""),
    beforeAccept: (next) => {
      hook = next;
    },
    arrived: async (id) => {
      await waitUntil(() => find(id) !== undefined, `the message ${id}\n${lines.slice(-15).join("")}`);
      return find(id) as InboundMessage;
    },
    ready: () => waitUntil(() => channel.status().healthy, "a healthy channel"),
  };
  if (options.start !== false) await channel.start(accept, options.hooks);
  return running;
}
