import { afterEach, describe, expect, it } from "vitest";
import type { Channel, MessageSkill } from "../../src/conversation/index.ts";
import type { ConversationStore } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createEchoAnswerer, makeAnswer } from "../support/test-answerer.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function createWithdrawingChannel(more: Partial<Channel> = {}) {
  const withdrawn: unknown[] = [];
  const channel: Partial<Channel> = {
    withdraw: async (receipt, replyTarget) => void withdrawn.push([receipt, replyTarget]),
    ...more,
  };
  return { channel, withdrawn };
}

async function open(options: TestAppOptions = {}) {
  const { channel, withdrawn } = createWithdrawingChannel(options.channel);
  const app: TestApp = await createTestApp({ ...options, channel });
  closing.push(app.close);
  return { ...app, withdrawn };
}

/** Work that waits until it is let go. */
function createGate() {
  const waiting: (() => void)[] = [];
  return {
    pass: () => new Promise<void>((resolve) => waiting.push(resolve)),
    reached: () => expect.poll(() => waiting.length).toBeGreaterThan(0),
    open: () => {
      for (const resolve of waiting.splice(0)) resolve();
    },
  };
}

const SESSION = "test/group-1/user-1/";

describe("a question that its asker takes back", () => {
  it("before it is worked on gets no reply, also when it is brought again", async () => {
    const gate = createGate();
    const answerer = createEchoAnswerer(async ({ question }) => {
      if (question === "先问的") await gate.pass();
      return {};
    });
    const { user, conversation, bot, store } = await open({ answerer, concurrency: 1 });
    await user.sends("先问的");
    await gate.reached();
    await user.sends("撤回的", { messageKey: "m" });
    await conversation.withdraw("test", "m");
    gate.open();
    await conversation.drain();
    expect(await user.sends("撤回的", { messageKey: "m" })).toBe("duplicate");
    await conversation.drain();
    expect(bot.replies.map(({ headline }) => headline)).toEqual(["答：先问的"]);
    expect((await store.recentTurns(SESSION, 9)).map(({ question }) => question)).toEqual(["先问的"]);
  });

  it("while it is worked on gets no reply, and nothing is tried again", async () => {
    const gate = createGate();
    const answerer = createEchoAnswerer(async () => {
      await gate.pass();
      return {};
    });
    const { user, conversation, bot, store, events } = await open({ answerer });
    await user.sends("问题？", { messageKey: "m" });
    await gate.reached();
    await conversation.withdraw("test", "m");
    gate.open();
    await conversation.drain();
    expect(bot.replies).toEqual([]);
    expect(await store.counts()).toEqual({ inbox: { done: 1 }, outbox: {} });
    expect(await store.recentTurns(SESSION, 9)).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(["received"]);
  });

  it("while its reply fills has the filling message taken away", async () => {
    const gate = createGate();
    const answerer = createEchoAnswerer(async (request) => {
      request.onPartial?.(makeAnswer("摘录", request));
      await gate.pass();
      return {};
    });
    const { user, conversation, deliveries, withdrawn } = await open({
      answerer,
      channel: {
        capabilities: { streams: true },
        openStream: async () => ({ resume: "card", show: () => undefined, settle: async () => undefined }),
      },
    });
    await user.sends("问题？", { messageKey: "m" });
    await gate.reached();
    await conversation.withdraw("test", "m");
    gate.open();
    await conversation.drain();
    expect(deliveries).toMatchObject([{ stream: "card", reply: { kind: "withdrawn" } }]);
    expect(withdrawn).toEqual([["receipt-1", { to: "user-1" }]]);
  });

  it("before its reply is sent gets none", async () => {
    const { user, conversation, bot, store, withdrawn } = await open({
      channel: { laneOf: () => "lane", delayOf: () => 60_000 },
    });
    await user.says("问题？", { messageKey: "m" });
    await conversation.withdraw("test", "m");
    await conversation.drain();
    expect(bot.replies).toEqual([]);
    expect((await store.counts()).outbox).toEqual({});
    expect(withdrawn).toEqual([]);
  });

  it("while its reply is on its way has it taken back when it is there", async () => {
    const gate = createGate();
    const { user, conversation, bot, withdrawn, store } = await open({ deliver: gate.pass });
    await user.sends("问题？", { messageKey: "m" });
    await gate.reached();
    await conversation.withdraw("test", "m");
    gate.open();
    await conversation.drain();
    expect(bot.replies).toHaveLength(1);
    expect(withdrawn).toEqual([["receipt-1", { to: "user-1" }]]);
    expect((await store.counts()).outbox).toEqual({});
    await conversation.drain();
    expect(bot.replies).toHaveLength(1);
  });

  it("while its reply fails to be sent is not tried again", async () => {
    const gate = createGate();
    let tries = 0;
    const { user, conversation, clock, withdrawn } = await open({
      deliver: async () => {
        tries += 1;
        await gate.pass();
        throw new Error("socket hang up");
      },
    });
    await user.sends("问题？", { messageKey: "m" });
    await gate.reached();
    await conversation.withdraw("test", "m");
    gate.open();
    await conversation.drain();
    clock.advance(60_000);
    await conversation.drain();
    expect(tries).toBe(1);
    expect(withdrawn).toEqual([]);
  });

  it("after its answer was sent has it taken back, and the turn is gone", async () => {
    const { user, conversation, withdrawn, store } = await open();
    await user.says("问题？", { messageKey: "m" });
    await conversation.withdraw("test", "m");
    await conversation.withdraw("test", "m");
    expect(withdrawn).toEqual([["receipt-1", { to: "user-1" }]]);
    expect(await store.recentTurns(SESSION, 9)).toEqual([]);
    expect(await store.replyOf("test", "m")).toMatchObject({ state: "delivered" });
  });

  it("before it came at all gets no reply", async () => {
    const answerer = createEchoAnswerer();
    const { user, conversation, bot } = await open({ answerer });
    await conversation.withdraw("test", "m");
    await user.says("迟到的", { messageKey: "m" });
    await user.says("别的", { messageKey: "n" });
    expect(bot.replies.map(({ headline }) => headline)).toEqual(["答：别的"]);
  });

  it("keeps what is no answer to a question, and what a button did", async () => {
    const skill: MessageSkill = {
      name: "test",
      handle: async (message) =>
        message.action && {
          ...{ kind: "ticket", language: "zh", headline: "已办理。", blocks: [], plainText: "已办理。" },
          generatedByAi: false,
        },
    };
    const { user, conversation, withdrawn, store } = await open({ skills: [skill] });
    await user.says("帮助", { messageKey: "help" });
    await user.says("", { messageKey: "pressed", action: { name: "ticket.take", values: {} } });
    await conversation.withdraw("test", "help");
    await conversation.withdraw("test", "pressed");
    expect(withdrawn).toEqual([]);
    expect(await store.turnOf("test", "pressed")).toBeDefined();
  });

  it("is gone though the platform refuses to take the answer back", async () => {
    const { user, conversation, store } = await open({
      channel: { withdraw: async () => Promise.reject(new Error("too old")) },
    });
    await user.says("问题？", { messageKey: "m" });
    await conversation.withdraw("test", "m");
    expect(await store.turnOf("test", "m")).toBeUndefined();
  });

  it("has the stream of an attempt that a crash cut off taken away", async () => {
    const storage = await openTemporaryStorage();
    closing.push(storage.remove);
    const store: ConversationStore = storage.conversation;
    const at = "2026-11-22T01:00:00.000Z";
    const message = {
      ...{ channel: "test", messageKey: "m", chatId: "c", chatKind: "direct" as const, userId: "u" },
      ...{ text: "问题？", replyTarget: { to: "u" }, sentAt: at },
    };
    await store.acceptMessage({ channel: "test", messageKey: "m", message, sessionKey: "s", acceptedAt: at });
    await store.claimNextMessage(new Date(at));
    await store.noteStream("test", "m", "card");
    await store.releaseClaims();
    // Not started: nobody takes the message up meanwhile.
    const { conversation, deliveries, withdrawn } = await open({
      store: { ...store, claimNextMessage: async () => undefined },
    });
    await conversation.withdraw("test", "m");
    expect(deliveries).toMatchObject([{ stream: "card", replyTarget: { to: "u" } }]);
    expect(withdrawn).toEqual([["receipt-1", { to: "u" }]]);
  });
});
