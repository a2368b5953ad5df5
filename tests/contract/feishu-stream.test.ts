import { setTimeout as waitFor } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OutgoingReply, Reply, ReplyStream } from "../../src/conversation/index.ts";
import { AppError } from "../../src/shared/index.ts";
import { type FeishuServer, startFeishuServer } from "../support/feishu-server/index.ts";
import {
  type RunningChannel,
  type RunOptions,
  runChannel,
  sampleReply,
  waitUntil,
} from "../support/feishu-server/run-channel.ts";

let server: FeishuServer;
let running: RunningChannel;
const opened: RunningChannel[] = [];

beforeEach(async () => {
  server = await startFeishuServer();
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.channel.stop();
  await server.close();
});

async function prepare(options: Partial<RunOptions> = {}): Promise<RunningChannel> {
  running = await runChannel({ domain: server.url, start: false, ...options });
  opened.push(running);
  return running;
}

const TARGET = { messageId: "om_question", chatId: "oc_park" };
const KEY = "tenant0001:om_question";
const BUTTON = { name: "feedback.good", label: "有帮助", style: "default" as const, values: { turn: "t1" } };

function part(text: string, overrides: Partial<Reply> = {}): Reply {
  return sampleReply({ headline: text, blocks: [], partial: true, ...overrides });
}

function final(overrides: Partial<Reply> = {}): Reply {
  const { blocks } = sampleReply();
  return sampleReply({ blocks: [...blocks, { type: "actions", actions: [BUTTON] }], ...overrides });
}

async function open(reply = part("正在查阅政策文件。"), replyTarget: object = TARGET): Promise<ReplyStream> {
  const stream = await running.channel.openStream?.({ messageKey: KEY, replyTarget, reply });
  if (!stream) throw new Error("no stream");
  return stream;
}

function outgoing(stream: ReplyStream, reply = final()): OutgoingReply {
  // What a restart leaves of it.
  const kept: unknown = JSON.parse(JSON.stringify(stream.resume));
  return { outboxId: "outbox-1", messageKey: KEY, replyTarget: TARGET, reply, stream: kept };
}

const shown = (index = 0) => server.sent[index]?.content ?? "";
const kinds = () => server.cardOperations.map(({ kind }) => kind);
const isFilling = () => [...server.cards.values()].some(({ streaming }) => streaming);

describe("a reply that is being made", () => {
  it("stands in the question's thread at once, says that it is not finished, and can be pressed nowhere", async () => {
    await prepare();
    await open(final({ partial: true }), { ...TARGET, threadId: "omt_topic" });
    expect(server.sent).toMatchObject([{ target: "om_question", inThread: true, msgType: "interactive" }]);
    expect(shown()).toContain("正在整理答复…");
    expect(shown()).toContain("力争到2026年");
    expect(shown()).not.toContain('"tag":"button"');
    expect(isFilling()).toBe(true);
  });

  it("fills in order, whole text each time, and shows citations as they are found", async () => {
    await prepare();
    const stream = await open();
    const words = ["园区支持", "园区支持企业", "园区支持企业开展技术攻关。"];
    for (const text of words) {
      stream.show(part(text));
      await waitUntil(() => shown().includes(`${text}"`), text);
    }
    const { blocks } = sampleReply();
    stream.show(part(words[2] ?? "", { blocks }));
    await waitUntil(() => shown().includes("collapsible_panel"), "the citation");
    await stream.settle();
    expect(kinds()).toEqual(["create", "content", "content", "content", "update"]);
    const sequences = server.cardOperations.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((left, right) => left - right));
    expect(server.sent).toHaveLength(1);
  });

  it("shows the latest of what came faster than it may be shown", async () => {
    await prepare({ tuning: { streamIntervalMs: 100 } });
    const stream = await open();
    for (let length = 1; length <= 200; length += 1) stream.show(part("字".repeat(length)));
    await waitUntil(() => shown().includes("字".repeat(200)), "the latest");
    expect(kinds()).toEqual(["create", "content"]);
  });

  it("keeps the interval between changes, however fast words come", async () => {
    await prepare({ tuning: { streamIntervalMs: 120 } });
    const stream = await open();
    for (let length = 1; length <= 40; length += 1) {
      stream.show(part("字".repeat(length)));
      await waitFor(10);
    }
    await waitUntil(() => shown().includes("字".repeat(40)), "all");
    const times = server.cardOperations.filter(({ kind }) => kind === "content").map(({ at }) => at);
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(times.length).toBeGreaterThan(1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  });

  it("says what people wrote as they wrote it: no mention, no link, no bold", async () => {
    await prepare();
    const stream = await open();
    stream.show(part("<at id=all></at> **重要** [点我](https://evil.example)\n1. 一"));
    await waitUntil(() => server.cardOperations.length === 2, "the words");
    const content = server.cardOperations[1]?.content ?? "";
    expect(content).not.toMatch(/[<*[\]]/);
    expect(content.split("\n")).toHaveLength(2);
  });

  it("is one message when it is opened twice", async () => {
    await prepare();
    const [first, second] = await Promise.all([open(), open()]);
    expect(second.resume).toEqual(first.resume);
    expect(server.sent).toHaveLength(1);
    expect(server.cards.size).toBe(1);
  });

  it("is one message also when a process that is gone had opened it and nobody kept where", async () => {
    await prepare();
    await open();
    const [earlier] = server.sent;
    if (earlier) earlier.sentAt -= 10_000;
    await prepare();
    const stream = await open();
    expect(server.sent.filter(({ messageId }) => !server.recalled.has(messageId))).toHaveLength(1);
    await running.channel.deliver(outgoing(stream));
    expect(shown(1)).toContain("有帮助");
  });
});

