import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createManualClock } from "../../src/shared/index.ts";
import {
  APP,
  BOT_MENTION,
  cardActionEvent,
  createWebhookSender,
  encrypt,
  envelope,
  type FeishuServer,
  type MessageSpec,
  messageEvent,
  sign,
  startFeishuServer,
  type WebhookSender,
} from "../support/feishu-server/index.ts";
import {
  hostWebhooks,
  type RunningChannel,
  type RunOptions,
  runChannel,
  type WebhookHost,
  waitUntil,
} from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel;
let host: WebhookHost;

const SEALED = { encryptKey: APP.encryptKey, verificationToken: APP.verificationToken };
const TOKEN_ONLY = { verificationToken: APP.verificationToken };

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await host.close();
  await running.channel.stop();
  await server.close();
});

async function serve(
  config: RunOptions["config"],
  options: Partial<RunOptions> = {},
): Promise<WebhookSender> {
  running = await runChannel({
    domain: server.url,
    config: { transport: "webhook", ...config },
    ...options,
  });
  host = await hostWebhooks(running.channel);
  await waitUntil(() => running.channel.status().healthy, "the bot's identity");
  return createWebhookSender({ url: host.url, ...(config?.encryptKey && { encryptKey: config.encryptKey }) });
}

const question = (spec: MessageSpec = {}) =>
  messageEvent({ text: "@_user_1 园区的目标是什么？", mentions: [BOT_MENTION], ...spec }, APP);

