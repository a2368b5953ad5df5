import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What one call is answered with instead of what is right. */
export interface OauthFailure {
  status?: number;
  code?: number;
  /** Instead of JSON. */
  rawBody?: string;
  /** The connection is cut. */
  cut?: boolean;
}

export interface OauthPerson {
  openId: string;
  name: string;
  tenantKey: string;
}

type OauthRoute = "token" | "person" | "tenant" | "tenant-token";

/** Sign-in pages and the calls behind them, as the platform has them. The person at the browser says yes at once. */
export interface OauthServer {
  /** By another name than the service's, as the platform's pages are another site. */
  readonly url: string;
  /** Who is signed in at the platform. */
  person: OauthPerson;
  /** They say no. */
  refuses: boolean;
  /** Milliseconds. */
  codeAge: number;
  readonly userTokens: string[];
  readonly seen: { path: string; body: Record<string, unknown> }[];
  failNext(route: OauthRoute, ...failures: OauthFailure[]): void;
  /** What was to fail and did not come up is forgotten. */
  forgive(): void;
  close(): Promise<void>;
}

export const OAUTH_APP = { appId: "cli_0123456789abcdef", appSecret: "oauth-secret-of-the-test" } as const;
export const OWN_TENANT = "tenant-own";

interface Grant {
  redirectUri: string;
  challenge: string;
  used: boolean;
}

interface State extends OauthServer {
  grants: Map<string, Grant>;
  failures: Map<OauthRoute, OauthFailure[]>;
}

export async function startOauthServer(): Promise<OauthServer> {
  const server = createServer((request, response) => {
    void answer(state, request, response).catch(() => response.writeHead(500).end("broken test server"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const state: State = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    person: { openId: "ou_tester", name: "测试员甲", tenantKey: OWN_TENANT },
    refuses: false,
    codeAge: 0,
    userTokens: [],
    seen: [],
    grants: new Map(),
    failures: new Map(),
    failNext: (route, ...failures) => {
      state.failures.set(route, [...(state.failures.get(route) ?? []), ...failures]);
    },
    forgive: () => state.failures.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return state;
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", state.url);
  const path = url.pathname.replace("/open-apis/", "");
  if (path === "authen/v1/authorize") return authorize(state, url.searchParams, response);
  const body = await readJson(request);
  state.seen.push({ path, body });
  const route = ROUTES[path];
  const failure = route && state.failures.get(route)?.shift();
  if (failure?.cut) return void response.destroy();
  if (failure)
    return send(response, failure.status ?? 400, failure.rawBody ?? { code: failure.code ?? 1, msg: "no" });
  switch (route) {
    case "token":
      return exchange(state, body, response);
    case "person":
      return describePerson(state, request.headers.authorization, response);
    case "tenant-token":
      return send(response, 200, { code: 0, msg: "ok", tenant_access_token: "t-of-the-test", expire: 7200 });
    case "tenant":
      return send(response, 200, { code: 0, data: { tenant: { name: "样例单位", tenant_key: OWN_TENANT } } });
    default:
      return send(response, 404, { code: 99991404, msg: "not here" });
  }
}

const ROUTES: Readonly<Record<string, OauthRoute>> = {
  "authen/v2/oauth/token": "token",
  "authen/v1/user_info": "person",
  "auth/v3/tenant_access_token/internal": "tenant-token",
  "tenant/v2/tenant/query": "tenant",
};

function authorize(state: State, query: URLSearchParams, response: ServerResponse): void {
  const redirectUri = query.get("redirect_uri") ?? "";
  const challenge = query.get("code_challenge") ?? "";
  const isRight =
    query.get("client_id") === OAUTH_APP.appId &&
    query.get("response_type") === "code" &&
    query.get("code_challenge_method") === "S256" &&
    challenge.length === 43;
  if (!isRight) {
    send(response, 400, "bad authorization request");
    return;
  }
  const back = new URL(redirectUri);
  back.searchParams.set("state", query.get("state") ?? "");
  if (state.refuses) back.searchParams.set("error", "access_denied");
  else {
    const code = randomBytes(16).toString("hex");
    state.grants.set(code, { redirectUri, challenge, used: false });
    back.searchParams.set("code", code);
  }
  response.writeHead(302, { location: back.href }).end();
}

/** Errors as the platform's: the code says which. */
function exchange(state: State, body: Record<string, unknown>, response: ServerResponse): void {
  const grant = state.grants.get(String(body["code"]));
  const code = judgeExchange(state, body, grant);
  if (code !== 0) {
    send(response, 400, { code, error: "invalid_grant", error_description: "no" });
    return;
  }
  if (grant) grant.used = true;
  const token = `u-${randomBytes(40).toString("hex")}`;
  state.userTokens.push(token);
  send(response, 200, { code: 0, access_token: token, expires_in: 7200, token_type: "Bearer", scope: "" });
}

function judgeExchange(state: State, body: Record<string, unknown>, grant: Grant | undefined): number {
  const isApp = body["client_id"] === OAUTH_APP.appId && body["client_secret"] === OAUTH_APP.appSecret;
  if (!isApp) return 20002;
  if (!grant) return 20003;
  if (grant.used) return 20065;
  if (state.codeAge > 5 * 60 * 1000) return 20004;
  if (grant.redirectUri !== body["redirect_uri"]) return 20071;
  const challenge = createHash("sha256").update(String(body["code_verifier"])).digest("base64url");
  return challenge === grant.challenge ? 0 : 20049;
}

/** Errors come with HTTP 200. */
function describePerson(state: State, authorization: string | undefined, response: ServerResponse): void {
  const token = authorization?.replace("Bearer ", "") ?? "";
  if (!state.userTokens.includes(token)) {
    send(response, 200, { code: 20005, msg: "invalid token" });
    return;
  }
  const { openId, name, tenantKey } = state.person;
  const data = { open_id: openId, union_id: `on_${openId}`, name, en_name: name, tenant_key: tenantKey };
  send(response, 200, { code: 0, msg: "success", data });
}

function send(response: ServerResponse, status: number, body: object | string): void {
  const type = typeof body === "string" ? "text/html" : "application/json; charset=utf-8";
  response
    .writeHead(status, { "content-type": type })
    .end(typeof body === "string" ? body : JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
