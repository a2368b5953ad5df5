import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Turn } from "../../src/channels/web/turn.ts";
import {
  type BadInputWorld,
  findUnsound,
  MARKUP,
  openBadInputWorld,
  PLANTED,
} from "../support/bad-input-world.ts";
import { packZip } from "../support/pack-zip.ts";
import { actionsOf } from "../support/web-asker.ts";

const QUESTION = "天使轮项目有什么基金可以对接？";
const FUND = "设立天使投资引导基金";
const MEGABYTE = 1024 * 1024;

let world: BadInputWorld;
const secrets: string[] = [PLANTED];

beforeAll(async () => {
  world = await openBadInputWorld({ XIANCE_PUBLIC_URL: "" });
}, 120_000);

afterAll(() => world?.close());

afterEach(() => {
  const lines = world.log().split("\n");
  for (const secret of secrets) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
});

type Headers = Record<string, string>;

interface Asker {
  headers: Headers;
  send(body: unknown, path?: string, headers?: Headers): Promise<Response>;
  turns(): Promise<Turn[]>;
  /** The one reply to a text. */
  say(text: string): Promise<Turn>;
  turnOf(clientMessageId: string): Promise<Turn>;
}

async function openAsker(): Promise<Asker> {
  const base = `${world.service.address}/api/v1/chat`;
  const opened = await fetch(`${base}/session`, { method: "POST" });
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  secrets.push(cookie.split("=")[1] ?? "no cookie");
  const headers = { cookie, "content-type": "application/json" };
  const asker: Asker = {
    headers,
    send: (body, path = "messages", more = {}) =>
      fetch(`${base}/${path}`, {
        method: "POST",
        headers: { ...headers, ...more },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    turns: async () =>
      ((await (await fetch(`${base}/messages`, { headers: { cookie } })).json()) as { turns: Turn[] }).turns,
    turnOf: async (clientMessageId) => {
      for (let tries = 0; tries < 600; tries += 1) {
        const found = (await asker.turns()).filter((turn) => turn.clientMessageId === clientMessageId);
        expect(found.length).toBeLessThanOrEqual(1);
        if (found[0]) return found[0];
        await sleep(25);
      }
      throw new Error("no reply");
    },
    say: async (text) => {
      const clientMessageId = randomUUID();
      const sent = await asker.send({ clientMessageId, text });
      expect(sent.status, await sent.clone().text()).toBe(202);
      return asker.turnOf(clientMessageId);
    },
  };
  return asker;
}

async function expectService(): Promise<void> {
  expect((await (await openAsker()).say(QUESTION)).reply.plainText).toContain(FUND);
}

/** A refusal in words, without insides. */
async function expectRefusal(response: Response, status: number, says: RegExp): Promise<void> {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  const { error } = JSON.parse(text) as { error: { message: string; id: string } };
  expect(error.message).toMatch(says);
  expect(text).not.toMatch(/\bat .*\.ts|zod|FST_|node_modules|stack/i);
}

describe("words that are none", () => {
  it.each<[string, string, RegExp]>([
    ["30 KB", `${PLANTED}${"人才基金政策".repeat(1_700)}`, /超过 2000 字/],
    ["2,001 characters", "策".repeat(2_001), /超过 2000 字/],
    ["10,000 emojis", "😀".repeat(10_000), /超过 2000 字/],
    ["white space", " \n\t　", /没有看到问题/],
    ["zero-width characters", "\u200b\u200d\ufeff\u2060", /用文字/],
    ["lone surrogates", "\ud83d\udc00\ud83d", /用文字/],
    ["a question among lone surrogates", "天使轮\ud83d有什么基金\udc00可以对接？", /天使投资引导基金/],
    ["a question among control characters", "天使轮\u0000有什么\u0007基金？", /天使投资引导基金/],
    ["markup", MARKUP, /./],
    ["SQL", "'; drop table turns; --", /./],
    ["a specialist for markup", `找专员 ${MARKUP}`, /./],
  ])("%s: one polite reply", async (_what, text, says) => {
    const { reply } = await (await openAsker()).say(text);
    expect(reply.plainText).toMatch(says);
    expect(findUnsound(reply)).toEqual([]);
  });
});

describe("requests that are none", () => {
  it("refused in words, in the reader's language: too large, of another type, no JSON, foreign fields", async () => {
    const asker = await openAsker();
    const good = { clientMessageId: randomUUID(), text: QUESTION };
    const odd: [unknown, Headers, number, RegExp][] = [
      [{ ...good, text: "x".repeat(10 * MEGABYTE) }, {}, 413, /过大/],
      [{ ...good, text: "人".repeat(50_000) }, {}, 413, /请缩短/],
      [{ ...good, text: "x".repeat(10 * MEGABYTE) }, { "accept-language": "en" }, 413, /too large/],
      [JSON.stringify(good), { "content-type": "text/plain" }, 415, /./],
      [JSON.stringify(good), { "content-type": "application/xml" }, 415, /./],
      [`{"text":"${PLANTED}`, {}, 400, /./],
      ["", {}, 400, /./],
      ["null", {}, 400, /格式/],
      ["[".repeat(20_000) + "]".repeat(20_000), {}, 400, /./],
      [`{"__proto__":{"a":1},"clientMessageId":"${randomUUID()}","text":"x"}`, {}, 400, /./],
      [{ ...good, account: "feishu:ou_admin" }, {}, 400, /格式/],
      [{ ...good, clientMessageId: "../x" }, {}, 400, /格式/],
      [{ ...good, clientMessageId: PLANTED }, {}, 400, /格式/],
      [{ ...good, text: 5 }, {}, 400, /格式/],
      [{ ...good, language: "fr" }, {}, 400, /格式/],
    ];
    for (const [body, headers, status, says] of odd)
      await expectRefusal(await asker.send(body, "messages", headers), status, says);
    expect(await asker.turns()).toEqual([]);
    await expectService();
  });

  it("from another site, or without a session: refused", async () => {
    const asker = await openAsker();
    const good = { clientMessageId: randomUUID(), text: QUESTION };
    const from = (headers: Headers) => asker.send(good, "messages", headers);
    await expectRefusal(await from({ origin: "https://evil.example" }), 401, /其他网站/);
    await expectRefusal(await from({ origin: "null" }), 401, /其他网站/);
    await expectRefusal(await from({ "sec-fetch-site": "cross-site" }), 401, /其他网站/);
    await expectRefusal(await from({ "sec-fetch-site": "same-site" }), 401, /其他网站/);
    await expectRefusal(await from({ cookie: "" }), 401, /会话/);
    await expectRefusal(await from({ cookie: "xiance_session=short" }), 401, /会话/);
    await expectRefusal(await from({ cookie: `xiance_session=s.${"x".repeat(43)}` }), 401, /会话|登录/);
    expect(await asker.turns()).toEqual([]);
  });

  it("headers that smuggle, lie or never end: refused, and nothing hangs", async () => {
    const { port } = new URL(world.service.address);
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1");
        let got = "";
        socket.on("data", (data) => {
          got += data.toString();
        });
        socket.on("close", () => resolve(got));
        socket.on("error", () => resolve(got));
        socket.write(text);
        setTimeout(() => socket.destroy(), 1_000);
      });
    const line = "POST /api/v1/chat/messages HTTP/1.1\r\nhost: x\r\n";
    const odd = [
      `${line}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n`,
      `${line}content-length: 5\r\ncontent-length: 6\r\n\r\nhello!`,
      `${line}x-odd: ${"y".repeat(100_000)}\r\n\r\n`,
      `${line}bad header\r\n\r\n`,
      "GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\n\r\n",
      "GET /files/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nhost: x\r\n\r\n",
      "GET /%00 HTTP/1.1\r\nhost: x\r\n\r\n",
    ];
    for (const each of odd) {
      const answer = await raw(each);
      expect(answer, each.slice(0, 80)).toMatch(/^(?:HTTP\/1\.1 4\d\d|$)/);
      expect(answer).not.toContain("root:");
    }
    const status = await new Promise<number>((resolve, reject) => {
      const asked = request(`${world.service.address}/api/v1/chat/events`, (response) => {
        resolve(response.statusCode ?? 0);
        response.destroy();
      });
      asked.on("error", reject);
      asked.setHeader("last-event-id", "x".repeat(8_000));
      asked.end();
    });
    expect(status).toBe(401);
    await expectService();
  });

  it("the same id with other words: the first words count, answered once", async () => {
    const asker = await openAsker();
    const other = await openAsker();
    const clientMessageId = randomUUID();
    const first = await asker.send({ clientMessageId, text: QUESTION });
    expect(await first.json()).toEqual({ status: "accepted" });
    const again = await asker.send({ clientMessageId, text: "人才安居有哪些支持举措？" });
    expect(await again.json()).toEqual({ status: "duplicate" });
    expect((await asker.turnOf(clientMessageId)).reply.plainText).toContain(FUND);
    // Another session's id is its own.
    await other.send({ clientMessageId, text: "人才安居有哪些支持举措？" });
    expect((await other.turnOf(clientMessageId)).reply.plainText).not.toContain(FUND);
    expect(await asker.turns()).toHaveLength(1);
  });

  it("20 streams of one session: some are refused in words, those of others open, all are let go", async () => {
    const asker = await openAsker();
    const open = (headers: Headers) => {
      const ended = new AbortController();
      const url = `${world.service.address}/api/v1/chat/events`;
      return fetch(url, { headers, signal: ended.signal }).then((response) => ({ response, ended }));
    };
    const opened = await Promise.all(Array.from({ length: 20 }, () => open(asker.headers)));
    const refused = opened.filter(({ response }) => response.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(14);
    await expectRefusal(refused[0]?.response as Response, 429, /页面过多/);
    const other = await open((await openAsker()).headers);
    expect(other.response.status).toBe(200);
    for (const { ended } of [...opened, other]) ended.abort();
    await sleep(200);
    const after = await open(asker.headers);
    expect(after.response.status).toBe(200);
    after.ended.abort();
  });
});

describe("files that are none", () => {
  const bomb = packZip([{ name: "word/document.xml", content: Buffer.alloc(120 * MEGABYTE) }]);
  const text = Buffer.from([0, 1, 2, 255]);
  it.each<[string, string, Uint8Array, number, RegExp]>([
    ["empty", "空.pdf", new Uint8Array(0), 400, /没有内容/],
    ["over 30 MB", "大.pdf", Buffer.alloc(30 * MEGABYTE + 1, "x"), 413, /30 MB/],
    ["a zip bomb with the name of a PDF", "炸弹.pdf", bomb, 202, /未能读取/],
    ["a zip bomb with the name of a Word file", "炸弹.docx", bomb, 202, /未能读取/],
    ["no picture", "图.png", Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]), 202, /未能读取/],
    ["named with markup", `${MARKUP}.pdf`, text, 202, /未能读取/],
    ["named with a path and 300 characters", `../../${"长".repeat(300)}.pdf`, text, 202, /未能读取/],
  ])("%s: says why", async (_what, name, bytes, status, says) => {
    const asker = await openAsker();
    const form = new FormData();
    const clientMessageId = randomUUID();
    form.set("clientMessageId", clientMessageId);
    form.append("files", new Blob([bytes as Uint8Array<ArrayBuffer>]), name);
    const url = `${world.service.address}/api/v1/chat/files`;
    const { cookie = "" } = asker.headers;
    const sent = await fetch(url, { method: "POST", headers: { cookie }, body: form });
    if (status !== 202) return expectRefusal(sent, status, says);
    expect(sent.status, await sent.clone().text()).toBe(202);
    const { reply } = await asker.turnOf(clientMessageId);
    expect(reply.plainText).toMatch(says);
    expect(reply.plainText.length).toBeLessThan(600);
    await expect.poll(() => world.app.storage.webUploads.waitingBytes()).toBe(0);
  });
});

