import { setTimeout as waitFor } from "node:timers/promises";
import type { Client } from "discord.js";
import { readyEvent } from "./schema.ts";
import { createRedactor, loadSdk, type Redact, type Sdk } from "./sdk.ts";
import type { DiscordContext } from "./settings.ts";

export interface BotIdentity {
  userId: string;
  name: string;
  applicationId: string;
}

export interface GatewayState {
  connected: boolean;
  /** In Chinese. */
  detail: string;
}

/** Handles one event of the gateway, as the platform sent it. Must not reject. */
export type HandleEvent = (type: string, data: unknown) => Promise<void>;

export interface Gateway {
  /** Keeps trying until it is stopped. */
  start(handle: HandleEvent): void;
  identity(): BotIdentity | undefined;
  state(): GatewayState;
  /** What the library knows of a channel: the channel that a thread belongs to. Undefined: not known. */
  parentOf(channelId: string): { parentId: string | undefined } | undefined;
  /** Channels of a server where people write. */
  channelsOf(guildId: string): readonly string[];
  stop(): Promise<void>;
}

/** Close codes that end the connection for good, and what an operator has to do. */
const FATAL: Readonly<Record<number, string>> = {
  4004: "机器人令牌无效，请在 Discord 开发者后台“Bot”页重置令牌，更新 DISCORD_TOKEN 后重新启动",
  4010: "分片参数无效，请升级本程序",
  4011: "机器人所在服务器过多，须分片运行，请联系开发者",
  4012: "网关版本已停用，请升级本程序",
  4013: "网关意图参数无效，请升级本程序",
  4014: "机器人请求了未开通的特权意图，请在 Discord 开发者后台“Bot”页的“Privileged Gateway Intents”中核对后重新启动",
};

/** What is known of the connection; shared by its parts. */
interface Memory {
  identity: BotIdentity | undefined;
  state: GatewayState;
  client: Client | undefined;
}

/** The library's client, as far as it keeps the connection; events are read as the platform sends them. */
export function createGateway(context: DiscordContext): Gateway {
  const stopping = new AbortController();
  const memory: Memory = {
    identity: undefined,
    client: undefined,
    state: { connected: false, detail: "正在连接" },
  };
  let running: Promise<void> = Promise.resolve();
  return {
    start: (handle) => {
      running = run(handle, memory, stopping.signal, context);
    },
    identity: () => memory.identity,
    state: () => memory.state,
    parentOf: (channelId) => {
      const channel = memory.client?.channels.cache.get(channelId);
      if (!channel) return undefined;
      return { parentId: channel.isThread() ? (channel.parentId ?? undefined) : undefined };
    },
    channelsOf: (guildId) => {
      const channels = memory.client?.guilds.cache.get(guildId)?.channels.cache;
      return channels?.filter((each) => each.isTextBased() && !each.isThread()).map(({ id }) => id) ?? [];
    },
    stop: async () => {
      stopping.abort();
      if (memory.client) await destroy(memory.client);
      await running;
      memory.state = { connected: false, detail: "已停止" };
    },
  };
}

async function run(
  handle: HandleEvent,
  memory: Memory,
  stopping: AbortSignal,
  context: DiscordContext,
): Promise<void> {
  const redact = createRedactor(context.settings);
  for (let failures = 0; !stopping.aborted; failures += 1) {
    const waitMs = await connect(handle, memory, stopping, [context, failures]).catch((thrown: unknown) => {
      context.logger.error({ error: redact(String(thrown)) }, "discord: could not connect");
      return backOff(failures, context);
    });
    await waitFor(waitMs, undefined, { ref: false, signal: stopping }).catch(() => {});
  }
}

