import { afterEach, describe, expect, it } from "vitest";
import { AppError } from "../../src/shared/index.ts";
import type { ConversationStore } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createEchoAnswerer, makeAnswer } from "../support/test-answerer.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options?: TestAppOptions): Promise<TestApp> {
  const app = await createTestApp(options);
  closing.push(app.close);
  return app;
}

async function openStore(): Promise<ConversationStore> {
  const storage = await openTemporaryStorage();
  closing.push(storage.remove);
  return storage.conversation;
}

function channelError(retryable: boolean, more: object = {}): AppError {
  const details = { code: "channel", message: "refused", safeMessage: "平台拒绝。", retryable } as const;
  return Object.assign(new AppError(details), more);
}

describe("a message", () => {
  it("gets the rendered answer at its reply target", async () => {
    const { user, bot, deliveries } = await open();
    await user.says("科技金融有什么支持？", { messageKey: "message-1" });
    bot.repliesWith({ kind: "answered", text: "答：科技金融有什么支持？" });
    bot.repliesWith({ text: "文件未载明：金额、申报时间" });
    expect(deliveries[0]).toMatchObject({ messageKey: "message-1", replyTarget: { to: "user-1" } });
  });

  it("is answered once however often the platform delivers it", async () => {
    const { user, bot } = await open();
    expect(await user.sends("你好", { messageKey: "m" })).toBe("accepted");
    await user.says("你好", { messageKey: "m" });
    expect(await user.sends("你好", { messageKey: "m" })).toBe("duplicate");
    expect(bot.replies).toHaveLength(1);
  });

  it("is ignored when it is older than the keys that are surely kept", async () => {
    const { user, bot, clock } = await open();
    const old = new Date(clock.now().getTime() - 8 * 24 * 3_600_000).toISOString();
    expect(await user.sends("旧消息", { sentAt: old })).toBe("ignored");
    expect(await user.sends("时间不明的消息", { sentAt: "" })).toBe("accepted");
    await user.says("新消息");
    expect(bot.replies).toHaveLength(2);
  });

  it("of courtesy alone is answered in the language of the dialogue", async () => {
    const answerer = createEchoAnswerer();
    const { user, clock } = await open({ answerer });
    const languageOf = async (text: string) => {
      await user.says(text);
      return answerer.asked.at(-1)?.language;
    };
    expect(await languageOf("thanks")).toBeUndefined();
    await user.says("What does the one-stop service include?");
    expect(await languageOf("ok")).toBe("en");
    expect(await languageOf("Got it, thanks!")).toBe("en");
    await user.says("一站式服务包括哪些环节？");
    expect(await languageOf("ok")).toBe("zh");
    clock.advance(25 * 3_600_000);
    expect(await languageOf("ok")).toBeUndefined();
  });

  it("that is no question gets its fixed reply", async () => {
    const answerer = createEchoAnswerer();
    const { user, bot } = await open({ answerer });
    await user.says("帮助");
    bot.repliesWith({ kind: "help", text: "您可以这样问" });
    await user.says("Who are you?");
    bot.repliesWith({ kind: "introduce", text: "I am Xiance" });
    await user.says("", { unsupported: "image" });
    bot.repliesWith({ kind: "unsupported", text: "请把问题用文字发给我" });
    await user.says("长".repeat(100_000));
    bot.repliesWith({ kind: "too-long", text: "超过 2000 字" });
    expect(answerer.asked).toEqual([]);
  });

  it("without words is answered in the language of the conversation", async () => {
    const { user, bot } = await open();
    await user.says("What are the targets for 2026?");
    await user.says("", { unsupported: "sticker" });
    bot.repliesWith({ kind: "unsupported", text: "I cannot read this kind of message" });
  });
});

describe("the context of a question", () => {
  it("is the asker's own last three questions in this place", async () => {
    const answerer = createEchoAnswerer();
    const { user, join } = await open({ answerer });
    for (const question of ["一？", "二？", "三？", "四？"]) await user.says(question);
    await user.says("帮助");
    await join("colleague").says("别人的问题？");
    await user.says("别处的问题？", { chatId: "group-2" });
    await user.says("那人才呢？");
    expect(answerer.asked.slice(-3).map(({ context }) => context)).toEqual([
      [],
      [],
      ["二？", "三？", "四？"],
    ]);
  });

  it("ends at a reset, after two hours, and skips what had no subject", async () => {
    const answerer = createEchoAnswerer(async ({ question }) =>
      question === "你好" ? { kind: "smalltalk" } : {},
    );
    const { user, bot, clock } = await open({ answerer });
    await user.says("旧问题？");
    await user.says("重置");
    bot.repliesWith({ kind: "reset" });
    await user.says("金融支持？");
    await user.says("你好");
    await user.says("那人才呢？");
    expect(answerer.asked.at(-1)?.context).toEqual(["金融支持？"]);
    clock.advance(2 * 3_600_000 + 1);
    await user.says("期限呢？");
    expect(answerer.asked.at(-1)?.context).toEqual([]);
  });
});

