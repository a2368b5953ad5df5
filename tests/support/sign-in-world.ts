import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { operatorOf } from "../../src/access/index.ts";
import { type Application, openApplication } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Service, startService } from "../../src/service.ts";
import { createManualClock, type ManualClock, randomIds, silentLogger } from "../../src/shared/index.ts";
import { OAUTH_APP, type OauthServer, startOauthServer } from "./feishu-server/oauth.ts";

export const VERIFICATION_TOKEN = "verification-token-of-the-test";

/** The whole service, open to Feishu's accounts, beside the platform's sign-in. */
export interface SignInWorld {
  readonly address: string;
  readonly data: string;
  oauth: OauthServer;
  app: Application;
  service: Service;
  clock: ManualClock;
  close(): Promise<void>;
}

export async function openSignInWorld(environment: Record<string, string> = {}): Promise<SignInWorld> {
  const oauth = await startOauthServer();
  const data = await mkdtemp(join(tmpdir(), "xiance-sign-in-"));
  const port = await findPort();
  const address = `http://127.0.0.1:${port}`;
  const clock = createManualClock(new Date("2026-11-23T01:00:00Z"));
  const surroundings = { clock: clock.now, ids: randomIds, logger: silentLogger };
  const config = readConfig(
    {
      XIANCE_HTTP_PORT: String(port),
      XIANCE_PUBLIC_URL: address,
      FEISHU_APP_ID: OAUTH_APP.appId,
      FEISHU_APP_SECRET: OAUTH_APP.appSecret,
      FEISHU_DOMAIN: oauth.url,
      FEISHU_TRANSPORT: "webhook",
      FEISHU_VERIFICATION_TOKEN: VERIFICATION_TOKEN,
      ...environment,
    },
    { data },
  );
  const app = await openApplication(config, { mode: "write", ...surroundings });
  await app.access.grant("feishu:ou_admin", "admin", operatorOf("test"));
  const { publishing, access } = app;
  const stewardship = { publishing, access, digestAt: "09:00" };
  const service = await startService({ ...app, stewardship }, surroundings);
  return {
    ...{ address, data, oauth, app, service, clock },
    async close() {
      await service.stop();
      await app.close();
      await oauth.close();
      await rm(data, { recursive: true });
    },
  };
}

/** Known before the service listens: the platform sends browsers back to it. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Visitor {
  /** The Cookie header; a test may take it away or plant one. */
  cookie: string;
  /** Without following redirects; what is set as cookie is kept. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** From the start to where the platform sends the browser back; returns that address. */
  authorize(returnTo?: string): Promise<string>;
  /** The whole way; resolves with the last answer. */
  signIn(returnTo?: string): Promise<Response>;
  me(): Promise<{ signedIn: boolean; name?: string; roles?: string[]; signIn?: unknown }>;
}

/** A browser, as far as cookies and redirects go. */
export function createVisitor(address: string): Visitor {
  const visitor: Visitor = {
    cookie: "",
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body = {}, headers = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
      }),
    async authorize(returnTo = "/") {
      const started = await visitor.get(`/auth/feishu/start?return=${encodeURIComponent(returnTo)}`);
      const platform = started.headers.get("location") ?? "";
      const answered = await fetch(platform, { redirect: "manual" });
      return answered.headers.get("location") ?? "";
    },
    async signIn(returnTo) {
      return visitor.get((await visitor.authorize(returnTo)).replace(address, ""), {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
      });
    },
    me: async () => (await visitor.get("/api/v1/chat/me")).json() as ReturnType<Visitor["me"]>,
  };
  async function send(
    path: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Response> {
    const headers = { ...(visitor.cookie && { cookie: visitor.cookie }), ...init.headers };
    const response = await fetch(address + path, { ...init, headers, redirect: "manual" });
    const set = response.headers.getSetCookie().at(-1)?.split(";")[0];
    if (set) visitor.cookie = set;
    return response;
  }
  return visitor;
}
