import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Turn } from "../../src/channels/web/turn.ts";
import { OWN_TENANT } from "../support/feishu-server/oauth.ts";
import { createVisitor, openSignInWorld, type SignInWorld, type Visitor } from "../support/sign-in-world.ts";

/** An invented statute. */
const STATUTE = `青岚区孵化器管理办法

青科规〔2026〕5号

第一条 为支持孵化器发展，制定本办法。
第二条 对新认定的孵化器，一次性奖励30万元。
第三条 本办法自2026年1月1日起施行，有效期3年。
`;

let world: SignInWorld;
let visitor: Visitor;

beforeAll(async () => {
  world = await openSignInWorld();
});

afterAll(async () => {
  await world?.close();
});

beforeEach(async () => {
  world.clock.advance(60 * 60 * 1000);
  visitor = createVisitor(world.address);
  await visitor.post("/api/v1/chat/session");
});

function upload(files: [string, string][], fields: Record<string, string>): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  for (const [name, content] of files) form.append("files", new Blob([content]), name);
  const headers = { cookie: visitor.cookie, "sec-fetch-site": "same-origin" };
  return fetch(`${world.address}/api/v1/chat/files`, { method: "POST", headers, body: form });
}

async function turnOf(clientMessageId: string): Promise<Turn> {
  let found: Turn | undefined;
  await expect
    .poll(
      async () => {
        const { turns } = (await (await visitor.get("/api/v1/chat/messages")).json()) as { turns: Turn[] };
        found = turns.find((turn) => turn.clientMessageId === clientMessageId);
        return found !== undefined;
      },
      { timeout: 15_000 },
    )
    .toBe(true);
  return found as Turn;
}

describe("a file sent in the web chat", () => {
  it("becomes a document to review, when an administrator who is signed in sends it", async () => {
    world.oauth.person = { openId: "ou_admin", name: "测试管理员", tenantKey: OWN_TENANT };
    await visitor.signIn();
    const sent = await upload([["孵化器办法.txt", STATUTE]], { clientMessageId: "upload-by-admin" });
    expect(sent.status, await sent.clone().text()).toBe(202);
    const turn = await turnOf("upload-by-admin");
    expect(turn.files).toEqual([{ name: "孵化器办法.txt", bytes: Buffer.byteLength(STATUTE) }]);
    expect(turn.reply.plainText).toContain("青岚区孵化器管理办法");
    const [submission] = await world.app.storage.workflow.listSubmissions({});
    expect(submission).toMatchObject({ submittedBy: "feishu:ou_admin" });
    // It is read: the bytes are kept no longer here.
    await expect.poll(() => world.app.storage.webUploads.waitingBytes()).toBe(0);
    const again = await upload([["孵化器办法.txt", STATUTE]], { clientMessageId: "upload-by-admin" });
    expect(await again.json()).toMatchObject({ status: "duplicate" });
    expect(await world.app.storage.webUploads.waitingBytes()).toBe(0);
  });

  it("from somebody else gets an answer as well, in the language that they chose", async () => {
    await upload([["request.txt", "text"]], { clientMessageId: "upload-by-guest", language: "en" });
    const { reply } = await turnOf("upload-by-guest");
    expect(reply.language).toBe("en");
    expect(await world.app.storage.webUploads.waitingBytes()).toBe(0);
  });

  it("beyond 30 MB is refused clearly, and the chat goes on", async () => {
    const large = await upload([["扫描件.pdf", "x".repeat(30 * 1024 * 1024 + 1)]], {
      clientMessageId: "upload-large",
    });
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({
      error: {
        message: expect.stringContaining("不能超过 30 MB"),
        id: expect.stringMatching(/^[0-9a-f]{8}$/),
      },
    });
    await visitor.post("/api/v1/chat/messages", {
      clientMessageId: "after-the-large",
      text: "园区有哪些目标？",
    });
    await turnOf("after-the-large");
  });

  it("needs a session, and comes from our own pages only", async () => {
    const cookie = visitor.cookie;
    visitor.cookie = "";
    expect((await upload([["a.txt", "甲"]], { clientMessageId: "without-session" })).status).toBe(401);
    visitor.cookie = cookie;
    const form = new FormData();
    const headers = { cookie, "sec-fetch-site": "cross-site" };
    const foreign = await fetch(`${world.address}/api/v1/chat/files`, {
      method: "POST",
      headers,
      body: form,
    });
    expect(foreign.status).toBe(401);
  });
});

describe("the session", () => {
  it("tells the page what it may send, who is there, and examples in its language", async () => {
    const opened = await visitor.post("/api/v1/chat/session", { language: "en" });
    const body = (await opened.json()) as { examples: string[]; limits: object; me: object };
    expect(body.limits).toEqual({ files: 5, fileBytes: 30 * 1024 * 1024, textCharacters: 2000 });
    expect(body.me).toMatchObject({ signedIn: false, signIn: { name: "飞书" } });
    expect(body.examples.join("")).not.toMatch(/\p{Script=Han}/u);
  });

  it("of a frame is another one, with a cookie of its own", async () => {
    const bare = createVisitor(world.address);
    const opened = await bare.post("/api/v1/chat/session", { embedded: true });
    expect(opened.headers.get("set-cookie")).toMatch(
      /^xiance_embed=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=None; Secure; Partitioned$/,
    );
    // It signs in nowhere: the window that opens for it gets a session of its own.
    const embedded = bare.cookie;
    await bare.authorize();
    expect(bare.cookie).toMatch(/^xiance_session=/);
    expect(bare.cookie.split("=")[1]).not.toBe(embedded.split("=")[1]);
  });

  it.each([
    ["zh", "消息格式不正确"],
    ["en", "could not be read"],
  ])("hears refusals in its language: %s", async (language, words) => {
    const refused = await visitor.post("/api/v1/chat/messages", { language });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ error: { message: expect.stringContaining(words) } });
  });
});
