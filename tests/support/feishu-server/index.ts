import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createCardkitState } from "./cardkit.ts";
import { createChangeState } from "./change-messages.ts";
import { type EventEnvelope, type MessageSpec, messageEvent } from "./events.ts";
import { type ClientConfig, createLongConnectionSide, type LongConnectionSide } from "./long-connection.ts";
import { readMultipart } from "./read-multipart.ts";
import {
  applyFailure,
  createRestApi,
  type RestAnswer,
  type RestState,
  type SentMessage,
} from "./rest-api.ts";
import { createScopesState } from "./scopes.ts";
import { createFailureScript, type FailureScript } from "./script.ts";

export { countTags, judgeContent, MAX_BYTES, MAX_TAGS } from "./card-schema.ts";
export type { CardOperation } from "./cardkit.ts";
export {
  botAddedEvent,
  botDeletedEvent,
  type CardActionSpec,
  cardActionEvent,
  chatEnteredEvent,
  type EventEnvelope,
  envelope,
  type MessageSpec,
  menuEvent,
  messageEvent,
  recalledEvent,
  userDeletedEvent,
} from "./events.ts";
export type { SentMessage } from "./rest-api.ts";
export type { Failure } from "./script.ts";
export { createWebhookSender, encrypt, sign, type WebhookSender } from "./webhook-sender.ts";

export const APP = {
  appId: "cli_0123456789abcdef",
  appSecret: "app-secret-of-the-test-0123456789",
  botOpenId: "ou_bot",
  botName: "贤策",
  verificationToken: "verification-token-of-the-test",
  encryptKey: "encrypt-key-of-the-test",
} as const;

/** A mention of the bot, and of somebody else, as keys in the text. */
export const BOT_MENTION = { key: "@_user_1", openId: APP.botOpenId, name: APP.botName };

/** Waits that let a test see a reconnect at once. */
export const QUICK_CLIENT: ClientConfig = {
  ReconnectCount: -1,
  ReconnectInterval: 0.05,
  ReconnectNonce: 0,
  PingInterval: 120,
};

export interface FeishuServer
  extends Pick<
    RestState,
    | "sent"
    | "sendRequests"
    | "issuedTokens"
    | "resources"
    | "uploads"
    | "edits"
    | "reactions"
    | "images"
    | "recalled"
    | "left"
    | "cards"
    | "cardOperations"
    | "scopes"
    | "readable"
    | "readRequests"
  > {
  readonly url: string;
  readonly connection: LongConnectionSide;
  readonly failNext: FailureScript["failNext"];
  readonly failBy: FailureScript["failBy"];
  /** Whether a repeated uuid is refused instead of answered with the first message. */
  refuseRepeats(decide: () => boolean): void;
  readonly endpointRequests: () => number;
  readonly botRequests: () => number;
  /** All tokens issued so far stop working, as after a rotation. */
  revokeTokens(): void;
  setClientConfig(config: ClientConfig): void;
  /** Lets the app know its own organisation. */
  setTenantKey(key: string): void;
  /** Lets the app know its own subscriptions. */
  setEvents(events: string[]): void;
  messageEvent(spec: MessageSpec): EventEnvelope;
  close(): Promise<void>;
}

export interface FeishuServerOptions {
  appSecret?: string;
  tokenLifetimeSeconds?: number;
  clientConfig?: ClientConfig;
  /** Default: any free port. */
  port?: number;
  /** Called with each message that people see. */
  onSent?: (message: SentMessage) => void;
}

