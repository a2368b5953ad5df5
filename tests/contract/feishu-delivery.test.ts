import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingReply, Reply, ReplyBlock } from "../../src/conversation/index.ts";
import { AppError, createManualClock } from "../../src/shared/index.ts";
import { APP, type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runChannel,
  sampleReply,
} from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

/** Delivery needs no started channel: replies of an earlier run are sent before anything is received. */
async function prepare(options: Partial<RunOptions> = {}): Promise<RunningChannel> {
  running = await runChannel({ domain: server.url, start: false, ...options });
  return running;
}

function outgoing(overrides: Partial<OutgoingReply> = {}, reply: Partial<Reply> = {}): OutgoingReply {
  return {
    outboxId: "0b0f4f3e-7d0c-4d5e-9a52-2f7f7b1f0c11",
    messageKey: "tenant0001:om_question",
    replyTarget: { messageId: "om_question", chatId: "oc_park" },
    reply: sampleReply(reply),
    ...overrides,
  };
}

function longReply(citations: number, quoteLength: number): Partial<Reply> {
  const blocks = Array.from({ length: citations }, (_, position): ReplyBlock => {
    const unit = `第${position}条：支持企业开展技术攻关。`;
    return {
      type: "citation",
      index: position + 1,
      title: "行动方案",
      status: "现行有效",
      section: `三（${position + 1}）`,
      heading: ["三、重点行动"],
      quote: unit.repeat(Math.ceil(quoteLength / unit.length)),
    };
  });
  return { blocks };
}

async function failure(work: Promise<unknown>): Promise<AppError & { retryAfterMs?: number }> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error("it was delivered");
}

describe("where a reply goes", () => {
  it("answers the question as a card, under the outbox id", async () => {
    const { channel } = await prepare();
    const receipt = await channel.deliver(outgoing());
    expect(receipt).toEqual({ receipt: "om_sent1" });
    expect(server.sent).toMatchObject([
      {
        via: "reply",
        target: "om_question",
        inThread: false,
        msgType: "interactive",
        uuid: "0b0f4f3e-7d0c-4d5e-9a52-2f7f7b1f0c11",
      },
    ]);
    const content = server.sent[0]?.content ?? "";
    expect(content).toContain("园区规上工业总产值超过1000亿元");
    expect(content).toContain("https://xiance.example.cn/documents/plan?start=10&end=20");
  });

  it("stays in the thread of a question that stands in one", async () => {
    const { channel } = await prepare();
    const replyTarget = { messageId: "om_question", chatId: "oc_park", threadId: "omt_topic" };
    await channel.deliver(outgoing({ replyTarget }));
    expect(server.sent).toMatchObject([{ via: "reply", inThread: true }]);
  });

  it("leaves the thread where the chat knows none", async () => {
    const { channel } = await prepare();
    server.failNext("send", { code: 230071 });
    const replyTarget = { messageId: "om_question", chatId: "oc_park", threadId: "omt_topic" };
    await channel.deliver(outgoing({ replyTarget }));
    expect(server.sent).toMatchObject([{ via: "reply", inThread: false }]);
  });

  it.each([230011, 230110])("writes to the chat when the question is gone (%i)", async (code) => {
    const { channel } = await prepare();
    server.failNext("send", { code });
    await channel.deliver(outgoing());
    expect(server.sent).toMatchObject([{ via: "create", target: "oc_park" }]);
  });

  it("gives up with a word for people when the chat is gone", async () => {
    const { channel } = await prepare();
    server.failNext("send", { code: 230002, msg: "The bot can not be outside the group." });
    const error = await failure(channel.deliver(outgoing()));
    expect(error).toMatchObject({
      code: "channel",
      retryable: false,
      safeMessage: expect.stringContaining("机器人已不在该群中"),
    });
    expect(error.message).toContain("log id log-0001");
    expect(server.sendRequests).toHaveLength(1);
  });

  it("refuses a stored target that is not its own", async () => {
    const { channel } = await prepare();
    for (const replyTarget of [undefined, {}, { messageId: "a/../b", chatId: "oc" }]) {
      expect(await failure(channel.deliver(outgoing({ replyTarget })))).toMatchObject({ retryable: false });
    }
    expect(server.sendRequests).toEqual([]);
  });
});