describe("a failing answerer", () => {
  it("gives one visible error with the number of the log", async () => {
    const failure = channelError(false);
    const answerer = createEchoAnswerer(async () => Promise.reject(failure));
    const { user, bot } = await open({ answerer });
    await user.says("会出错的问题？");
    bot.repliesWith({ kind: "error", text: `错误编号：${failure.id}` });
    expect(bot.replies).toHaveLength(1);
  });

  it("shows nothing of an unknown error's insides", async () => {
    const answerer = createEchoAnswerer(async () => Promise.reject(new Error("ECONNREFUSED 10.0.0.1")));
    const { user, bot } = await open({ answerer });
    await user.says("会出错的问题？");
    bot.repliesWith({ kind: "error", text: "系统内部错误" });
    expect(bot.replies[0]?.plainText).not.toContain("ECONNREFUSED");
  });

  it("that never answers is given up", async () => {
    const answerer = createEchoAnswerer(() => new Promise(() => undefined));
    const { user, bot } = await open({ answerer, answerTimeoutMs: 5 });
    await user.says("没有回音的问题？");
    bot.repliesWith({ kind: "error", text: "用时过长" });
  });

  it("that broke the process three times is not asked again", async () => {
    const store = await openStore();
    const at = "2026-11-22T01:00:00.000Z";
    const message = {
      channel: "test",
      messageKey: "m",
      chatId: "c",
      chatKind: "direct" as const,
      userId: "u",
      text: "致命问题",
      replyTarget: null,
      sentAt: at,
    };
    await store.acceptMessage({ channel: "test", messageKey: "m", message, sessionKey: "s", acceptedAt: at });
    for (let crash = 0; crash < 3; crash += 1) {
      await store.claimNextMessage(new Date(at));
      await store.releaseClaims();
    }
    const answerer = createEchoAnswerer();
    const { bot, conversation } = await open({ store, answerer });
    await conversation.drain();
    expect(answerer.asked).toEqual([]);
    bot.repliesWith({ kind: "error", text: "多次中断" });
  });
});

describe("order and flood", () => {
  it("answers a session in order and other sessions meanwhile", async () => {
    const gates = new Map<string, () => void>();
    const answerer = createEchoAnswerer(async ({ question }) => {
      if (question.startsWith("慢")) await new Promise<void>((resolve) => gates.set(question, resolve));
      return {};
    });
    const { user, join, bot, conversation } = await open({ answerer });
    await user.sends("慢一");
    await user.sends("二");
    await join("other").sends("别人的");
    await expect.poll(() => bot.replies.map((reply) => reply.headline)).toEqual(["答：别人的"]);
    expect(answerer.asked.map(({ question }) => question)).not.toContain("二");
    gates.get("慢一")?.();
    await conversation.drain();
    expect(bot.replies.map((reply) => reply.headline)).toEqual(["答：别人的", "答：慢一", "答：二"]);
  });

  it("tells a flooding sender once and hears others", async () => {
    const { user, join, bot } = await open({ rateLimit: { burst: 2, perMinute: 2 } });
    const acceptances = [];
    for (let count = 0; count < 6; count += 1) acceptances.push(await user.sends(`第${count}问`));
    await join("other").says("别人的");
    expect(acceptances).toEqual(["accepted", "accepted", "accepted", "ignored", "ignored", "ignored"]);
    expect(bot.replies.map((reply) => reply.kind).sort()).toEqual([
      "answered",
      "answered",
      "answered",
      "rate-limited",
    ]);
  });
});