describe("with an encrypt key", () => {
  it("accepts what is encrypted and signed", async () => {
    const sender = await serve(SEALED);
    expect(await sender.send(question())).toEqual({ status: 200, body: {} });
    expect(running.accepted).toMatchObject([{ text: "园区的目标是什么？", chatKind: "group" }]);
    expect(running.channel.status()).toEqual({ healthy: true, detail: "飞书：回调方式；机器人“贤策”" });
  });

  it("checks the signature over the bytes as they came, whatever their white space", async () => {
    await serve(SEALED);
    const sealed = encrypt(JSON.stringify(question()), APP.encryptKey);
    const raw = `{\n  "encrypt" :  "${sealed}"\n}`;
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const sender = createWebhookSender({ url: host.url });
    const headers = {
      "x-lark-request-timestamp": timestamp,
      "x-lark-request-nonce": "n1",
      "x-lark-signature": sign(timestamp, "n1", APP.encryptKey, raw),
    };
    expect((await sender.sendRaw(raw, headers)).status).toBe(200);
    expect((await sender.sendRaw(raw.replace("  ", " "), headers)).status).toBe(401);
    expect(running.accepted).toHaveLength(1);
  });

  it("refuses a wrong signature, missing headers, a stale or future time, and what is not encrypted", async () => {
    const sender = await serve(SEALED);
    const seconds = Math.floor(Date.now() / 1_000);
    const refused = [
      { headers: { "x-lark-signature": "0".repeat(64) } },
      { headers: { "x-lark-signature": undefined } },
      { headers: { "x-lark-request-nonce": undefined } },
      { headers: { "x-lark-request-timestamp": undefined } },
      {
        headers: {
          "x-lark-signature": undefined,
          "x-lark-request-nonce": undefined,
          "x-lark-request-timestamp": undefined,
        },
      },
      { timestamp: seconds - 301 },
      { timestamp: seconds + 320 },
      { plain: true },
    ];
    for (const options of refused) {
      expect(await sender.send(question(), options)).toEqual({ status: 401, body: {} });
    }
    expect(running.accepted).toEqual([]);
  });

  it("refuses a wrong verification token and an event for another app although the key is right", async () => {
    const sender = await serve(SEALED);
    const forged = messageEvent({ text: "x", chatType: "p2p" }, { ...APP, verificationToken: "guess" });
    expect((await sender.send(forged)).status).toBe(401);
    const elsewhere = messageEvent({ text: "x", chatType: "p2p" }, { ...APP, appId: "cli_fedcba9876543210" });
    expect((await sender.send(elsewhere)).status).toBe(403);
    expect(running.accepted).toEqual([]);
  });

  it("refuses a replay, also one that comes when the message is forgotten elsewhere", async () => {
    const clock = createManualClock(new Date());
    const sender = await serve(SEALED, { clock: clock.now });
    const options = { timestamp: Math.floor(clock.now().getTime() / 1_000), nonce: "once" };
    const event = question();
    expect((await sender.send(event, options)).status).toBe(200);
    expect((await sender.send(event, options)).status).toBe(401);
    clock.advance(4 * 60_000);
    expect((await sender.send(question(), options)).status).toBe(401);
    clock.advance(7 * 60_000);
    expect((await sender.send(question(), options)).status).toBe(401);
    expect(running.offers()).toBe(1);
  });

  it("is brought again, signed anew or word for word, when storing failed", async () => {
    const sender = await serve(SEALED);
    let failures = 3;
    running.beforeAccept(async () => {
      failures -= 1;
      if (failures >= 0) throw new Error("the disk is full");
    });
    const event = question();
    const sameWords = { nonce: "same", timestamp: Math.floor(Date.now() / 1_000) };
    expect((await sender.send(event, sameWords)).status).toBe(503);
    expect((await sender.send(event, sameWords)).status).toBe(503);
    expect(await sender.sendUntilAcked(event, [5, 5])).toBe(2);
    expect(running.accepted).toHaveLength(1);
  });

  it("survives garbage of every kind", async () => {
    const sender = await serve(SEALED);
    const seconds = String(Math.floor(Date.now() / 1_000));
    const bodies = [
      "",
      "{",
      "null",
      "[]",
      '"text"',
      '{"encrypt":""}',
      '{"encrypt":"AAAA"}',
      '{"encrypt":5}',
      JSON.stringify({ encrypt: Buffer.alloc(64, 7).toString("base64") }),
      JSON.stringify({ encrypt: encrypt("no json", APP.encryptKey) }),
      JSON.stringify({ encrypt: encrypt('{"header":5}', APP.encryptKey) }),
      Buffer.from([0xff, 0xfe, 0x00, 0x01]),
    ];
    for (const body of bodies) {
      const text = body.toString();
      const signature = sign(seconds, "n", APP.encryptKey, text);
      for (const headers of [
        {},
        {
          "x-lark-request-timestamp": seconds,
          "x-lark-request-nonce": "n",
          "x-lark-signature": signature,
        },
      ]) {
        expect([400, 401]).toContain((await sender.sendRaw(body, headers)).status);
      }
    }
    expect((await sender.send(question())).status).toBe(200);
    expect(running.accepted).toHaveLength(1);
  });

  it("verifies the address within its second, with the right token only", async () => {
    const sender = await serve(SEALED);
    expect(await sender.verifyAddress("c-123", APP.verificationToken)).toEqual({
      status: 200,
      body: { challenge: "c-123" },
    });
    expect((await sender.verifyAddress("c-123", "guess")).status).toBe(401);
    const plain = createWebhookSender({ url: host.url });
    expect((await plain.verifyAddress("c-123", APP.verificationToken)).status).toBe(401);
  });

  it("tells a forger nothing: what decrypts unsigned and what does not get the same answer", async () => {
    const sender = await serve(SEALED);
    const decrypts = JSON.stringify({ encrypt: encrypt(JSON.stringify(question()), APP.encryptKey) });
    const doesNot = JSON.stringify({ encrypt: Buffer.alloc(64, 7).toString("base64") });
    expect(await sender.sendRaw(decrypts)).toEqual(await sender.sendRaw(doesNot));
  });
});

