import type { RestAnswer, RestRequest, RestState } from "./rest-api.ts";
import type { Route } from "./script.ts";

/** What somebody wrote or the bot sent, as it can be read again. */
export interface ReadableMessage {
  msgType: string;
  chatId?: string;
  /** JSON. */
  content: string;
  deleted?: boolean;
}

export interface ScopesState {
  /** Scopes of the app with whether they are granted. */
  scopes: Map<string, boolean>;
  /** Events that the released version subscribes to; undefined: the app lacks the scope to ask. */
  events: string[] | undefined;
  /** The organisation that the app may know as its own; undefined: it lacks the scope. */
  tenantKey: string | undefined;
  /** By message id. */
  readable: Map<string, ReadableMessage>;
  readRequests: string[];
}

export function createScopesState(): ScopesState {
  return {
    scopes: new Map(),
    events: undefined,
    tenantKey: undefined,
    readable: new Map(),
    readRequests: [],
  };
}

/** Taking back, reading again, and asking what the app may do. */
export function findOtherCall(
  request: RestRequest,
  state: RestState,
): { route: Route; handle: () => RestAnswer } | undefined {
  const { method, path } = request;
  const [, messageId] = /^\/open-apis\/im\/v1\/messages\/([^/]+)$/.exec(path) ?? [];
  if (messageId !== undefined && method === "DELETE")
    return { route: "delete", handle: () => takeBack(messageId, state) };
  if (messageId !== undefined && method === "GET") {
    state.readRequests.push(messageId);
    return { route: "read", handle: () => readMessage(messageId, state) };
  }
  if (path === "/open-apis/application/v6/scopes")
    return { route: "scopes", handle: () => listScopes(state) };
  if (path.startsWith("/open-apis/application/v6/applications/me"))
    return { route: "scopes", handle: () => describeApp(path, state) };
  if (path === "/open-apis/tenant/v2/tenant/query")
    return { route: "tenant", handle: () => describeTenant(state) };
  return undefined;
}

function takeBack(messageId: string, state: RestState): RestAnswer {
  const message = state.sent.find((each) => each.messageId === messageId);
  if (state.recalled.has(messageId)) return refuse(230110, "the message has been deleted.");
  if (!message) return refuse(230026, "No permission to recall this message.");
  if (state.left.has(message.target)) return refuse(230002, "The bot can not be outside the group.");
  state.recalled.add(messageId);
  return { status: 200, body: { code: 0, msg: "success", data: {} } };
}

function readMessage(messageId: string, { readable, recalled }: RestState): RestAnswer {
  const message = readable.get(messageId);
  if (!message) return refuse(230001, "invalid message id");
  if (recalled.has(messageId)) return refuse(230110, "the message has been deleted.");
  const { msgType, chatId = "oc_group", content, deleted = false } = message;
  const item = {
    ...{ message_id: messageId, msg_type: msgType, deleted, updated: false, chat_id: chatId },
    ...{ create_time: "1763900000000", sender: { id: "ou_asker", sender_type: "user" } },
    body: { content },
    mentions: [{ key: "@_user_1", id: "ou_bot", id_type: "open_id", name: "贤策" }],
  };
  return { status: 200, body: { code: 0, msg: "success", data: { items: [item] } } };
}

function listScopes({ scopes }: RestState): RestAnswer {
  const listed = [...scopes].map(([scope_name, granted]) => ({ scope_name, grant_status: granted ? 1 : 2 }));
  return { status: 200, body: { code: 0, msg: "success", data: { scopes: listed } } };
}

function describeApp(path: string, { events }: RestState): RestAnswer {
  if (!events) return refuse(99991672, "required: [application:application:self_manage]");
  const data = path.endsWith("/app_versions/oav_online")
    ? { app_version: { event_infos: events.map((event_type) => ({ event_type, event_name: "" })) } }
    : { app: { app_id: "cli_0123456789abcdef", online_version_id: "oav_online" } };
  return { status: 200, body: { code: 0, msg: "success", data } };
}

function describeTenant({ tenantKey }: RestState): RestAnswer {
  if (tenantKey === undefined)
    return refuse(
      99991672,
      "Access denied. One of the following scopes is required: [tenant:tenant:readonly]",
    );
  const tenant = { name: "园区（虚构）", display_id: "F000000001", tenant_tag: 0, tenant_key: tenantKey };
  return { status: 200, body: { code: 0, msg: "success", data: { tenant } } };
}

function refuse(code: number, msg: string): RestAnswer {
  return { status: 400, body: { code, msg } };
}