describe("exactly once", () => {
  it("repeats under the same uuid when the answer was lost", async () => {
    const { channel } = await prepare();
    server.failNext("send", { lost: true });
    expect(await channel.deliver(outgoing())).toEqual({ receipt: "om_sent1" });
    expect(server.sendRequests).toHaveLength(2);
    expect(server.sent).toHaveLength(1);
  });

  it("does not send again what it delivered before", async () => {
    const { channel } = await prepare();
    await channel.deliver(outgoing());
    expect(await channel.deliver(outgoing())).toEqual({ receipt: "om_sent1" });
    expect(server.sent).toHaveLength(1);
  });

  it("after a restart relies on the platform's memory of uuids", async () => {
    await (await prepare()).channel.deliver(outgoing());
    await running.channel.stop();
    await (await prepare()).channel.deliver(outgoing());
    expect(server.sendRequests).toHaveLength(2);
    expect(server.sent).toHaveLength(1);
  });

  it("splits what is too long for one card, and a retry sends only what is missing", async () => {
    const { channel } = await prepare({ tuning: { retryDelaysMs: [] } });
    const reply = outgoing({}, longReply(8, 3_000));
    server.failNext("send", {}, { status: 502, rawBody: "<html>bad gateway</html>" });
    const error = await failure(channel.deliver(reply));
    expect(error.retryable).toBe(true);
    expect(server.sent).toHaveLength(1);
    await channel.deliver(reply);
    expect(server.sent.length).toBeGreaterThan(2);
    expect(server.sent.map(({ uuid }) => uuid)).toEqual(
      server.sent.map((_, position) => `${reply.outboxId}-${position + 1}`),
    );
    expect(server.sendRequests.filter(({ uuid }) => uuid === `${reply.outboxId}-1`)).toHaveLength(1);
    const shown = server.sent.map(({ content }) => content).join("");
    for (let position = 0; position < 8; position += 1) expect(shown).toContain(`三（${position + 1}）`);
  });

  it("keeps uuids within 50 characters", async () => {
    const { channel } = await prepare();
    await channel.deliver(outgoing({ outboxId: "x".repeat(80) }, longReply(8, 3_000)));
    for (const { uuid } of server.sent) expect(uuid?.length).toBeLessThanOrEqual(50);
    expect(new Set(server.sent.map(({ uuid }) => uuid)).size).toBe(server.sent.length);
  });
});

describe("a refused card", () => {
  it("is followed by the same as text, under its own uuid", async () => {
    const { channel } = await prepare();
    server.failNext("send", { code: 230099, msg: "Failed to create card content, ext=ErrCode: 200861" });
    await channel.deliver(outgoing());
    expect(server.sent).toMatchObject([
      { msgType: "post", uuid: "0b0f4f3e-7d0c-4d5e-9a52-2f7f7b1f0c11-t", via: "reply" },
    ]);
    const content = server.sent[0]?.content ?? "";
    for (const shown of ["园区规上工业总产值超过1000亿元", "征求意见稿", "二（二）¶1", "金额", "下一步"]) {
      expect(content).toContain(shown);
    }
  });

  it("of a long reply is replaced part by part", async () => {
    const { channel } = await prepare();
    server.failNext("send", {}, { code: 230099 });
    await channel.deliver(outgoing({}, longReply(8, 3_000)));
    expect(server.sent.map(({ msgType }) => msgType).slice(0, 3)).toEqual([
      "interactive",
      "post",
      "interactive",
    ]);
  });
});