/** Resolves when the connection has ended for good; gives the wait before the next one, ms. */
async function connect(
  handle: HandleEvent,
  memory: Memory,
  stopping: AbortSignal,
  [context, failures]: [DiscordContext, number],
): Promise<number> {
  const { logger, tuning, settings } = context;
  const redact = createRedactor(settings);
  const sdk = await loadSdk();
  if (stopping.aborted) return 0;
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  const client = createClient(sdk, context);
  memory.client = client;
  watch(client, handle, memory, [context, end]);
  try {
    await client.login(settings.token);
  } catch (thrown) {
    const { detail, fatal } = describeLoginFailure(thrown, redact);
    logger.warn({ error: redact(String(thrown)) }, "discord: login failed");
    memory.state = { connected: false, detail };
    await destroy(client);
    return fatal ? tuning.operatorBackoffMs : backOff(failures, context);
  }
  const code = await Promise.race([ended, aborted(stopping)]);
  if (code !== undefined) {
    logger.error({ code }, "discord: closed for good");
    memory.state = { connected: false, detail: FATAL[code] ?? `连接被关闭（${code}）` };
  }
  await destroy(client);
  return tuning.operatorBackoffMs;
}

function watch(
  client: Client,
  handle: HandleEvent,
  memory: Memory,
  [{ logger, settings }, end]: [DiscordContext, (code: number) => void],
): void {
  const redact = createRedactor(settings);
  const setState = (connected: boolean, detail: string) => {
    if (memory.state.connected !== connected) logger.info({ connected }, "discord: connection changed");
    memory.state = { connected, detail };
  };
  // An error event without a listener would end the process.
  client.on("error", (error) => logger.warn({ error: redact(error.message) }, "discord: client error"));
  client.on("shardError", (error) => logger.warn({ error: redact(error.message) }, "discord: socket error"));
  client.on("warn", (text) => logger.debug({ text: redact(text) }, "discord: warning"));
  client.on("shardReconnecting", () => setState(false, "连接中断，正在重连"));
  client.on("shardResume", () => setState(true, "网关已连接"));
  client.on("shardDisconnect", ({ code }) => end(code));
  client.on("raw", (packet: { t?: string | null; d?: unknown }) => {
    if (typeof packet.t !== "string") return;
    const ready = packet.t === "READY" ? readyEvent.safeParse(packet.d) : undefined;
    if (ready?.success) {
      const { user, application } = ready.data;
      memory.identity = { userId: user.id, name: user.username, applicationId: application?.id ?? user.id };
      setState(true, "网关已连接");
    }
    handle(packet.t, packet.d).catch((thrown: unknown) => {
      logger.error({ error: redact(String(thrown)) }, "discord: event not handled");
    });
  });
}

function createClient(sdk: Sdk, { settings, tuning }: DiscordContext): Client {
  const { GatewayIntentBits: intents, Partials, Options } = sdk;
  return new sdk.Client({
    // None of these is privileged: the platform sends the words of direct messages and of mentions without MessageContent.
    intents: [intents.Guilds, intents.GuildMessages, intents.DirectMessages],
    partials: [Partials.Channel],
    rest: { api: settings.apiUrl, timeout: tuning.requestTimeoutMs, retries: tuning.retries },
    allowedMentions: { parse: [] },
    // People's messages are kept where they are erased, not here.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0 }),
  });
}

async function destroy(client: Client): Promise<void> {
  // The socket of a connection that never came up throws.
  await client.destroy().catch(() => {});
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

function backOff(failures: number, { tuning, random }: DiscordContext): number {
  const waitMs = Math.min(tuning.maxBackoffMs, tuning.firstBackoffMs * 2 ** Math.min(failures, 10));
  return waitMs * (0.75 + random() / 2);
}

function describeLoginFailure(thrown: unknown, redact: Redact): { detail: string; fatal: boolean } {
  const code = typeof thrown === "object" && thrown !== null && "code" in thrown ? thrown.code : undefined;
  const text = thrown instanceof Error ? thrown.message : "";
  if (code === "TokenInvalid" || /invalid token|authentication failed/i.test(text))
    return { detail: FATAL[4004] ?? "", fatal: true };
  if (/disallowed intents/i.test(text)) return { detail: FATAL[4014] ?? "", fatal: true };
  if (/invalid intents/i.test(text)) return { detail: FATAL[4013] ?? "", fatal: true };
  return { detail: `暂时连不上（${redact(text).slice(0, 80)}），正在重试`, fatal: false };
}
