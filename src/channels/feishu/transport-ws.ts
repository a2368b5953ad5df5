import type { EventDispatcher, WSClient } from "@larksuiteoapi/node-sdk";
import { createBackOff } from "./back-off.ts";
import { createEndpointHttp } from "./http.ts";
import { createRedactor, createSdkLogger, type Redact, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";

export interface LongConnection {
  /** Returns at once; the connection comes up in the background and is kept up. */
  start(): void;
  stop(): void;
  state(): { connected: boolean; detail: string };
}

export interface LongConnectionParts {
  sdk: Sdk;
  dispatcher: EventDispatcher;
  context: FeishuContext;
}

const UNREACHABLE = "暂时连不上飞书，正在自动重试";

/** Codes of the endpoint at which the SDK gives up for ever. */
const ENDPOINT_TROUBLE: Readonly<Record<string, string>> = {
  "1": "飞书长连接服务繁忙，正在自动重试",
  "403": "飞书拒绝了长连接：请在开放平台“事件与回调”中把订阅方式设为长连接，并确认应用已启用",
  "514": "飞书应用凭证无效：请核对 FEISHU_APP_ID 与 FEISHU_APP_SECRET 后重新启动",
  "1000040350": "飞书长连接数已达上限：请停用多余的实例",
};

/**
 * The long connection, kept up. The SDK reconnects after a loss by the platform's own schedule. What it leaves to us: a
 * first connection that fails (its next try may be two minutes away) and errors after which it stops without a further
 * try. Both end the client, and a new one starts after our own growing wait.
 */
export function createLongConnection({ sdk, dispatcher, context }: LongConnectionParts): LongConnection {
  const { tuning, logger, random } = context;
  const redact = createRedactor(context.settings);
  const backOff = createBackOff(tuning.firstBackoffMs, tuning.maxBackoffMs, random);
  let client: WSClient | undefined;
  let watch: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;
  let stopped = false;
  let current = { connected: false, detail: "正在建立长连接" };

  const onUp = () => {
    clearInterval(watch);
    backOff.reset();
    current = { connected: true, detail: "长连接正常" };
    logger.info({}, "feishu: long connection ready");
  };
  const hooks: Hooks = {
    onReady: onUp,
    onReconnected: onUp,
    onReconnecting: () => {
      current = { connected: false, detail: "长连接中断，正在重新连接" };
      logger.warn({}, "feishu: long connection lost, reconnecting");
    },
    onError: (error) => reopen(describeRefusal(error), redact(error.message)),
  };

  function open(): void {
    if (stopped) return;
    client = createWsClient(sdk, context, redact, hooks);
    // Resolves before the connection is up; the hooks and the watch tell the rest.
    void client.start({ eventDispatcher: dispatcher });
    watch = watchFirstTry(client, tuning.watchIntervalMs, () => reopen(UNREACHABLE, "no connection"));
  }

  function reopen(detail: string, failure: string): void {
    close();
    current = { connected: false, detail };
    if (stopped) return;
    const delayMs = backOff.next();
    logger.warn({ failure, delayMs }, "feishu: long connection failed, will be tried again");
    restart = setTimeout(open, delayMs);
  }

  function close(): void {
    clearInterval(watch);
    clearTimeout(restart);
    client?.close({ force: true });
    client = undefined;
  }

  return {
    start: open,
    stop: () => {
      stopped = true;
      close();
      current = { connected: false, detail: "已停止" };
    },
    state: () => current,
  };
}

/** A first try that failed shows only in the client's plan for a next one. */
function watchFirstTry(client: WSClient, intervalMs: number, onFailed: () => void): NodeJS.Timeout {
  const watch = setInterval(() => {
    const { state, nextConnectTime } = client.getConnectionStatus();
    if (state === "connecting" && nextConnectTime !== undefined) onFailed();
  }, intervalMs);
  return watch.unref();
}

function describeRefusal(error: Error): string {
  const code = /code=(\d+)/.exec(error.message)?.[1] ?? "";
  return ENDPOINT_TROUBLE[code] ?? "飞书长连接失败，正在自动重试";
}

type Hooks = Required<
  Pick<ConstructorParameters<Sdk["WSClient"]>[0], "onReady" | "onReconnected" | "onReconnecting" | "onError">
>;

function createWsClient(sdk: Sdk, context: FeishuContext, redact: Redact, hooks: Hooks): WSClient {
  const { settings, tuning, logger } = context;
  return new sdk.WSClient({
    appId: settings.appId,
    appSecret: settings.appSecret,
    // Its own setting: that of the REST client does nothing here.
    domain: settings.domain,
    httpInstance: createEndpointHttp(sdk, {
      baseUrl: settings.domain,
      timeoutMs: tuning.requestTimeoutMs,
      redact,
    }),
    logger: createSdkLogger(logger, redact),
    loggerLevel: sdk.LoggerLevel.warn,
    handshakeTimeoutMs: tuning.handshakeTimeoutMs,
    wsConfig: { pingTimeout: tuning.pingTimeoutSeconds },
    ...hooks,
  });
}
