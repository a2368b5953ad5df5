import { setTimeout as waitFor } from "node:timers/promises";
import type { Client } from "@larksuiteoapi/node-sdk";
import { AppError } from "../../shared/index.ts";
import { classifyFailure, FeishuCallError, type Remedy, readWaitMs } from "./failures.ts";
import { createRestHttp } from "./http.ts";
import { botInfo, type ReplyTarget, sentMessage, tokenAnswer } from "./schema.ts";
import { createRedactor, loadSdk, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";
import { createTokenSource, type TokenSource } from "./token-source.ts";

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

interface Connection {
  sdk: Sdk;
  lark: Client;
  tokens: TokenSource;
}

type RequestOptions = ReturnType<Sdk["withTenantToken"]>;

export function createFeishuClient(context: FeishuContext): FeishuClient {
  const closing = new AbortController();
  let connection: Promise<Connection> | undefined;

  async function call<Result>(run: (lark: Client, options: RequestOptions) => Promise<Result>) {
    connection ??= connect(context);
    const { sdk, lark, tokens } = await connection;
    const delays = [...context.tuning.retryDelaysMs];
    let mayRefresh = true;
    for (;;) {
      let token: string | undefined;
      try {
        token = await tokens.get();
        return await run(lark, sdk.withTenantToken(token));
      } catch (thrown) {
        const remedy = remedyFor(thrown);
        if (remedy === "refresh-token" && mayRefresh && token !== undefined) {
          mayRefresh = false;
          tokens.drop(token);
          continue;
        }
        const delayMs = remedy === "wait-and-retry" ? nextDelay(thrown, delays, context) : undefined;
        if (delayMs === undefined) throw thrown;
        await waitFor(delayMs, undefined, { signal: closing.signal }).catch(() => {
          throw thrown;
        });
      }
    }
  }

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
    close: () => closing.abort(),
  };
}

const BOT_INFO = { method: "GET", url: "/open-apis/bot/v3/info" };

/** Of `activate_status`: enabled by the organisation. */
const ENABLED = 2;

const NO_ROUTE = { code: "channel", message: "no route left", safeMessage: "回复无法送达该会话。" } as const;

async function connect({ settings, tuning, clock }: FeishuContext): Promise<Connection> {
  const sdk = await loadSdk();
  const httpInstance = createRestHttp(sdk, {
    baseUrl: settings.domain,
    timeoutMs: tuning.requestTimeoutMs,
    redact: createRedactor(settings),
  });
  const silent = () => {};
  const lark = new sdk.Client({
    appId: settings.appId,
    appSecret: settings.appSecret,
    domain: settings.domain,
    httpInstance,
    // Tokens are the channel's own concern, see token-source.ts; failures are logged once, by the channel, not here.
    disableTokenCache: true,
    loggerLevel: sdk.LoggerLevel.error,
    logger: { error: silent, warn: silent, info: silent, debug: silent, trace: silent },
  });
  const tokens = createTokenSource(async () => {
    const data = { app_id: settings.appId, app_secret: settings.appSecret };
    const answer = tokenAnswer.safeParse(await lark.auth.v3.tenantAccessToken.internal({ data }));
    if (!answer.success) throw unusableAnswer("the token answer has no token");
    return { token: answer.data.tenant_access_token, expiresInSeconds: answer.data.expire };
  }, clock);
  return { sdk, lark, tokens };
}

export function remedyFor(thrown: unknown): Remedy {
  return thrown instanceof FeishuCallError ? classifyFailure(thrown.failure).remedy : "give-up";
}

/** Undefined: let the outbox wait instead. */
function nextDelay(thrown: unknown, delays: number[], { tuning, random }: FeishuContext): number | undefined {
  const planned = delays.shift();
  if (planned === undefined || !(thrown instanceof FeishuCallError)) return undefined;
  const asked = readWaitMs(thrown.failure) ?? 0;
  if (asked > tuning.maxInlineWaitMs) return undefined;
  return Math.max(asked, Math.round(planned * (0.5 + random() / 2)));
}

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

function unusableAnswer(detail: string): FeishuCallError {
  return new FeishuCallError({ origin: "network", detail, code: 0 });
}
