import { setTimeout as waitFor } from "node:timers/promises";
import { judgeContent } from "./card-schema.ts";
import { type CardkitState, findCardkitCall, findEntity } from "./cardkit.ts";
import { acceptImage, addReaction, type ChangeState, editMessage, judgeImages } from "./change-messages.ts";
import { findOtherCall, type ScopesState } from "./scopes.ts";
import type { Failure, FailureScript, Route } from "./script.ts";

export interface RestRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  body: Record<string, unknown>;
  /** Parts of a multipart body by name. */
  parts?: ReadonlyMap<string, Uint8Array>;
}

/** A file that the app uploaded. */
export interface UploadedFile {
  fileKey: string;
  fileType: string;
  name: string;
  bytes: Uint8Array;
}

export interface RestAnswer {
  status: number;
  headers?: Record<string, string>;
  body: object | string | Uint8Array;
  /** Cut the connection instead of answering. */
  cut?: boolean;
}

/** A message that people see. */
export interface SentMessage {
  messageId: string;
  via: "reply" | "create";
  /** The message replied to, or the receiver. */
  target: string;
  inThread: boolean;
  msgType: string;
  content: string;
  uuid: string | undefined;
  /** Milliseconds. A test may set it back. */
  sentAt: number;
}

export interface RestState extends ChangeState, CardkitState, ScopesState {
  appId: string;
  appSecret: string;
  botOpenId: string;
  botName: string;
  tokenLifetimeSeconds: number;
  script: FailureScript;
  sent: SentMessage[];
  /** Every send request, repeats and failures included. */
  sendRequests: { path: string; uuid: string | undefined; body: Record<string, unknown> }[];
  validTokens: Set<string>;
  issuedTokens: string[];
  botRequests: number;
  sentByUuid: Map<string, SentMessage>;
  /** What a repeated uuid is answered with, which the documentation leaves open: the first message, or a refusal. */
  refuseRepeat: () => boolean;
  onSent: (message: SentMessage) => void;
  /** Files that people sent: `message id/key` → bytes. */
  resources: Map<string, Uint8Array>;
  uploads: UploadedFile[];
}

/** The REST calls of the platform that the channel uses, with its codes, token checks and memory of uuids. */
export function createRestApi(state: RestState): (request: RestRequest) => Promise<RestAnswer> {
  return async (request) => {
    const { path, method } = request;
    if (path === "/open-apis/auth/v3/tenant_access_token/internal") {
      return scripted("token", state, () => issueToken(request, state));
    }
    if (path === "/open-apis/bot/v3/info" && method === "GET") {
      state.botRequests += 1;
      return scripted("bot", state, () => authorized(request, state, () => describeBot(state)));
    }
    const changed = changeMessage(request, state);
    if (changed) return changed;
    const call = findCardkitCall(request, state) ?? findOtherCall(request, state);
    if (call) return scripted(call.route, state, () => authorized(request, state, call.handle));
    if (path.startsWith("/open-apis/im/v1/messages") && method === "POST") {
      const { body } = request;
      state.sendRequests.push({ path, uuid: readString(body["uuid"]), body });
      const handle = () => authorized(request, state, () => acceptMessage(request, state));
      return scripted("send", state, handle, findPlace(request, state));
    }
    if (path === "/open-apis/im/v1/files" && method === "POST") {
      return scripted("upload", state, () => authorized(request, state, () => acceptUpload(request, state)));
    }
    const resource = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/resources\/([^/]+)$/.exec(path);
    if (resource && method === "GET") {
      const key = `${resource[1]}/${resource[2]}`;
      return scripted("resource", state, () => authorized(request, state, () => sendResource(key, state)));
    }
    return { status: 404, body: { code: 99991404, msg: "no such interface" } };
  };
}