describe("with a verification token only", () => {
  it("accepts the right token, refuses others, none, and encrypted bodies", async () => {
    const sender = await serve(TOKEN_ONLY);
    expect((await sender.send(question())).status).toBe(200);
    const wrong = messageEvent({ text: "x", chatType: "p2p" }, { ...APP, verificationToken: "guess" });
    expect((await sender.send(wrong)).status).toBe(401);
    const { header: _header, ...without } = question();
    expect((await sender.send(without)).status).toBe(401);
    const sealed = createWebhookSender({ url: host.url, encryptKey: APP.encryptKey });
    expect((await sealed.send(question())).status).toBe(401);
    expect(running.accepted).toHaveLength(1);
  });

  it("verifies the address", async () => {
    const sender = await serve(TOKEN_ONLY);
    expect(await sender.verifyAddress("c-9", APP.verificationToken)).toEqual({
      status: 200,
      body: { challenge: "c-9" },
    });
    expect((await sender.verifyAddress("c-9", "guess")).status).toBe(401);
  });
});

describe("delivery by the platform's rules", () => {
  it("keeps one message of pushes that come again because the acknowledgement was slow", async () => {
    const sender = await serve(SEALED);
    let waits = 1;
    running.beforeAccept(async () => {
      if (waits-- > 0) await new Promise((resolve) => setTimeout(resolve, 150));
    });
    expect(await sender.sendUntilAcked(question(), [10, 10], { timeoutMs: 60 })).toBeGreaterThan(1);
    await waitUntil(() => running.offers() >= 2, "both offers");
    await waitUntil(() => running.accepted.length > 0, "the acceptance");
    expect(running.accepted).toHaveLength(1);
  });

  it("gives the same message under another event id the same key", async () => {
    const sender = await serve(SEALED);
    await sender.send(question({ messageId: "om_same", eventId: "evt_a" }));
    await sender.send(question({ messageId: "om_same", eventId: "evt_b" }));
    expect(running.offers()).toBe(2);
    expect(running.accepted).toHaveLength(1);
  });

  it("acknowledges events that nobody handles", async () => {
    const sender = await serve(SEALED);
    const other = envelope("contact.user.updated_v3", {}, APP, undefined, String(Date.now()));
    expect(await sender.send(other)).toEqual({ status: 200, body: {} });
  });

  it("answers a card's button with a toast, and checks such requests alike", async () => {
    await serve(SEALED);
    const cards = createWebhookSender({ url: host.cardUrl, encryptKey: APP.encryptKey });
    expect(await cards.send(cardActionEvent(APP))).toMatchObject({
      status: 200,
      body: { toast: { type: "info", content: expect.any(String) } },
    });
    const wrong = { headers: { "x-lark-signature": "0".repeat(64) } };
    expect((await cards.send(cardActionEvent(APP), wrong)).status).toBe(401);
    expect(await cards.verifyAddress("c-1", APP.verificationToken)).toMatchObject({
      body: { challenge: "c-1" },
    });
  });

  it("is not there when the long connection is configured", async () => {
    running = await runChannel({ domain: server.url, config: SEALED });
    host = await hostWebhooks(running.channel);
    const sender = createWebhookSender({ url: host.url, encryptKey: APP.encryptKey });
    expect((await sender.send(question())).status).toBe(404);
  });

  it("asks the platform to come again before the channel has started", async () => {
    running = await runChannel({
      domain: server.url,
      config: { transport: "webhook", ...SEALED },
      start: false,
    });
    host = await hostWebhooks(running.channel);
    const sender = createWebhookSender({ url: host.url, encryptKey: APP.encryptKey });
    expect((await sender.send(question())).status).toBe(503);
    expect(running.channel.status()).toMatchObject({ healthy: false });
  });

  it("never writes secrets or users' texts to the log", async () => {
    const sender = await serve(SEALED);
    await sender.send(question({ text: "@_user_1 机密的问题" }));
    await sender.send(question(), { headers: { "x-lark-signature": "0".repeat(64) } });
    const log = running.log();
    expect(log).toContain("the signature is wrong");
    for (const secret of [
      APP.appSecret,
      APP.encryptKey,
      APP.verificationToken,
      "t-secrettoken",
      "机密的问题",
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
