import { afterEach, describe, expect, it } from "vitest";
import type { Channel, Notice, Reply } from "../../src/conversation/index.ts";
import { AppError } from "../../src/shared/index.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: TestAppOptions): Promise<TestApp> {
  const app = await createTestApp({ ...options, rateLimit: { burst: 999, perMinute: 999 } });
  closing.push(app.close);
  return app;
}

const chatOf = (target: unknown) => (target as { chat: string }).chat;
const laneOf = (target: unknown) => chatOf(target);

function writeReply(headline: string): Reply {
  return { kind: "notice", language: "zh", headline, blocks: [], plainText: headline, generatedByAi: false };
}

function makeNotice(key: string, chat: string, more: Partial<Notice> = {}): Notice {
  return {
    ...{ channel: "test", key, sessionKey: `test/${chat}/${key}`, replyTarget: { chat } },
    ...{ reply: writeReply(key), ...more },
  };
}

function tooFast(retryAfterMs?: number): AppError {
  const error = new AppError({ code: "channel", message: "429", safeMessage: "太快。", retryable: true });
  return retryAfterMs === undefined ? error : Object.assign(error, { retryAfterMs });
}

/** Nothing is delivered until it is opened; then one at a time, so that the order is that of taking. */
function createValve(): { channel: Partial<Channel>; open(): void } {
  let isShut = true;
  return {
    channel: { laneOf, delayOf: () => (isShut ? 60_000 : 0) },
    open: () => {
      isShut = false;
    },
  };
}

describe("the order of delivery", () => {
  it("is answers, then what somebody waits for, then pushes, each the oldest first", async () => {
    const valve = createValve();
    const { user, bot, conversation } = await open({ channel: valve.channel, deliveryConcurrency: 1 });
    await conversation.notify(makeNotice("推送一", "a", { priority: 2 }));
    await conversation.notify(makeNotice("推送二", "b", { priority: 2 }));
    await conversation.notify(makeNotice("工单", "c"));
    await user.says("问题？", { replyTarget: { chat: "d" } });
    valve.open();
    await conversation.drain();
    expect(bot.replies.map(({ headline }) => headline)).toEqual(["答：问题？", "工单", "推送一", "推送二"]);
  });

  it("lets an answer pass pushes that were read before it came", async () => {
    const gates: (() => void)[] = [];
    const { user, bot, conversation } = await open({
      channel: { laneOf },
      deliveryConcurrency: 1,
      deliver: () => new Promise<void>((resolve) => gates.push(resolve)),
    });
    for (let count = 0; count < 5; count += 1)
      await conversation.notify(makeNotice(`推送${count}`, `chat-${count}`, { priority: 2 }));
    await expect.poll(() => gates.length).toBe(1);
    await user.sends("问题？", { replyTarget: { chat: "d" } });
    await expect.poll(async () => (await conversation.noticeState("test", "推送0"))?.state).toBe("pending");
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (let turn = 0; turn < 6; turn += 1) {
      await expect.poll(() => gates.length).toBe(turn + 1);
      gates[turn]?.();
    }
    await conversation.drain();
    expect(bot.replies[1]?.headline).toBe("答：问题？");
  });

  it("is kept within a session, though its chat has to wait in between", async () => {
    let isFull = false;
    const { user, bot, conversation, clock } = await open({
      channel: { laneOf, delayOf: () => (isFull ? 50 : 0) },
      deliver: ({ reply }) => {
        if (reply.headline === "答：一") isFull = true;
      },
    });
    for (const text of ["一", "二", "三"]) await user.says(text, { replyTarget: { chat: "a" } });
    expect(bot.replies).toHaveLength(1);
    isFull = false;
    clock.advance(10);
    await conversation.drain();
    expect(bot.replies.map(({ headline }) => headline)).toEqual(["答：一", "答：二", "答：三"]);
  });
});

