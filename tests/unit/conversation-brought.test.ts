import { afterEach, describe, expect, it } from "vitest";
import { AppError } from "../../src/shared/index.ts";
import type { ConversationStore } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createEchoAnswerer } from "../support/test-answerer.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const LOOKS = ["acceptMessage", "acceptAndClaim", "claimNextMessage", "dueReplies"] as const;
type Look = (typeof LOOKS)[number];

interface Counted {
  store: ConversationStore;
  /** How often each was called, since it was last asked. */
  calls(): Partial<Record<Look, number>>;
}

async function openStore(): Promise<Counted> {
  const storage = await openTemporaryStorage();
  closing.push(storage.remove);
  const store: ConversationStore = { ...storage.conversation };
  let counts: Partial<Record<Look, number>> = {};
  const watch = (look: Look) => {
    const method = store[look] as (...values: unknown[]) => Promise<unknown>;
    const counted = (...values: unknown[]) => {
      counts[look] = (counts[look] ?? 0) + 1;
      return method(...values);
    };
    Object.assign(store, { [look]: counted });
  };
  for (const look of LOOKS) watch(look);
  return {
    store,
    calls() {
      const seen = counts;
      counts = {};
      return seen;
    },
  };
}

/** The store is asked for what waits only when something does: `pollMs` is longer than the test. */
async function open(options: TestAppOptions): Promise<TestApp> {
  const limits = {
    rateLimit: { burst: 999, perMinute: 999 },
    chatGuard: { sameText: 999, perMinute: 9_999 },
  };
  const app = await createTestApp({ ...limits, pollMs: 600_000, ...options });
  closing.push(app.close);
  await app.conversation.drain();
  return app;
}

const arrived = (app: TestApp, count: number) =>
  expect.poll(() => app.deliveries.length, { timeout: 5_000 }).toBe(count);

async function settled(app: TestApp): Promise<void> {
  await expect.poll(async () => (await app.store.counts()).outbox["pending"] ?? 0).toBe(0);
}

describe("a message that need not wait", () => {
  it("is stored and claimed in one, and its reply goes out without being read again", async () => {
    const { store, calls } = await openStore();
    const app = await open({ store });
    calls();
    for (let count = 1; count <= 5; count += 1) {
      expect(await app.user.sends(`问题${count}？`, { messageKey: `m${count}` })).toBe("accepted");
      await arrived(app, count);
      await settled(app);
    }
    expect(calls()).toEqual({ acceptAndClaim: 5 });
    expect(await store.counts()).toEqual({ inbox: { done: 5 }, outbox: { delivered: 5 } });
  });

  it("is delivered as it would be from the store", async () => {
    const { store } = await openStore();
    const app = await open({ store });
    await app.user.sends("问题？", { messageKey: "m", replyTarget: { to: "someone", nothing: undefined } });
    await arrived(app, 1);
    const [delivered] = app.deliveries;
    if (!delivered) throw new Error("not delivered");
    const kept = await store.readReply(delivered.outboxId);
    expect(kept).toMatchObject({ ...delivered });
    expect(Object.keys(delivered.replyTarget as object)).toEqual(["to"]);
  });

  it("is known when it comes again while it is in work", async () => {
    const { store } = await openStore();
    const gate = Promise.withResolvers<void>();
    const answerer = createEchoAnswerer(async () => {
      await gate.promise;
      return {};
    });
    const app = await open({ store, answerer });
    expect(await app.user.sends("问题？", { messageKey: "m" })).toBe("accepted");
    expect(await app.user.sends("问题？", { messageKey: "m" })).toBe("duplicate");
    gate.resolve();
    await app.conversation.drain();
    expect(app.deliveries).toHaveLength(1);
  });
});

describe("messages that come together", () => {
  it("are answered once each, those of a session in order, however few work on them", async () => {
    const { store } = await openStore();
    const answerer = createEchoAnswerer();
    const app = await open({ store, answerer, concurrency: 2, deliveryConcurrency: 2 });
    const people = Array.from({ length: 6 }, (_, index) => app.join(`person-${index}`));
    const sent: Promise<unknown>[] = [];
    for (let round = 0; round < 8; round += 1)
      for (const [index, person] of people.entries()) sent.push(person.sends(`${index}:${round}`));
    await Promise.all(sent);
    // Without a poll: nothing that waits may be forgotten.
    await arrived(app, 48);
    await settled(app);
    for (const index of people.keys()) {
      const rounds = app.bot.replies.flatMap(
        ({ plainText }) => plainText.match(`答：${index}:(\\d)`)?.[1] ?? [],
      );
      expect(rounds).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
    }
  });

  it("leave a calm service behind: the next is brought again", async () => {
    const { store, calls } = await openStore();
    const app = await open({ store, concurrency: 1 });
    await Promise.all(Array.from({ length: 9 }, (_, index) => app.user.sends(`问题${index}？`)));
    await arrived(app, 9);
    await app.conversation.drain();
    calls();
    await app.user.sends("还有一个？");
    await arrived(app, 10);
    await settled(app);
    expect(calls()).toEqual({ acceptAndClaim: 1 });
  });
});