describe("a refused delivery", () => {
  it("is tried again under the same id when it is due, and no earlier", async () => {
    const ids: string[] = [];
    const { user, bot, clock, conversation } = await open({
      deliver: ({ outboxId }) => {
        ids.push(outboxId);
        if (ids.length < 3) throw channelError(true);
      },
    });
    await user.says("问题？");
    expect(ids).toHaveLength(1);
    clock.advance(1_400);
    await conversation.drain();
    expect(ids).toHaveLength(1);
    for (let step = 0; step < 2; step += 1) {
      clock.advance(10_000);
      await conversation.drain();
    }
    expect(bot.replies).toHaveLength(1);
    expect(new Set(ids).size).toBe(1);
  });

  it("waits as long as the platform asks", async () => {
    let tries = 0;
    const { user, clock, conversation } = await open({
      deliver: () => {
        tries += 1;
        throw channelError(true, { retryAfterMs: 60_000 });
      },
    });
    await user.says("问题？");
    clock.advance(59_000);
    await conversation.drain();
    expect(tries).toBe(1);
    clock.advance(1_000);
    await conversation.drain();
    expect(tries).toBe(2);
  });

  it("is given up at once when it cannot succeed, with an event to alert on", async () => {
    const { user, store, events } = await open({
      deliver: () => {
        throw channelError(false);
      },
    });
    await user.says("问题？");
    expect((await store.counts()).outbox).toEqual({ dead: 1 });
    expect(events.at(-1)).toEqual({ type: "delivery-failed", channel: "test", attempts: 1, dead: true });
  });

  it("is given up after the last attempt; an unclassified failure counts as passing", async () => {
    const { user, store, clock, conversation } = await open({
      backOff: { maxAttempts: 3, firstDelayMs: 1_000, maxDelayMs: 1_000 },
      deliver: () => {
        throw new Error("socket hang up");
      },
    });
    await user.says("问题？");
    expect((await store.counts()).outbox).toEqual({ pending: 1 });
    for (let step = 0; step < 2; step += 1) {
      clock.advance(1_000);
      await conversation.drain();
    }
    expect((await store.counts()).outbox).toEqual({ dead: 1 });
  });
});

describe("a failing store", () => {
  it("does not send a delivered reply again when only the note of it fails", async () => {
    const memory = await openStore();
    let failures = 2;
    const store = {
      ...memory,
      markDelivered: async (...input: Parameters<typeof memory.markDelivered>) => {
        failures -= 1;
        if (failures >= 0) throw new Error("disk full");
        await memory.markDelivered(...input);
      },
    };
    const { user, bot, clock, conversation } = await open({ store });
    await user.says("问题？");
    for (let step = 0; step < 2; step += 1) {
      clock.advance(60_000);
      await conversation.drain();
    }
    expect(bot.replies).toHaveLength(1);
    expect((await store.counts()).outbox).toEqual({ delivered: 1 });
  });

  it("keeps the made reply until the store takes it", async () => {
    const memory = await openStore();
    let failures = 1;
    const store = {
      ...memory,
      completeMessage: async (input: Parameters<typeof memory.completeMessage>[0]) => {
        failures -= 1;
        if (failures >= 0) throw new Error("disk full");
        await memory.completeMessage(input);
      },
    };
    const answerer = createEchoAnswerer();
    const { user, bot } = await open({ store, answerer });
    await user.says("问题？");
    expect(bot.replies).toHaveLength(1);
    expect(answerer.asked).toHaveLength(1);
  });
});

describe("stopping", () => {
  it("finishes what is in work and leaves the rest for the next start", async () => {
    const store = await openStore();
    const started: (() => void)[] = [];
    const answerer = createEchoAnswerer(async () => {
      await new Promise<void>((resolve) => started.push(resolve));
      return {};
    });
    const first = await open({ store, answerer, concurrency: 1 });
    await first.user.sends("在办的");
    await first.join("other").sends("排队的");
    await expect.poll(() => started.length).toBe(1);
    const stopped = first.conversation.stop();
    started[0]?.();
    expect(await stopped).toBe(true);
    expect(first.bot.replies.map((reply) => reply.headline)).toEqual(["答：在办的"]);
    const second = await open({ store });
    await second.conversation.drain();
    expect(second.bot.replies.map((reply) => reply.headline)).toEqual(["答：排队的"]);
  });
});

it("keeps an answer so that history can be rendered again", async () => {
  const { user, store } = await open();
  await user.says("问题？");
  const turns = await store.recentTurns("test/group-1/user-1/", 5);
  expect(turns[0]?.answer).toEqual(makeAnswer("答：问题？", { question: "问题？" }));
});
