import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { userDeletedEvent } from "../support/feishu-server/events.ts";
import { OAUTH_APP, OWN_TENANT } from "../support/feishu-server/oauth.ts";
import {
  createVisitor,
  openSignInWorld,
  type SignInWorld,
  VERIFICATION_TOKEN,
  type Visitor,
} from "../support/sign-in-world.ts";

const HOUR_MS = 60 * 60 * 1000;
const ADMIN = { openId: "ou_admin", name: "测试管理员", tenantKey: OWN_TENANT };

let world: SignInWorld;
let visitor: Visitor;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world?.close();
});

beforeEach(async () => {
  // Limits count by address, and all come from one here.
  world.clock.advance(HOUR_MS);
  Object.assign(world.oauth, { person: { ...ADMIN }, refuses: false, codeAge: 0 });
  visitor = createVisitor(world.address);
  await visitor.post("/api/v1/chat/session");
});

async function expectTrouble(response: Response, status: number, words: string): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(text).toContain(words);
  expect(response.headers.get("content-type")).toContain("text/html");
  expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(await visitor.me()).toMatchObject({ signedIn: false });
}

const back = (address: string) => address.replace(world.address, "");

describe("signing in", () => {
  it("goes to the platform and back, with the account's name and roles", async () => {
    expect(await visitor.me()).toEqual({
      signedIn: false,
      signIn: { href: "/auth/feishu/start", name: "飞书" },
    });
    const before = visitor.cookie;
    const response = await visitor.signIn("/documents/plan?version=1#10-20");
    expect(response.status, await response.text()).toBe(303);
    expect(response.headers.get("location")).toBe("/documents/plan?version=1#10-20");
    expect(visitor.cookie).not.toBe(before);
    expect(response.headers.get("set-cookie")).toMatch(/HttpOnly; SameSite=Lax$/);
    const me = await visitor.me();
    expect(me).toMatchObject({ signedIn: true, name: "测试管理员" });
    expect(me.roles).toContain("admin");
  });

  it("gives a new secret: who planted or knew the old one gains nothing", async () => {
    const planted = visitor.cookie;
    await visitor.post("/api/v1/chat/messages", { clientMessageId: "before-sign-in", text: "登录前的问题" });
    await visitor.signIn();
    const attacker = createVisitor(world.address);
    attacker.cookie = planted;
    expect(await attacker.me()).toMatchObject({ signedIn: false });
    // What was asked before stays where it was.
    const turns = async (of: Visitor) =>
      (await (await of.get("/api/v1/chat/messages")).json()) as { turns: unknown[] };
    await expect.poll(async () => (await turns(attacker)).turns.length).toBe(1);
    expect((await turns(visitor)).turns).toEqual([]);
  });

  it("keeps nothing of the platform's token", async () => {
    await visitor.signIn();
    const token = world.oauth.userTokens.at(-1) ?? "";
    expect(token).toMatch(/^u-/);
    const entries = await readdir(world.data, { withFileTypes: true, recursive: true });
    for (const { name, parentPath } of entries.filter((entry) => entry.isFile())) {
      const bytes = await readFile(join(parentPath, name));
      expect(bytes.includes(token), name).toBe(false);
      expect(bytes.includes(visitor.cookie.split("=")[1] ?? ""), name).toBe(false);
    }
  });

  it("tells the conversation whose message it is", async () => {
    await visitor.signIn();
    await visitor.post("/api/v1/chat/messages", { clientMessageId: "signed-in-1", text: "待复核" });
    await expect
      .poll(async () => {
        const { turns } = (await (await visitor.get("/api/v1/chat/messages")).json()) as {
          turns: { reply: { kind: string } }[];
        };
        return turns.map(({ reply }) => reply.kind);
      })
      .toEqual(["desk-list"]);
  });

  it.each([
    ["//evil.example/x"],
    ["/\\evil.example"],
    ["https://evil.example/"],
    ["/.//evil.example"],
    ["/%0d%0aSet-Cookie:x"],
    ["\t//evil.example"],
    ["javascript:alert(1)"],
    ["/auth/feishu/start"],
    [""],
  ])("goes nowhere else: %j", async (returnTo) => {
    const location = (await visitor.signIn(returnTo)).headers.get("location") ?? "";
    expect(new URL(location, world.address).origin).toBe(world.address);
    expect(["/", "/%0d%0aSet-Cookie:x"]).toContain(location);
  });
});