describe("the finished reply", () => {
  it("takes the card's place, with signed buttons, and ends the filling", async () => {
    await prepare();
    const stream = await open();
    stream.show(part("园区支持"));
    const receipt = await running.channel.deliver(outgoing(stream));
    expect(receipt).toEqual({ receipt: server.sent[0]?.messageId });
    expect(server.sent).toHaveLength(1);
    expect(kinds().slice(-2)).toEqual(["settings", "update"]);
    expect(isFilling()).toBe(false);
    expect(shown()).toContain("collapsible_panel");
    expect(shown()).toMatch(/"xc":"[\w-]{27}"/);
    expect(shown()).not.toContain("正在整理答复");
  });

  it("is put there by another process after a restart, with numbers that are higher", async () => {
    await prepare();
    const stream = await open();
    for (const text of ["一", "一二", "一二三"]) {
      stream.show(part(text));
      await waitUntil(() => shown().includes(`${text}"`), text);
    }
    const start = Date.now();
    await prepare({ clock: () => new Date(start + 3_000 + (Date.now() - start)) });
    await running.channel.deliver(outgoing(stream));
    expect(shown()).toContain("有帮助");
    expect(server.sent).toHaveLength(1);
  });

  it("is put there even when the clock was set back in between", async () => {
    await prepare();
    const stream = await open();
    for (const text of ["一", "一二", "一二三"]) {
      stream.show(part(text));
      await waitUntil(() => shown().includes(`${text}"`), text);
    }
    await prepare({ clock: () => new Date(Date.now() - 60_000) });
    await running.channel.deliver(outgoing(stream));
    expect(shown()).toContain("有帮助");
  });

  it("does no harm when it is delivered again after a lost answer", async () => {
    await prepare({ tuning: { retryDelaysMs: [] } });
    const stream = await open();
    server.failNext("card-update", { lost: true });
    await expect(running.channel.deliver(outgoing(stream))).rejects.toMatchObject({ retryable: true });
    await running.channel.deliver(outgoing(stream));
    await running.channel.deliver(outgoing(stream));
    expect(server.sent).toHaveLength(1);
    expect(shown()).toContain("有帮助");
  });

  it("sends what one card cannot hold after it", async () => {
    await prepare();
    const stream = await open();
    const [citation] = sampleReply().blocks;
    if (citation?.type !== "citation") throw new Error("no citation");
    const blocks = Array.from({ length: 12 }, (_, index) => {
      return { ...citation, index: index + 1, quote: `第${index + 1}项。`.repeat(300) };
    });
    await running.channel.deliver(outgoing(stream, final({ blocks })));
    expect(server.sent.length).toBeGreaterThan(1);
    const all = server.sent.map(({ content }) => content).join("");
    for (const { index } of blocks) expect(all).toContain(`[${index}] `);
    expect(isFilling()).toBe(false);
  });

  it("can be changed later, and be taken back", async () => {
    await prepare();
    const { receipt } = await running.channel.deliver(outgoing(await open()));
    const changed = {
      ...outgoing(await open()),
      outboxId: "outbox-2",
      reply: final({ headline: "已更正。" }),
    };
    expect(await running.channel.revise?.(receipt, changed)).toEqual({ receipt });
    expect(shown()).toContain("已更正。");
    await running.channel.withdraw?.(receipt, TARGET);
    expect(server.recalled.has(receipt)).toBe(true);
    await running.channel.withdraw?.(receipt, TARGET);
  });

  it("takes a card that filled away when it is only a mark", async () => {
    await prepare();
    const stream = await open();
    const quiet = sampleReply({ headline: "已转交。", blocks: [], quiet: true });
    await running.channel.deliver(outgoing(stream, quiet));
    expect(server.recalled.has(server.sent[0]?.messageId ?? "")).toBe(true);
    expect(server.reactions).toHaveLength(1);
  });
});