function changeMessage(request: RestRequest, state: RestState): Promise<RestAnswer> | undefined {
  const { path, method } = request;
  const run = (route: Route, handle: () => RestAnswer) =>
    scripted(route, state, () => authorized(request, state, handle));
  const [, id = "", reactions] = /^\/open-apis\/im\/v1\/messages\/([^/]+)(\/reactions)?$/.exec(path) ?? [];
  if (method === "PATCH" && id !== "" && !reactions)
    return run("edit", () => editMessage(id, request, state));
  if (method === "POST" && reactions) return run("react", () => addReaction(id, request, state));
  if (method === "POST" && path === "/open-apis/im/v1/images")
    return run("image", () => acceptImage(request, state));
  return undefined;
}

const FILE_TYPES = ["opus", "mp4", "pdf", "doc", "xls", "ppt", "stream"];
const MAX_UPLOAD_BYTES = 30 * 1024 * 1024;

function acceptUpload({ parts }: RestRequest, state: RestState): RestAnswer {
  const read = (name: string) => Buffer.from(parts?.get(name) ?? []).toString("utf8");
  const [fileType, name, bytes] = [read("file_type"), read("file_name"), parts?.get("file")];
  if (!FILE_TYPES.includes(fileType) || name === "" || !bytes)
    return { status: 400, body: { code: 234001, msg: "Invalid request param." } };
  if (bytes.length === 0) return { status: 400, body: { code: 234010, msg: "File's size can't be 0." } };
  if (bytes.length > MAX_UPLOAD_BYTES)
    return { status: 400, body: { code: 234006, msg: "The file size exceed the max value." } };
  const fileKey = `file_v3_${state.uploads.length + 1}`;
  state.uploads.push({ fileKey, fileType, name, bytes });
  return { status: 200, body: { code: 0, msg: "success", data: { file_key: fileKey } } };
}

function sendResource(key: string, state: RestState): RestAnswer {
  const bytes = state.resources.get(key);
  if (!bytes) return { status: 400, body: { code: 234003, msg: "file not in msg" } };
  return { status: 200, headers: { "content-type": "application/octet-stream" }, body: bytes };
}

async function scripted(
  route: Route,
  state: RestState,
  handle: () => RestAnswer,
  chat?: string,
): Promise<RestAnswer> {
  const failure = state.script.take(route, chat);
  if (!failure) return handle();
  return applyFailure(failure, handle);
}

export async function applyFailure(failure: Failure, handle: () => RestAnswer): Promise<RestAnswer> {
  if (failure.delayMs !== undefined) await waitFor(failure.delayMs);
  if (failure.refused) return { status: 500, body: {}, cut: true };
  if (failure.lost) return { ...handle(), cut: true };
  if (failure.code === undefined && failure.rawBody === undefined && failure.status === undefined)
    return handle();
  const body = failure.rawBody ?? {
    code: failure.code ?? 0,
    msg: failure.msg ?? "scripted failure",
    ...(!failure.withoutData && { data: {} }),
  };
  return {
    status: failure.status ?? 400,
    headers: { "x-tt-logid": "log-0001", ...failure.headers },
    body,
  };
}

function issueToken({ body }: RestRequest, state: RestState): RestAnswer {
  if (body["app_id"] !== state.appId) return { status: 200, body: { code: 10014, msg: "app id not exists" } };
  if (body["app_secret"] !== state.appSecret) {
    return { status: 200, body: { code: 10014, msg: "app secret invalid" } };
  }
  const token = `t-secrettoken${String(state.issuedTokens.length + 1).padStart(4, "0")}`;
  state.validTokens.add(token);
  state.issuedTokens.push(token);
  return {
    status: 200,
    body: { code: 0, msg: "ok", tenant_access_token: token, expire: state.tokenLifetimeSeconds },
  };
}

