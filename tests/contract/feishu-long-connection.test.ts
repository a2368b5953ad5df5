import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { APP, BOT_MENTION, type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runChannel,
  waitUntil,
} from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel | undefined;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await running?.channel.stop();
  running = undefined;
  await server.close();
});

async function connect(options: Partial<RunOptions> = {}): Promise<RunningChannel> {
  const started = await runChannel({ domain: server.url, ...options });
  running = started;
  await waitUntil(() => started.channel.status().healthy, "a healthy channel");
  return started;
}

describe("receiving over the long connection", () => {
  it("accepts a group message that mentions the bot, without the mention and with others by name", async () => {
    const { accepted } = await connect();
    const ack = await server.connection.push(
      server.messageEvent({
        text: "@_user_1 @_user_2 问：园区2026年的目标是什么？",
        chatId: "oc_park",
        threadId: "omt_topic",
        messageId: "om_question",
        mentions: [BOT_MENTION, { key: "@_user_2", openId: "ou_colleague", name: "同事" }],
      }),
    );
    expect(ack?.code).toBe(200);
    expect(accepted).toEqual([
      {
        channel: "feishu",
        messageKey: "tenant0001:om_question",
        chatId: "oc_park",
        chatKind: "group",
        userId: "ou_asker",
        threadId: "omt_topic",
        text: "@同事 问：园区2026年的目标是什么？",
        replyTarget: { messageId: "om_question", chatId: "oc_park", threadId: "omt_topic" },
        sentAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    ]);
  });

  it("accepts every direct message", async () => {
    const { accepted } = await connect();
    await server.connection.push(
      server.messageEvent({ text: "目标是什么？", chatType: "p2p", chatId: "oc_direct" }),
    );
    expect(accepted).toMatchObject([{ chatKind: "direct", text: "目标是什么？" }]);
    expect(accepted[0]).not.toHaveProperty("threadId");
  });

  it("leaves alone what is not for it: no mention, others, @所有人, bots, itself", async () => {
    const { accepted } = await connect();
    const everybody = { key: "@_all", name: "所有人" };
    const other = { key: "@_user_1", openId: "ou_other", name: "别的机器人" };
    for (const spec of [
      { text: "随便聊聊" },
      { text: "@_all 请大家看", mentions: [everybody] },
      { text: "@_all 请大家看", mentions: [{ ...everybody, openId: "all" }] },
      { text: "@_user_1 你好", mentions: [other] },
      { text: "@_user_1 你好", mentions: [BOT_MENTION], senderType: "bot", senderOpenId: "ou_other" },
      { text: "@_user_1 你好", mentions: [BOT_MENTION], senderType: "app" },
      { text: "自己的话", chatType: "p2p" as const, senderOpenId: APP.botOpenId },
    ]) {
      const ack = await server.connection.push(server.messageEvent(spec));
      expect(ack?.code).toBe(200);
    }
    expect(accepted).toEqual([]);
  });

  it("counts the mention of the bot beside @所有人", async () => {
    const { accepted } = await connect();
    const mentions = [{ key: "@_all", name: "所有人" }, BOT_MENTION];
    await server.connection.push(server.messageEvent({ text: "@_all @_user_1 目标？", mentions }));
    expect(accepted).toMatchObject([{ text: "@所有人 目标？" }]);
  });

  it("gives the same message under another event id the same key", async () => {
    const { accepted, offers } = await connect();
    const spec = { text: "目标？", chatType: "p2p" as const, messageId: "om_same" };
    await server.connection.push(server.messageEvent({ ...spec, eventId: "evt_a" }));
    const ack = await server.connection.push(server.messageEvent({ ...spec, eventId: "evt_b" }));
    expect(ack?.code).toBe(200);
    expect(offers()).toBe(2);
    expect(accepted).toHaveLength(1);
  });

  it("acknowledges only when the message is stored, and the platform's repeat finds a duplicate", async () => {
    const started = await connect();
    let release = () => {};
    const stored = new Promise<void>((resolve) => {
      release = resolve;
    });
    started.beforeAccept(() => stored);
    const event = server.messageEvent({ text: "目标？", chatType: "p2p" });
    expect(await server.connection.push(event, { ackTimeoutMs: 100 })).toBeUndefined();
    release();
    expect((await server.connection.push(event))?.code).toBe(200);
    expect(started.accepted).toHaveLength(1);
    expect(started.offers()).toBe(2);
  });

  it("is not acknowledged when storing fails, and is brought again", async () => {
    const started = await connect();
    let failures = 2;
    started.beforeAccept(async () => {
      failures -= 1;
      if (failures >= 0) throw new Error("the disk is full");
    });
    const event = server.messageEvent({ text: "目标？", chatType: "p2p" });
    expect(await server.connection.pushUntilAcked(event, [5, 5, 5])).toBe(3);
    expect(started.accepted).toHaveLength(1);
  });

  it("puts an event together that comes in fragments of any order", async () => {
    const { accepted } = await connect();
    const text = "园区目标".repeat(500);
    const ack = await server.connection.push(server.messageEvent({ text, chatType: "p2p" }), {
      fragments: 7,
    });
    expect(ack?.code).toBe(200);
    expect(accepted).toMatchObject([{ text }]);
  });

  it("passes what it cannot read on with its kind, but not in groups without a mention", async () => {
    const { accepted } = await connect();
    const image = { messageType: "image", content: { image_key: "img_1" } };
    await server.connection.push(server.messageEvent({ ...image, chatType: "p2p" }));
    await server.connection.push(server.messageEvent(image));
    expect(accepted).toMatchObject([{ text: "", unsupported: "图片", chatKind: "direct" }]);
  });

  it("drops what is far in the past, and keeps what the platform may still repeat", async () => {
    const { accepted } = await connect();
    const hoursAgo = (hours: number) => Date.now() - hours * 3_600_000;
    await server.connection.push(
      server.messageEvent({ text: "昨天", chatType: "p2p", createTime: hoursAgo(24) }),
    );
    await server.connection.push(
      server.messageEvent({ text: "早上", chatType: "p2p", createTime: hoursAgo(7.2) }),
    );
    expect(accepted.map(({ text }) => text)).toEqual(["早上"]);
  });

  it("survives events of any form", async () => {
    const { accepted } = await connect();
    const broken = { ...server.messageEvent({ text: "x" }), event: { message: 5 } };
    expect((await server.connection.push(broken))?.code).toBe(200);
    const badId = server.messageEvent({ text: "x", chatType: "p2p", messageId: "om/../../auth" });
    expect((await server.connection.push(badId))?.code).toBe(200);
    expect((await server.connection.push({ hello: "world" }))?.code).toBe(200);
    server.connection.pushRaw(Buffer.from("no frame at all"));
    await server.connection.push(server.messageEvent({ text: "还在", chatType: "p2p" }));
    expect(accepted.map(({ text }) => text)).toEqual(["还在"]);
  });

  it("answers a card's button with a toast", async () => {
    await connect();
    const { cardActionEvent } = await import("../support/feishu-server/index.ts");
    const ack = await server.connection.push(cardActionEvent({ appId: APP.appId, verificationToken: "" }));
    expect(ack).toMatchObject({ code: 200, data: { toast: { type: "info" } } });
  });
});

describe("the bot's identity", () => {
  it("is asked for until the platform answers; until then a group message is not acknowledged", async () => {
    server.failNext("bot", { status: 503, rawBody: "starting" }, { status: 503, rawBody: "starting" });
    const started = await runChannel({
      domain: server.url,
      // One request for each try, far apart: the test decides when the second comes.
      tuning: { retryDelaysMs: [], firstBackoffMs: 400, maxBackoffMs: 400 },
    });
    running = started;
    await server.connection.waitForConnection();
    const mention = server.messageEvent({ text: "@_user_1 目标？", mentions: [BOT_MENTION] });
    const direct = server.messageEvent({ text: "单聊", chatType: "p2p" });
    expect(await server.connection.push(mention)).toMatchObject({ code: 500 });
    expect(await server.connection.push(direct)).toMatchObject({ code: 200 });
    expect(started.channel.status()).toMatchObject({ healthy: false });
    await waitUntil(() => started.channel.status().healthy, "the identity");
    expect(await server.connection.push(mention)).toMatchObject({ code: 200 });
    expect(started.accepted.map(({ text }) => text)).toEqual(["单聊", "目标？"]);
  });

  it("says in Chinese what is wrong when the app secret is", async () => {
    const started = await runChannel({ domain: server.url, config: { appSecret: "another-secret" } });
    running = started;
    await waitUntil(() => started.channel.status().detail.includes("凭证"), "the trouble");
    expect(started.channel.status()).toMatchObject({
      healthy: false,
      detail: expect.stringContaining("FEISHU_APP_SECRET"),
    });
  });
});

describe("probing", () => {
  it("says whether credentials and bot work, without connecting", async () => {
    running = await runChannel({ domain: server.url, start: false });
    expect(await running.channel.probe()).toEqual({ healthy: true, detail: "飞书：接口可用；机器人“贤策”" });
    const wrong = await runChannel({ domain: server.url, start: false, config: { appSecret: "wrong" } });
    expect(await wrong.channel.probe()).toMatchObject({
      healthy: false,
      detail: expect.stringContaining("FEISHU_APP_SECRET"),
    });
    server.failNext("bot", { status: 200, code: 0 });
    expect(await running.channel.probe()).toMatchObject({
      healthy: false,
      detail: expect.stringContaining("机器人能力"),
    });
    const bot = { activate_status: 1, app_name: "贤策", open_id: APP.botOpenId };
    server.failNext("bot", { status: 200, rawBody: JSON.stringify({ code: 0, msg: "ok", bot }) });
    expect(await running.channel.probe()).toMatchObject({
      healthy: false,
      detail: expect.stringContaining("未启用"),
    });
    expect(server.endpointRequests()).toBe(0);
  });

  it("refuses an app id with which the SDK would do nothing without a word", async () => {
    const unusual = runChannel({ domain: server.url, config: { appId: "cli_short" } });
    await expect(unusual).rejects.toMatchObject({ code: "configuration" });
  });
});

describe("keeping the long connection up", () => {
  it("reconnects after a dropped socket and receives again", async () => {
    const { accepted, channel } = await connect();
    server.connection.dropConnections();
    await waitUntil(() => server.connection.totalConnections() === 2, "the second connection");
    await waitUntil(() => channel.status().healthy, "health");
    await server.connection.push(server.messageEvent({ text: "还在吗", chatType: "p2p" }));
    expect(accepted).toHaveLength(1);
  });

  it("starts before its network is up and connects soon after, not half a minute later", async () => {
    const port = Number(new URL(server.url).port);
    await server.close();
    const started = await runChannel({ domain: `http://127.0.0.1:${port}` });
    running = started;
    await waitUntil(() => started.log().includes("will be tried again"), "a failed try");
    expect(started.channel.status()).toMatchObject({
      healthy: false,
      detail: expect.stringContaining("自动重试"),
    });
    server = await startFeishuServer({ port });
    await waitUntil(() => started.channel.status().healthy, "health");
  });

  it("tries again after errors at which the SDK stops for ever", async () => {
    server.failNext(
      "endpoint",
      { status: 200, code: 1, msg: "system busy" },
      { status: 200, code: 514, msg: "auth failed", withoutData: true },
      { status: 400, code: 1000040350, msg: "too many connections" },
    );
    const started = await connect();
    expect(server.endpointRequests()).toBe(4);
    await server.connection.push(server.messageEvent({ text: "好了", chatType: "p2p" }));
    expect(started.accepted).toHaveLength(1);
  });

  it.each([
    ["as documented", { status: 200 }],
    ["without data", { status: 200, withoutData: true }],
    ["with an HTTP error", { status: 400 }],
  ])("tells the operator about a refused connection, refused %s", async (_name, form) => {
    server.failNext("endpoint", { ...form, code: 514, msg: "auth failed" });
    const started = await runChannel({
      domain: server.url,
      tuning: { firstBackoffMs: 60_000, maxBackoffMs: 60_000 },
    });
    running = started;
    await waitUntil(() => started.log().includes("will be tried again"), "the failure");
    expect(started.channel.status()).toMatchObject({
      healthy: false,
      detail: expect.stringContaining("FEISHU_APP_ID"),
    });
  });

  it("tries again when the socket itself is refused", async () => {
    server.connection.refuseUpgrades(2);
    await connect();
    // The SDK may begin a try of its own before ours replaces it.
    expect(server.endpointRequests()).toBeGreaterThanOrEqual(3);
  });

  it("notices a half-open connection by the silence after a ping", async () => {
    server.setClientConfig({
      ReconnectCount: -1,
      ReconnectInterval: 0.05,
      ReconnectNonce: 0,
      PingInterval: 0.3,
    });
    const { channel } = await connect({ tuning: { pingTimeoutSeconds: 0.1 } });
    await waitUntil(() => server.connection.pings() > 2, "pings");
    expect(server.connection.totalConnections()).toBe(1);
    server.connection.goSilent();
    await waitUntil(() => server.connection.totalConnections() === 2, "a new connection");
    await waitUntil(() => channel.status().healthy, "health");
  });

  it("stops for good", async () => {
    const { channel } = await connect();
    await channel.stop();
    await waitUntil(() => server.connection.connectionCount() === 0, "the end of the connection");
    const requests = server.endpointRequests();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(server.endpointRequests()).toBe(requests);
    expect(channel.status()).toMatchObject({ healthy: false, detail: expect.stringContaining("已停止") });
  });
});

describe("the log", () => {
  it("never holds secrets, tokens, tickets or users' texts", async () => {
    server.failNext("token", { status: 500, code: 99991400, msg: `echo ${APP.appSecret}` });
    server.failNext("endpoint", { status: 200, code: 403, msg: `echo ${APP.appSecret}` });
    const started = await connect();
    started.beforeAccept(async () => {
      throw new Error("storing failed");
    });
    await server.connection.push(server.messageEvent({ text: "机密的问题", chatType: "p2p" }));
    server.connection.dropConnections();
    await waitUntil(() => server.connection.totalConnections() === 2, "the second connection");
    const log = started.log();
    expect(log).toContain("storing failed");
    expect(log).toContain("echo [redacted]");
    for (const secret of [APP.appSecret, "t-secrettoken", "ticket=", "机密的问题"]) {
      expect(log).not.toContain(secret);
    }
  });
});