describe("a card that cannot be finished", () => {
  const refusals = [
    ["there is no such card", 200740],
    ["the card has expired", 200750],
    ["the scope was taken away", 99991672],
    ["the content is refused", 200220],
    ["it is another app's", 300311],
  ] as const;

  it.each(refusals)("leaves the reply to another message and says so: %s", async (_case, code) => {
    await prepare();
    const stream = await open();
    server.failNext("card-update", { code });
    const { receipt } = await running.channel.deliver(outgoing(stream));
    expect(receipt).toBe(server.sent[1]?.messageId);
    expect(shown(1)).toContain("有帮助");
    expect(shown(0)).toContain("答复见下一条消息");
  });

  it("is changed as a message when it cannot be changed as a card", async () => {
    await prepare();
    const stream = await open();
    for (const card of server.cards.values()) card.expired = true;
    await running.channel.deliver(outgoing(stream));
    expect(server.edits).toMatchObject([{ messageId: server.sent[0]?.messageId }]);
    expect(shown(0)).toContain("答复见下一条消息");
    expect(server.sent).toHaveLength(2);
  });

  it("stays when nothing can be changed any more, and the reply is there all the same", async () => {
    await prepare();
    const stream = await open();
    for (const card of server.cards.values()) card.expired = true;
    server.failNext("edit", { code: 230031 });
    await running.channel.deliver(outgoing(stream));
    expect(server.sent).toHaveLength(2);
  });

  it.each([200850, 300309])(
    "is finished all the same when the filling had ended by itself (%i)",
    async (code) => {
      await prepare();
      const stream = await open();
      for (const card of server.cards.values()) card.timedOut = true;
      stream.show(part("园区支持"));
      await waitUntil(() => running.log().includes("stream not written"), "the refusal");
      server.failNext("card-settings", { code });
      await running.channel.deliver(outgoing(stream));
      expect(server.sent).toHaveLength(1);
      expect(shown()).toContain("有帮助");
    },
  );

  it("is tried again while somebody's press is being answered", async () => {
    await prepare();
    const stream = await open();
    server.failNext("card-update", { code: 200810 }, { code: 200810 });
    await running.channel.deliver(outgoing(stream));
    expect(server.sent).toHaveLength(1);
    expect(shown()).toContain("有帮助");
  });

  it("is given up when it will not take what comes, delivery after delivery", async () => {
    await prepare();
    const stream = await open();
    server.failNext("card-update", ...Array.from({ length: 9 }, () => ({ code: 300317 })));
    for (let delivery = 1; delivery <= 2; delivery += 1)
      await expect(running.channel.deliver(outgoing(stream))).rejects.toMatchObject({ retryable: true });
    await running.channel.deliver(outgoing(stream));
    expect(server.sent).toHaveLength(2);
    expect(shown(1)).toContain("有帮助");
  });

  it("waits for the platform when it is busy", async () => {
    await prepare();
    const stream = await open();
    server.failNext("card-settings", {
      status: 429,
      code: 99991400,
      headers: { "x-ogw-ratelimit-reset": "7" },
    });
    const failed = await running.channel.deliver(outgoing(stream)).catch((thrown: unknown) => thrown);
    expect(failed).toBeInstanceOf(AppError);
    expect(failed).toMatchObject({ retryable: true, retryAfterMs: 7_000 });
    expect(server.sent).toHaveLength(1);
  });
});

describe("where cards cannot fill", () => {
  it("sends the reply whole, and does not ask again for an hour", async () => {
    await prepare();
    const start = { messageKey: KEY, replyTarget: TARGET, reply: part("一") };
    server.failNext("card-create", { code: 99991672, msg: "Access denied: cardkit:card:write" });
    expect(await running.channel.openStream?.(start)).toBeUndefined();
    expect(await running.channel.openStream?.({ ...start, messageKey: "another" })).toBeUndefined();
    expect(server.cards.size).toBe(0);
    const { stream: _none, ...whole } = { ...outgoing({ resume: null } as ReplyStream) };
    await running.channel.deliver(whole);
    expect(server.sent).toHaveLength(1);
    expect(shown()).toContain("有帮助");
  });

  it("asks again after an hour", async () => {
    let now = Date.now();
    await prepare({ clock: () => new Date(now) });
    const start = { messageKey: KEY, replyTarget: TARGET, reply: part("一") };
    server.failNext("card-create", { status: 404, rawBody: "<html>404</html>" });
    expect(await running.channel.openStream?.(start)).toBeUndefined();
    now += 61 * 60 * 1_000;
    expect(await running.channel.openStream?.({ ...start, messageKey: "another" })).toBeDefined();
  });

  it("opens none where the bot is not, and never throws", async () => {
    await prepare();
    server.left.add("oc_park");
    const start = { messageKey: KEY, replyTarget: { chatId: "oc_park" }, reply: part("一") };
    expect(await running.channel.openStream?.(start)).toBeUndefined();
    expect(
      await running.channel.openStream?.({ ...start, messageKey: "x", replyTarget: "?" }),
    ).toBeUndefined();
  });

  it("opens none when the app's calls are needed for answers", async () => {
    await prepare({ tuning: { appPerSecond: 4, appPerMinute: 4 } });
    const start = { replyTarget: TARGET, reply: part("一") };
    const streams = [];
    for (const messageKey of ["a", "b", "c", "d"])
      streams.push(await running.channel.openStream?.({ ...start, messageKey }));
    expect(streams.filter((each) => each !== undefined).length).toBeLessThan(4);
  });

  it("refreshes a revoked token for cards as for messages", async () => {
    await prepare();
    const stream = await open();
    server.revokeTokens();
    await running.channel.deliver(outgoing(stream));
    expect(shown()).toContain("有帮助");
    expect(server.issuedTokens).toHaveLength(2);
  });
});