describe("limits and faults", () => {
  it("sits a short limit out itself", async () => {
    const { channel } = await prepare();
    server.failNext("send", {
      status: 429,
      code: 99991400,
      headers: { "x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": "0.05" },
    });
    await channel.deliver(outgoing());
    expect(server.sent).toHaveLength(1);
    expect(server.sendRequests).toHaveLength(2);
  });

  it("hands a long limit to the outbox with the time that the platform names", async () => {
    const { channel } = await prepare();
    server.failNext("send", { status: 429, code: 99991400, headers: { "x-ogw-ratelimit-reset": "37" } });
    const error = await failure(channel.deliver(outgoing()));
    expect(error).toMatchObject({ retryable: true, retryAfterMs: 37_000 });
    expect(server.sendRequests).toHaveLength(1);
  });

  it.each([
    ["the limit of a group", { code: 230020 }],
    ["a message still being sent", { code: 230049 }],
    ["an old interface's limit", { status: 400, code: 99991400 }],
    ["a server error", { status: 500, code: 1 }],
    ["a gateway's page", { status: 502, rawBody: "<html>502</html>" }],
    ["a page with status 200", { status: 200, rawBody: "<html>maintenance</html>" }],
    ["a cut connection", { refused: true }],
  ])("tries again after %s, then says that it may work later", async (_name, fault) => {
    const { channel } = await prepare();
    server.failNext("send", fault);
    await channel.deliver(outgoing());
    expect(server.sent).toHaveLength(1);
    server.failNext("send", fault, fault, fault);
    expect(await failure(channel.deliver(outgoing({ outboxId: "another" })))).toMatchObject({
      retryable: true,
    });
  });

  it("does not wait for ever for a slow answer", async () => {
    const { channel } = await prepare({ tuning: { requestTimeoutMs: 80 } });
    server.failNext("send", { delayMs: 400 });
    await channel.deliver(outgoing());
    expect(server.sendRequests).toHaveLength(2);
  });

  it("sends nothing for this machine through a proxy of the environment", async () => {
    const { channel } = await prepare({ tuning: { retryDelaysMs: [] } });
    const before = process.env["HTTP_PROXY"];
    process.env["HTTP_PROXY"] = "http://127.0.0.1:9";
    try {
      await channel.deliver(outgoing());
    } finally {
      if (before === undefined) delete process.env["HTTP_PROXY"];
      else process.env["HTTP_PROXY"] = before;
    }
    expect(server.sent).toHaveLength(1);
  });

  it("takes an error that comes with status 200 for an error", async () => {
    const { channel } = await prepare();
    server.failNext("send", { status: 200, code: 230013 });
    expect(await failure(channel.deliver(outgoing()))).toMatchObject({
      retryable: false,
      safeMessage: expect.stringContaining("可用范围"),
    });
  });
});

describe("the access token", () => {
  it("is fetched once for many replies at once, and used until it nears its end", async () => {
    const clock = createManualClock(new Date());
    const { channel } = await prepare({ clock: clock.now });
    const replies = Array.from({ length: 5 }, (_, position) => outgoing({ outboxId: `reply-${position}` }));
    await Promise.all(replies.map((reply) => channel.deliver(reply)));
    expect(server.issuedTokens).toHaveLength(1);
    clock.advance(116 * 60_000);
    await channel.deliver(outgoing({ outboxId: "later" }));
    expect(server.issuedTokens).toHaveLength(1);
    clock.advance(2 * 60_000);
    await channel.deliver(outgoing({ outboxId: "much-later" }));
    expect(server.issuedTokens).toHaveLength(2);
  });

  it("is replaced once when the platform no longer knows it", async () => {
    const { channel } = await prepare();
    await channel.deliver(outgoing({ outboxId: "first" }));
    server.revokeTokens();
    await channel.deliver(outgoing({ outboxId: "second" }));
    expect(server.sent).toHaveLength(2);
    expect(server.issuedTokens).toHaveLength(2);
  });

  it("is not fetched over and over when every token is refused", async () => {
    const { channel } = await prepare();
    server.failNext("send", { code: 99991663 }, { code: 99991663 });
    const error = await failure(channel.deliver(outgoing()));
    expect(error.retryable).toBe(true);
    expect(server.issuedTokens).toHaveLength(2);
    expect(server.sendRequests).toHaveLength(2);
  });

  it("that cannot be had for a wrong secret is told to the operator, without the secret", async () => {
    const { channel, log } = await prepare({ config: { appSecret: "a-wrong-secret-0815" } });
    const error = await failure(channel.deliver(outgoing()));
    expect(error.safeMessage).toContain("FEISHU_APP_SECRET");
    const told = `${error.message} ${error.safeMessage} ${error.stack} ${log()}`;
    expect(told).not.toContain("a-wrong-secret-0815");
    expect(JSON.stringify(error.cause ?? null)).not.toContain("a-wrong-secret-0815");
  });

  it("never reaches the log or an error, nor does the secret, when the network fails", async () => {
    const { channel, log } = await prepare();
    server.failNext("token", { refused: true }, { refused: true }, { refused: true });
    const first = await failure(channel.deliver(outgoing()));
    server.failNext("send", { refused: true }, { refused: true }, { refused: true });
    const second = await failure(channel.deliver(outgoing()));
    server.failNext("send", { code: 230001, msg: `echo ${APP.appSecret} t-secrettoken0001` });
    expect([first.retryable, second.retryable]).toEqual([true, true]);
    const third = await failure(channel.deliver(outgoing()));
    expect(third.message).toContain("echo [redacted]");
    for (const error of [first, second, third]) {
      const told = `${error.message} ${error.stack} ${JSON.stringify(error.cause)} ${log()}`;
      for (const secret of [APP.appSecret, "t-secrettoken"]) expect(told).not.toContain(secret);
    }
  });
});
