import { setTimeout as waitFor } from "node:timers/promises";
import type { Client } from "@larksuiteoapi/node-sdk";
import { classifyFailure, FeishuCallError, type Remedy, readWaitMs } from "./failures.ts";
import { createRestHttp } from "./http.ts";
import { createPace, type Pace, type Spending } from "./pace.ts";
import { tokenAnswer } from "./schema.ts";
import { createRedactor, loadSdk, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";
import { createTokenSource, type TokenSource } from "./token-source.ts";

export type RequestOptions = ReturnType<Sdk["withTenantToken"]>;

/** One call with a valid token. A revoked token is replaced once; what passes soon is waited out, by the tuning. */
export interface ApiCaller {
  call<Result>(
    run: (lark: Client, options: RequestOptions) => Promise<Result>,
    spending?: Spending,
  ): Promise<Result>;
  /** Ends waits between tries. */
  close(): void;
}

interface Connection {
  sdk: Sdk;
  lark: Client;
  tokens: TokenSource;
}

export function createApiCaller(context: FeishuContext, pace: Pace = createPace(context)): ApiCaller {
  const closing = new AbortController();
  let connection: Promise<Connection> | undefined;

  async function waitOrThrow(delayMs: number | undefined, thrown: unknown): Promise<void> {
    if (delayMs === undefined) throw thrown;
    await waitFor(delayMs, undefined, { signal: closing.signal }).catch(() => {
      throw thrown;
    });
  }

  return {
    call: async (run, spending = { kind: "other" }) => {
      connection ??= connect(context);
      const { sdk, lark, tokens } = await connection;
      const delays = [...context.tuning.retryDelaysMs];
      let mayRefresh = true;
      for (let repeat = false; ; repeat = true) {
        await pace.admit(spending, repeat);
        let token: string | undefined;
        try {
          token = await tokens.get();
          const result = await run(lark, sdk.withTenantToken(token));
          pace.noteSuccess(spending, repeat);
          return result;
        } catch (thrown) {
          if (thrown instanceof FeishuCallError) pace.noteFailure(spending, thrown.failure);
          const remedy = remedyFor(thrown);
          if (remedy === "refresh-token" && mayRefresh && token !== undefined) {
            mayRefresh = false;
            tokens.drop(token);
            continue;
          }
          const delayMs = remedy === "wait-and-retry" ? nextDelay(thrown, delays, context) : undefined;
          await waitOrThrow(delayMs, thrown);
        }
      }
    },
    close: () => closing.abort(),
  };
}

async function connect({ settings, tuning, clock }: FeishuContext): Promise<Connection> {
  const sdk = await loadSdk();
  const httpInstance = createRestHttp(sdk, {
    baseUrl: settings.domain,
    timeoutMs: tuning.requestTimeoutMs,
    uploadTimeoutMs: tuning.uploadTimeoutMs,
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

function unusableAnswer(detail: string): FeishuCallError {
  return new FeishuCallError({ origin: "network", detail, code: 0 });
}