describe("buttons", () => {
  async function answered() {
    const asker = await openAsker();
    const turn = await asker.say(QUESTION);
    for (const [block, each] of turn.reply.blocks.entries()) {
      const action = actionsOf(each).findIndex(({ label }) => label === "没帮助");
      const name = actionsOf(each)[action]?.name;
      if (name) return { asker, turn, place: { turnId: turn.turnId, block, action, name } };
    }
    throw new Error("no button");
  }

  it("of another session, of no reply, with other names: said to be stale, and nothing is done", async () => {
    const { asker, place } = await answered();
    const other = await openAsker();
    const press = async (from: Asker, body: object) => {
      const clientMessageId = randomUUID();
      const before = (await from.turns()).length;
      const sent = await from.send({ clientMessageId, ...body }, "actions");
      if (sent.status === 400) return;
      expect(sent.status).toBe(202);
      for (let tries = 0; tries < 200 && (await from.turns()).length === before; tries += 1) await sleep(25);
      const [turn] = (await from.turns()).slice(-1);
      expect(turn?.reply.plainText).toMatch(/失效/);
    };
    await press(other, place);
    await press(asker, { ...place, turnId: "no-such-turn" });
    await press(asker, { ...place, name: "office.take-out" });
    await press(asker, { ...place, block: 0 });
    await press(asker, { ...place, action: 99 });
    await press(asker, { ...place, block: -1 });
    await press(asker, { ...place, values: { a: 1 } });
    expect(await world.app.storage.feedback.list({})).toEqual([]);
  });

  it("pressed 20 times at once it counts once; a form with foreign fields and 100 KB is no way in", async () => {
    const { asker, place } = await answered();
    const clientMessageId = randomUUID();
    const told = await Promise.all(
      Array.from({ length: 20 }, () => asker.send({ clientMessageId, ...place }, "actions")),
    );
    const statuses = await Promise.all(told.map(async (each) => (await each.json()) as { status: string }));
    expect(statuses.filter(({ status }) => status === "accepted")).toHaveLength(1);
    await world.service.conversation.drain();
    expect(await world.app.storage.feedback.list({})).toHaveLength(1);
    const form = (await asker.turns()).at(-1) as Turn;
    const block = form.reply.blocks.findIndex(({ type }) => type === "form");
    const name = actionsOf(form.reply.blocks[block] as never)[0]?.name;
    const submit = { turnId: form.turnId, block, action: 0, name };
    const odd = { cause: "wrong-clause", 外来: "x", constructor: "y", verdict: "helpful" };
    const huge = { ...odd, reason: `${PLANTED}${"x".repeat(21_000)}` };
    await expectRefusal(
      await asker.send({ clientMessageId: randomUUID(), ...submit, form: huge }, "actions"),
      400,
      /格式|过长|字/,
    );
    const sent = await asker.send({ clientMessageId: randomUUID(), ...submit, form: odd }, "actions");
    expect(sent.status).toBe(202);
    await world.service.conversation.drain();
    expect(await world.app.storage.feedback.list({})).toMatchObject([
      { verdict: "unhelpful", cause: "wrong-clause" },
    ]);
  });
});

describe("too many", () => {
  it("one floods: refused in words; those who asked before are answered, once each", async () => {
    const [flooder, other] = [await openAsker(), await openAsker()];
    const asked = other.say(QUESTION);
    const sent = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        flooder.send({ clientMessageId: randomUUID(), text: `问题${index}：有什么基金？` }),
      ),
    );
    expect((await asked).reply.plainText).toContain(FUND);
    const taken = sent.filter(({ status }) => status === 202);
    expect(taken.length).toBeLessThanOrEqual(16);
    expect(sent.every(({ status }) => status === 202 || status === 429)).toBe(true);
    await expectRefusal(sent.find(({ status }) => status === 429) as Response, 429, /频繁/);
    await world.service.conversation.drain();
    const turns = await flooder.turns();
    expect(turns).toHaveLength(taken.length);
    expect((await other.turns()).length).toBe(1);
  }, 60_000);
});
