import type { EventDispatcher, WSClient } from "@larksuiteoapi/node-sdk";
import { createBackOff } from "./back-off.ts";
import { createEndpointHttp } from "./http.ts";
import { createRedactor, createSdkLogger, type Sdk } from "./sdk.ts";
import type { FeishuContext } from "./settings.ts";

export interface LongConnection {
  /** Returns at once; the connection comes up in the background and is kept up. */
  start(): void;
  stop(): Promise<void>;
  state(): { connected: boolean; detail: string };
}

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
export function createLongConnection(
  sdk: Sdk,
  dispatcher: EventDispatcher,
  context: FeishuContext,
): LongConnection {
  const { settings, tuning, logger, random } = context;
  const redact = createRedactor(settings);
  const sdkLogger = createSdkLogger(logger, redact);
  const backOff = createBackOff(tuning.firstBackoffMs, tuning.maxBackoffMs, random);
  let client: WSClient | undefined;
  let watch: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;
  let stopped = false;
  let current = { connected: false, detail: "正在建立长连接" };

  function open(): void {
    if (stopped) return;
    const opened = createClient();
    client = opened;
    // Resolves before the connection is up; the hooks and the watch below tell the rest.
    void opened.start({ eventDispatcher: dispatcher });
    watch = setInterval(() => {
      const { state, nextConnectTime } = opened.getConnectionStatus();
      if (state === "connecting" && nextConnectTime !== undefined) reopen("暂时连不上飞书，正在自动重试");
    }, tuning.watchIntervalMs);
    watch.unref();
  }

  function createClient(): WSClient {
    const onUp = (message: string) => () => {
      clearInterval(watch);
      backOff.reset();
      current = { connected: true, detail: "长连接正常" };
      logger.info({}, message);
    };
    return new sdk.WSClient({
      appId: settings.appId,
      appSecret: settings.appSecret,
      domain: settings.domain,
      httpInstance: createEndpointHttp(sdk, {
        baseUrl: settings.domain,
        timeoutMs: tuning.requestTimeoutMs,
        redact,
      }),
      logger: sdkLogger,
      loggerLevel: sdk.LoggerLevel.warn,
      handshakeTimeoutMs: tuning.handshakeTimeoutMs,
      wsConfig: { pingTimeout: tuning.pingTimeoutSeconds },
      onReady: onUp("feishu: long connection ready"),
      onReconnected: onUp("feishu: long connection ready again"),
      onReconnecting: () => {
        current = { connected: false, detail: "长连接中断，正在重新连接" };
        logger.warn({}, "feishu: long connection lost, reconnecting");
      },
      onError: (error) => {
        const code = /code=(\d+)/.exec(error.message)?.[1] ?? "";
        logger.error({ failure: redact(error.message) }, "feishu: long connection refused");
        reopen(ENDPOINT_TROUBLE[code] ?? "飞书长连接失败，正在自动重试");
      },
    });
  }

  function reopen(detail: string): void {
    closeClient();
    current = { connected: false, detail };
    if (stopped) return;
    const delayMs = backOff.next();
    logger.warn({ delayMs }, "feishu: long connection will be tried again");
    clearTimeout(restart);
    restart = setTimeout(open, delayMs);
  }

  function closeClient(): void {
    clearInterval(watch);
    client?.close({ force: true });
    client = undefined;
  }

  return {
    start: open,
    stop: async () => {
      stopped = true;
      clearTimeout(restart);
      // Acknowledgements of the last events are written in the turn after their handlers.
      await new Promise((resolve) => setImmediate(resolve));
      closeClient();
      current = { connected: false, detail: "已停止" };
    },
    state: () => current,
  };
}