/** A local server that speaks Feishu's protocol: tokens, bot information, messages, and the long connection. */
export async function startFeishuServer(options: FeishuServerOptions = {}): Promise<FeishuServer> {
  let clientConfig = options.clientConfig ?? QUICK_CLIENT;
  let endpointRequests = 0;
  const connection = createLongConnectionSide(() => clientConfig);
  const state = createState(options);
  const rest = createRestApi(state);

  async function answer(request: IncomingMessage): Promise<RestAnswer> {
    const url = new URL(request.url ?? "/", baseUrl());
    const raw = await readBytes(request);
    const contentType = request.headers["content-type"] ?? "";
    const multipart = contentType.startsWith("multipart/form-data");
    const body = multipart ? {} : readJson(raw);
    if (url.pathname === "/callback/ws/endpoint") {
      endpointRequests += 1;
      const failure = state.script.take("endpoint");
      const handle = () =>
        describeEndpoint(body, state, () => connection.issueAddress(baseUrl()), clientConfig);
      return failure ? applyFailure(failure, handle) : handle();
    }
    const { method = "GET", headers } = request;
    return rest({
      method,
      path: url.pathname,
      query: url.searchParams,
      authorization: headers.authorization,
      body,
      ...(multipart && { parts: readMultipart(raw, contentType) }),
    });
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (result) => write(response, result),
      () => write(response, { status: 500, body: "broken test server" }),
    );
  });
  server.on("upgrade", connection.upgrade);
  const baseUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));

  return {
    url: baseUrl(),
    connection,
    sent: state.sent,
    sendRequests: state.sendRequests,
    issuedTokens: state.issuedTokens,
    resources: state.resources,
    uploads: state.uploads,
    edits: state.edits,
    reactions: state.reactions,
    images: state.images,
    recalled: state.recalled,
    left: state.left,
    cards: state.cards,
    cardOperations: state.cardOperations,
    scopes: state.scopes,
    readable: state.readable,
    readRequests: state.readRequests,
    setEvents: (events) => {
      state.events = events;
    },
    setTenantKey: (key) => {
      state.tenantKey = key;
    },
    failNext: state.script.failNext,
    failBy: state.script.failBy,
    refuseRepeats: (decide) => {
      state.refuseRepeat = decide;
    },
    endpointRequests: () => endpointRequests,
    botRequests: () => state.botRequests,
    revokeTokens: () => state.validTokens.clear(),
    setClientConfig: (config) => {
      clientConfig = config;
    },
    // Over the long connection the header's token is empty.
    messageEvent: (spec) => {
      if (spec.messageId && spec.chatId) state.chatOf.set(spec.messageId, spec.chatId);
      return messageEvent(spec, { appId: APP.appId, verificationToken: "" });
    },
    close: async () => {
      connection.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createState(options: FeishuServerOptions): RestState {
  return {
    appId: APP.appId,
    appSecret: options.appSecret ?? APP.appSecret,
    botOpenId: APP.botOpenId,
    botName: APP.botName,
    tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 7_200,
    script: createFailureScript(),
    sent: [],
    sendRequests: [],
    validTokens: new Set(),
    issuedTokens: [],
    botRequests: 0,
    sentByUuid: new Map(),
    refuseRepeat: () => false,
    onSent: options.onSent ?? (() => {}),
    resources: new Map(),
    uploads: [],
    ...createChangeState(),
    ...createCardkitState(),
    ...createScopesState(),
  };
}

function describeEndpoint(
  body: Record<string, unknown>,
  { appId, appSecret }: RestState,
  issueAddress: () => string,
  clientConfig: ClientConfig,
): RestAnswer {
  if (body["AppID"] !== appId || body["AppSecret"] !== appSecret) {
    return { status: 200, body: { code: 514, msg: "auth failed" } };
  }
  const data = { URL: issueAddress(), ClientConfig: clientConfig };
  return { status: 200, body: { code: 0, msg: "", data } };
}

function write(response: ServerResponse, { status, headers, body, cut }: RestAnswer): void {
  if (cut) {
    response.destroy();
    return;
  }
  if (body instanceof Uint8Array) {
    response.writeHead(status, headers).end(body);
    return;
  }
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "string" ? "text/html" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, ...headers }).end(text);
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function readJson(raw: Buffer): Record<string, unknown> {
  const text = raw.toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