function authorized({ authorization }: RestRequest, state: RestState, handle: () => RestAnswer): RestAnswer {
  if (!authorization) return { status: 400, body: { code: 99991661, msg: "Missing access token" } };
  const token = /^Bearer (.+)$/.exec(authorization)?.[1] ?? "";
  if (state.validTokens.has(token)) return handle();
  return { status: 400, body: { code: 99991663, msg: "Invalid access token" } };
}

function describeBot({ botOpenId, botName }: RestState): RestAnswer {
  const bot = {
    activate_status: 2,
    app_name: botName,
    avatar_url: "",
    ip_white_list: [],
    open_id: botOpenId,
  };
  return { status: 200, body: { code: 0, msg: "ok", bot } };
}

function acceptMessage({ path, query, body }: RestRequest, state: RestState): RestAnswer {
  const uuid = readString(body["uuid"]);
  if (uuid !== undefined && uuid.length > 50)
    return { status: 400, body: { code: 230001, msg: "uuid too long" } };
  const repeated = state.sentByUuid.get(uuid ?? "");
  if (repeated)
    return state.refuseRepeat()
      ? { status: 400, body: { code: 230001, msg: "uuid repeated" } }
      : success(repeated);
  const msgType = readString(body["msg_type"]) ?? "";
  const content = readString(body["content"]) ?? "";
  const entity = msgType === "interactive" ? findEntity(content, state) : undefined;
  if (entity === "unknown" || entity?.message)
    return {
      status: 400,
      body: { code: 230099, msg: "ext=ErrCode: 200740; the card entity cannot be sent" },
    };
  const refusal = entity ? undefined : (judgeContent(msgType, content) ?? judgeImages(content, state));
  if (refusal) return { status: 400, body: refusal };
  if (msgType === "file" && !state.uploads.some(({ fileKey }) => content.includes(`"${fileKey}"`)))
    return { status: 400, body: { code: 230001, msg: "no such file" } };
  const repliedTo = REPLY_PATH.exec(path)?.[1];
  if (repliedTo !== undefined && state.recalled.has(repliedTo))
    return { status: 400, body: { code: 230011, msg: "The message is recalled." } };
  const receiver = readString(body["receive_id"]);
  const place = findPlace({ path, body }, state);
  if (state.left.has(place))
    return { status: 400, body: { code: 230002, msg: "Bot/User can NOT be out of the chat." } };
  if (
    repliedTo === undefined &&
    (receiver === undefined || !["chat_id", "open_id"].includes(query.get("receive_id_type") ?? ""))
  ) {
    return { status: 400, body: { code: 230001, msg: "invalid receiver" } };
  }
  const message: SentMessage = {
    messageId: `om_sent${state.sent.length + 1}`,
    via: repliedTo === undefined ? "create" : "reply",
    target: repliedTo ?? receiver ?? "",
    inThread: body["reply_in_thread"] === true,
    msgType,
    content: entity ? JSON.stringify(entity.card) : content,
    uuid,
    sentAt: Date.now(),
  };
  if (entity) entity.message = message;
  state.sent.push(message);
  if (uuid !== undefined) state.sentByUuid.set(uuid, message);
  state.onSent(message);
  return success(message);
}

/** The receiver; of a reply the chat of the message that somebody wrote, or what a message of the bot's went to. */
function findPlace({ path, body }: Pick<RestRequest, "path" | "body">, { chatOf, sent }: RestState): string {
  const receiver = readString(body["receive_id"]);
  if (receiver !== undefined) return receiver;
  const messageId = REPLY_PATH.exec(path)?.[1] ?? "";
  return chatOf.get(messageId) ?? sent.find((message) => message.messageId === messageId)?.target ?? "";
}

const REPLY_PATH = /^\/open-apis\/im\/v1\/messages\/([^/]+)\/reply$/;

function success(message: SentMessage): RestAnswer {
  const data = {
    message_id: message.messageId,
    msg_type: message.msgType,
    create_time: String(message.sentAt),
    body: { content: message.content },
  };
  return { status: 200, body: { code: 0, msg: "success", data } };
}

function readString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