describe("what does not sign in", () => {
  it("is an answer with another state, or none", async () => {
    const address = await visitor.authorize();
    const other = await createVisitor(world.address).authorize();
    const code = new URL(address).searchParams.get("code");
    await expectTrouble(await visitor.get(back(other)), 400, "本次登录已失效");
    await expectTrouble(await visitor.get(`/auth/feishu/callback?code=${code}`), 400, "本次登录已失效");
    await expectTrouble(
      await visitor.get(`/auth/feishu/callback?code=${code}&state=x`),
      400,
      "本次登录已失效",
    );
  });

  it("is another browser with the right address", async () => {
    const address = await visitor.authorize();
    const thief = createVisitor(world.address);
    await thief.post("/api/v1/chat/session");
    expect((await thief.get(back(address))).status).toBe(400);
    const bare = createVisitor(world.address);
    expect((await bare.get(back(address))).status).toBe(400);
    // The thief has not spoiled it.
    expect((await visitor.get(back(address))).status).toBe(303);
  });

  it("is the same answer a second time", async () => {
    const begun = visitor.cookie;
    const address = await visitor.authorize();
    expect((await visitor.get(back(address))).status).toBe(303);
    visitor.cookie = begun;
    await expectTrouble(await visitor.get(back(address)), 400, "只能使用一次");
  });

  it("is an answer after ten minutes", async () => {
    const address = await visitor.authorize();
    world.clock.advance(10 * 60 * 1000);
    await expectTrouble(await visitor.get(back(address)), 400, "10 分钟内");
  });

  it("is a code that the platform no longer takes", async () => {
    world.oauth.codeAge = HOUR_MS;
    await expectTrouble(await visitor.signIn(), 400, "已失效或已使用");
  });

  it("is a person of another organisation", async () => {
    world.oauth.person.tenantKey = "tenant-other";
    await expectTrouble(await visitor.signIn(), 403, "只接受本单位飞书组织的账号");
  });

  it("is who says no", async () => {
    world.oauth.refuses = true;
    await expectTrouble(await visitor.signIn(), 403, "登录已取消");
  });

  it.each([
    ["token", { status: 503, code: 20072 }, 502, "暂时连不上飞书"],
    ["token", { status: 500, rawBody: "<html>bad gateway</html>" }, 502, "暂时连不上飞书"],
    ["token", { cut: true }, 502, "暂时连不上飞书"],
    ["token", { status: 200, rawBody: "<html>a login wall</html>" }, 502, "暂时连不上飞书"],
    ["token", { code: 20071 }, 502, "登录配置有误"],
    ["token", { code: 20002 }, 502, "登录配置有误"],
    ["person", { status: 200, code: 20021 }, 403, "该账号已停用"],
    ["person", { status: 502, rawBody: "" }, 502, "暂时连不上飞书"],
  ] as const)("is a failure of the platform: %s %j", async (route, failure, status, words) => {
    world.oauth.failNext(route, failure);
    await expectTrouble(await visitor.signIn(), status, words);
  });
});