describe("a chat that may not be written to yet", () => {
  it("holds up no other, however much waits for it", async () => {
    const { user, bot, conversation } = await open({
      channel: { laneOf, delayOf: (target) => (chatOf(target) === "flooded" ? 60_000 : 0) },
      deliveryConcurrency: 2,
    });
    for (let count = 0; count < 150; count += 1)
      await conversation.notify(makeNotice(`洪水${count}`, "flooded", { priority: 0 }));
    await conversation.notify(makeNotice("别处的推送", "quiet", { priority: 2 }));
    await user.says("问题？", { replyTarget: { chat: "calm" } });
    expect(bot.replies.map(({ headline }) => headline).toSorted()).toEqual(
      ["别处的推送", "答：问题？"].toSorted(),
    );
  });

  it("is written to again by itself when its time has come", async () => {
    let asked: number | undefined;
    const delayOf = () => {
      asked ??= performance.now();
      return Math.max(0, asked + 100 - performance.now());
    };
    // Nothing but its own alarm can wake it.
    const { user, bot } = await open({ channel: { laneOf, delayOf }, pollMs: 3_600_000 });
    await user.sends("问题？", { replyTarget: { chat: "a" } });
    await expect.poll(() => bot.replies.length, { timeout: 10_000, interval: 20 }).toBe(1);
  });

  it("may still take an answer where only pushes have to wait", async () => {
    const { user, bot, conversation } = await open({
      channel: { laneOf, delayOf: (_target, priority) => (priority > 0 ? 60_000 : 0) },
    });
    await conversation.notify(makeNotice("推送", "a", { priority: 2 }));
    await user.says("问题？", { replyTarget: { chat: "a" } });
    expect(bot.replies.map(({ headline }) => headline)).toEqual(["答：问题？"]);
  });

  it("takes at most half of what is delivered at a time", async () => {
    let underWay = 0;
    let most = 0;
    const gates: (() => void)[] = [];
    const { bot, conversation } = await open({
      channel: { laneOf },
      deliveryConcurrency: 4,
      deliver: async ({ replyTarget }) => {
        if (chatOf(replyTarget) !== "slow") return;
        underWay += 1;
        most = Math.max(most, underWay);
        await new Promise<void>((resolve) => gates.push(resolve));
        underWay -= 1;
      },
    });
    for (let count = 0; count < 10; count += 1) await conversation.notify(makeNotice(`慢${count}`, "slow"));
    await conversation.notify(makeNotice("快", "fast"));
    await expect.poll(() => bot.replies.map(({ headline }) => headline)).toEqual(["快"]);
    while (gates.length > 0 || bot.replies.length < 11) {
      for (const open of gates.splice(0)) open();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(most).toBe(2);
  });
});

describe("a platform that says when to come back", () => {
  it("is not tried again in that chat before, by whatever waits for it, and is in the others", async () => {
    const tries: string[] = [];
    const { user, join, clock, conversation, bot } = await open({
      channel: { laneOf },
      deliver: ({ replyTarget, reply }) => {
        tries.push(`${chatOf(replyTarget)} ${reply.headline}`);
        if (chatOf(replyTarget) === "full" && tries.length === 1) throw tooFast(30_000);
      },
    });
    await user.says("一", { replyTarget: { chat: "full" } });
    await join("user-2").says("二", { replyTarget: { chat: "full" } });
    await join("user-3").says("三", { replyTarget: { chat: "free" } });
    expect(tries).toEqual(["full 答：一", "free 答：三"]);
    clock.advance(30_000);
    await conversation.drain();
    expect(
      bot.replies
        .map(({ headline }) => headline)
        .slice(1)
        .toSorted(),
    ).toEqual(["答：一", "答：二"]);
    // In the order in which they were asked.
    expect(tries.slice(2)).toEqual(["full 答：一", "full 答：二"]);
  });

  it("and one that only fails holds its own reply alone", async () => {
    const tries: string[] = [];
    const { user, join } = await open({
      channel: { laneOf },
      deliver: ({ reply }) => {
        tries.push(reply.headline);
        if (reply.headline === "答：一") throw tooFast();
      },
    });
    await user.says("一", { replyTarget: { chat: "a" } });
    await join("user-2").says("二", { replyTarget: { chat: "a" } });
    expect(tries).toEqual(["答：一", "答：二"]);
  });
});