describe("a reply that is handed on", () => {
  it("goes out once when the store's confirmation is lost", async () => {
    const { store } = await openStore();
    let lost = 0;
    const completeMessage: ConversationStore["completeMessage"] = async (input) => {
      await store.completeMessage(input);
      lost += 1;
      throw new AppError({ code: "storage", message: "lost", safeMessage: "数据库没有应答，请稍后再试。" });
    };
    const app = await open({ store: { ...store, completeMessage } });
    await app.user.sends("问题？");
    await arrived(app, 1);
    await app.conversation.drain();
    expect(app.deliveries).toHaveLength(1);
    expect(lost).toBe(1);
  });

  it("goes out again after a crash, under the same id", async () => {
    const { store } = await openStore();
    const hanging = Promise.withResolvers<void>();
    const first = await open({ store, deliver: () => hanging.promise });
    await first.user.sends("问题？", { messageKey: "m" });
    await expect.poll(async () => (await store.counts()).outbox).toEqual({ pending: 1 });
    const [pending] = await store.dueReplies(first.clock.now(), 5);
    const second = await open({ store });
    expect(second.deliveries.map(({ outboxId }) => outboxId)).toEqual([pending?.outboxId]);
    hanging.resolve();
  });

  it("waits for its chat and for what is due before it", async () => {
    const { store } = await openStore();
    const gates: (() => void)[] = [];
    const deliver = () => new Promise<void>((resolve) => gates.push(resolve));
    const laneOf = (target: unknown) => (target as { to: string }).to;
    const app = await open({ store, deliver, deliveryConcurrency: 2, channel: { laneOf } });
    // Of two places one is for other chats.
    for (const key of ["a", "b"]) {
      await app.join(key).sends(`问题${key}？`, { replyTarget: { to: "chat" } });
      await expect.poll(async () => (await store.counts()).inbox["done"]).toBe(key === "a" ? 1 : 2);
    }
    expect(gates).toHaveLength(1);
    await app.join("c").sends("问题c？", { replyTarget: { to: "elsewhere" } });
    await expect.poll(() => gates.length).toBe(2);
    for (const release of gates) release();
    await expect.poll(() => gates.length).toBe(3);
    gates[2]?.();
    await arrived(app, 3);
    expect(app.bot.replies.map(({ headline }) => headline)).toEqual([
      "答：问题a？",
      "答：问题c？",
      "答：问题b？",
    ]);
  });

  it("is tried again when the platform refuses it", async () => {
    const { store } = await openStore();
    let refusals = 1;
    const app = await open({
      ...{ store, backOff: { firstDelayMs: 0, maxDelayMs: 0, maxAttempts: 5 }, random: () => 0 },
      deliver() {
        if (refusals === 0) return;
        refusals -= 1;
        const details = {
          code: "channel",
          message: "no",
          safeMessage: "平台拒绝。",
          retryable: true,
        } as const;
        throw new AppError(details);
      },
    });
    await app.user.sends("问题？");
    await arrived(app, 1);
    await settled(app);
    expect(app.deliveries).toHaveLength(1);
  });
});

describe("a message that was in work when the process ended", () => {
  it("is worked on alone: what is brought meanwhile waits", async () => {
    const { store } = await openStore();
    const message = {
      channel: "test",
      chatId: "group-1",
      chatKind: "group",
      userId: "early",
      text: "嫌疑？",
    };
    const clock = new Date("2026-11-22T02:00:00Z");
    await store.acceptMessage({
      ...{ channel: "test", messageKey: "early", sessionKey: "early", acceptedAt: clock.toISOString() },
      message: { ...message, messageKey: "early", replyTarget: {}, sentAt: clock.toISOString() },
    });
    await store.claimNextMessage(clock);
    const gate = Promise.withResolvers<void>();
    const asked: string[] = [];
    const answerer = createEchoAnswerer(async ({ question }) => {
      asked.push(question);
      if (question === "嫌疑？") await gate.promise;
      return {};
    });
    const app = await createTestApp({ store, answerer, pollMs: 600_000 });
    closing.push(app.close);
    await expect.poll(() => asked).toEqual(["嫌疑？"]);
    await app.join("one").sends("一？");
    await app.join("two").sends("二？");
    expect(asked).toEqual(["嫌疑？"]);
    gate.resolve();
    await arrived(app, 3);
    expect(asked.toSorted()).toEqual(["一？", "二？", "嫌疑？"].toSorted());
  });
});