describe("a signed-in session", () => {
  it("ends by signing out, with a new and empty conversation", async () => {
    await visitor.signIn();
    const ended = visitor.cookie;
    const answer = await visitor.post("/api/v1/chat/sign-out");
    expect(await answer.json()).toMatchObject({ signedIn: false });
    expect(await visitor.me()).toMatchObject({ signedIn: false });
    visitor.cookie = ended;
    const refused = await visitor.get("/api/v1/chat/messages");
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining("登录已失效") } });
  });

  it("lasts twelve hours without use and seven days at most", async () => {
    await visitor.signIn();
    for (let hours = 0; hours < 7 * 24; hours += 11) {
      expect(await visitor.me(), `${hours} h`).toMatchObject({ signedIn: true });
      world.clock.advance(11 * HOUR_MS);
    }
    expect((await visitor.get("/api/v1/chat/me")).status).toBe(401);
    await visitor.post("/api/v1/chat/session");
    await visitor.signIn();
    world.clock.advance(12 * HOUR_MS);
    expect((await visitor.get("/api/v1/chat/me")).status).toBe(401);
    // The page asks for a session then, and gets an anonymous one.
    await visitor.post("/api/v1/chat/session");
    expect(await visitor.me()).toMatchObject({ signedIn: false });
  });

  it("ends when the person has left, with the pages that are open", async () => {
    await visitor.signIn();
    const page = await fetch(`${world.address}/api/v1/chat/events`, { headers: { cookie: visitor.cookie } });
    const ended = page.text();
    const left = userDeletedEvent(
      { appId: OAUTH_APP.appId, verificationToken: VERIFICATION_TOKEN },
      ADMIN.openId,
    );
    const told = await visitor.post("/webhooks/feishu/events", left);
    expect(told.status, await told.text()).toBe(200);
    expect(await ended).toContain("event: ready");
    expect((await visitor.get("/api/v1/chat/me")).status).toBe(401);
  });

  it("ends when the account has its words removed", async () => {
    await visitor.signIn();
    await world.app.storage.conversation.eraseUser("feishu", ADMIN.openId);
    expect((await visitor.get("/api/v1/chat/me")).status).toBe(401);
  });
});

describe("the administrators' interface", () => {
  const own = { "sec-fetch-site": "same-origin" };

  it("takes the signed-in account with its roles, from our own pages only", async () => {
    expect((await visitor.get("/api/v1/admin/proposals", own)).status).toBe(401);
    await visitor.signIn();
    const listed = await visitor.get("/api/v1/admin/proposals", own);
    expect(listed.status, await listed.text()).toBe(200);
    expect((await visitor.get("/api/v1/admin/proposals", { "sec-fetch-site": "cross-site" })).status).toBe(
      401,
    );
    expect((await visitor.get("/api/v1/admin/proposals", { "sec-fetch-site": "same-site" })).status).toBe(
      401,
    );
    expect((await visitor.get("/api/v1/admin/proposals", { origin: "https://evil.example" })).status).toBe(
      401,
    );
  });

  it("changes nothing unless the browser says that our page asked", async () => {
    await visitor.signIn();
    const grant = "/api/v1/admin/roles/grant";
    const body = { account: "feishu:ou_new", role: "auditor" };
    for (const headers of [
      {},
      { "sec-fetch-site": "none" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ]) {
      expect((await visitor.post(grant, body, headers as Record<string, string>)).status).toBe(401);
    }
    const allowed = await visitor.post(grant, body, own);
    expect(allowed.status, await allowed.text()).toBe(200);
  });

  it("takes a file from the console's page", async () => {
    await visitor.signIn();
    const form = new FormData();
    form.set("file", new Blob(["样例办法\n\n第一条 本办法自2026年1月1日起施行。\n"]), "样例.txt");
    const upload = (headers: Record<string, string>) =>
      fetch(`${world.address}/api/v1/admin/submissions`, {
        method: "POST",
        headers: { cookie: visitor.cookie, ...headers },
        body: form,
      });
    expect((await upload({})).status).toBe(401);
    expect([200, 422]).toContain((await upload({ origin: world.address })).status);
  });

  it("refuses who may not, and a wrong token beside a good cookie", async () => {
    world.oauth.person = { openId: "ou_nobody", name: "测试员乙", tenantKey: OWN_TENANT };
    await visitor.signIn();
    expect((await visitor.get("/api/v1/admin/proposals", own)).status).toBe(403);
    world.oauth.person = { ...ADMIN };
    await visitor.signIn();
    const both = { ...own, authorization: "Bearer wrong-token-wrong-token-wrong" };
    expect((await visitor.get("/api/v1/admin/proposals", both)).status).toBe(401);
  });
});
