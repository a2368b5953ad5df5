import { afterEach, describe, expect, it } from "vitest";
import type { AnswerRequest } from "../../src/answering/index.ts";
import type { Channel, OutgoingReply, Reply } from "../../src/conversation/index.ts";
import type { ConversationStore } from "../../src/storage/index.ts";
import { openTemporaryStorage } from "../support/temporary-storage.ts";
import { createEchoAnswerer, makeAnswer } from "../support/test-answerer.ts";
import { createTestApp, type TestApp, type TestAppOptions } from "../support/test-app.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: TestAppOptions): Promise<TestApp> {
  const app = await createTestApp(options);
  closing.push(app.close);
  return app;
}

async function openStore(): Promise<ConversationStore> {
  const storage = await openTemporaryStorage();
  closing.push(storage.remove);
  return storage.conversation;
}

/** A platform on which replies fill; `log` is what happened there, in order. */
function createStreamingChannel(opens: () => Promise<boolean> = async () => true) {
  const log: string[] = [];
  const shown: Reply[] = [];
  const openStream: NonNullable<Channel["openStream"]> = async ({ messageKey, reply }) => {
    log.push(`open ${messageKey}`);
    shown.push(reply);
    if (!(await opens())) return undefined;
    return {
      resume: { card: messageKey },
      show(next) {
        log.push(`show ${next.headline}`);
        shown.push(next);
      },
      async settle() {
        log.push("settle");
      },
    };
  };
  const capabilities = {
    ...{ streams: true, buttons: false },
  };
  const channel: Partial<Channel> = {
    capabilities,
    openStream,
    withdraw: async (receipt) => void log.push(`withdraw ${receipt}`),
  };
  return { channel, log, shown };
}

/** Says these sentences one after the other, with time between them. */
function createPhrasingAnswerer(
  sentences: readonly string[],
  pause: () => Promise<void> = async () => undefined,
) {
  return createEchoAnswerer(async (request: AnswerRequest) => {
    const say = (conclusion: string) => ({ ...makeAnswer(conclusion, request), engine: "model" as const });
    request.onPartial?.(makeAnswer("摘录", request));
    for (const sentence of sentences) {
      await pause();
      request.onPartial?.(say(sentence));
    }
    await pause();
    return say(sentences.at(-1) ?? "摘录");
  });
}

const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

/** A store that says in the log when it has noted a stream. */
async function openNotingStore(log: string[]): Promise<ConversationStore> {
  const store = await openStore();
  return {
    ...store,
    noteStream: async (...input) => {
      await store.noteStream(...input);
      log.push("note");
    },
  };
}

/** Until the stream is open and noted. */
const untilNoted = (log: readonly string[]) => async () => {
  while (!log.includes("note")) await tick();
  await tick();
};

describe("a reply that fills while it is made", () => {
  it("opens once, shows each part marked as such and without buttons, and is delivered as the whole", async () => {
    const { channel, log, shown } = createStreamingChannel();
    const answerer = createPhrasingAnswerer(["一。", "一。二。"], untilNoted(log));
    const store = await openNotingStore(log);
    const { user, deliveries } = await open({ answerer, channel, store, handOver: true });
    await user.says("问题？", { messageKey: "m" });
    expect(log).toEqual(["open m", "note", "show 一。", "show 一。二。", "settle"]);
    for (const part of shown) {
      expect(part.partial).toBe(true);
      expect(part.blocks.map(({ type }) => type)).not.toContain("actions");
      expect(part.blocks.map(({ type }) => type)).toContain("citation");
    }
    expect(deliveries).toMatchObject([{ messageKey: "m", stream: { card: "m" } }]);
    expect(deliveries[0]?.reply.partial).toBeUndefined();
    expect(deliveries[0]?.reply.headline).toBe("一。二。");
  });

  it("is fitted to the channel like every reply", async () => {
    const { channel } = createStreamingChannel();
    const { user, deliveries } = await open({
      ...{ answerer: createPhrasingAnswerer([]), channel, handOver: true },
    });
    await user.says("问题？");
    expect(deliveries[0]?.reply.blocks.map(({ type }) => type)).not.toContain("actions");
    expect(deliveries[0]?.reply.plainText).toContain("找专员");
  });

  it("shows the latest part that came while it was opened", async () => {
    const gates: (() => void)[] = [];
    const { channel, log } = createStreamingChannel(async () => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return true;
    });
    const answerer = createPhrasingAnswerer(["一。", "二。"]);
    const { user, conversation, deliveries } = await open({ answerer, channel });
    await user.sends("问题？", { messageKey: "m" });
    await expect.poll(() => gates.length).toBe(1);
    await tick();
    gates[0]?.();
    await conversation.drain();
    expect(log).toEqual(["open m", "show 二。", "settle"]);
    expect(deliveries[0]?.stream).toEqual({ card: "m" });
  });

  it.each([
    ["where the platform will not", async () => false],
    ["where the platform fails", async () => Promise.reject(new Error("refused"))],
  ])("is sent whole %s", async (_name, opens) => {
    const { channel } = createStreamingChannel(opens);
    const { user, deliveries } = await open({ answerer: createPhrasingAnswerer(["一。"]), channel });
    await user.says("问题？");
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]).not.toHaveProperty("stream");
  });

  it("is sent whole when opening takes too long, and what opens later is taken away", async () => {
    const gates: (() => void)[] = [];
    const { channel, log } = createStreamingChannel(async () => {
      await new Promise<void>((resolve) => gates.push(resolve));
      return true;
    });
    const { user, conversation, deliveries } = await open({
      answerer: createPhrasingAnswerer(["一。"]),
      channel,
    });
    await user.sends("问题？", { messageKey: "m" });
    await expect.poll(() => deliveries.length, { timeout: 6_000 }).toBe(1);
    await conversation.drain();
    expect(deliveries[0]).not.toHaveProperty("stream");
    gates[0]?.();
    await expect.poll(() => log).toEqual(["open m", "settle", "withdraw receipt-2"]);
    expect(deliveries[1]).toMatchObject({
      stream: { card: "m" },
      reply: { headline: "答复请见另一条消息。" },
    });
  });

  it("does not open what nobody phrases, what is overheard, or where the channel says that it cannot", async () => {
    const { channel, log } = createStreamingChannel();
    const plain = await open({ channel });
    await plain.user.says("问题？");
    const answerer = createPhrasingAnswerer(["一。"]);
    const { user } = await open({ answerer, channel });
    await user.says("旁人的话？", { overheard: true });
    const without = await open({
      answerer,
      channel: { ...channel, capabilities: { ...channel.capabilities, streams: false } as never },
    });
    await without.user.says("问题？");
    expect(log).toEqual([]);
    expect(answerer.asked.every(({ onPartial }) => onPartial === undefined)).toBe(true);
  });

  it("gets the error in its place when the answer fails", async () => {
    const { channel } = createStreamingChannel();
    const answerer = createEchoAnswerer(async (request) => {
      request.onPartial?.(makeAnswer("摘录", request));
      await tick();
      throw new Error("broken");
    });
    const { user, deliveries } = await open({ answerer, channel });
    await user.says("问题？", { messageKey: "m" });
    expect(deliveries).toMatchObject([{ stream: { card: "m" }, reply: { kind: "error" } }]);
  });

  it("goes on in the message that was opened before a crash, and opens no other", async () => {
    const store = await openStore();
    const { channel, log } = createStreamingChannel();
    let crashes = 1;
    const dying: ConversationStore = {
      ...store,
      completeMessage: async (input) => {
        crashes -= 1;
        if (crashes >= 0) return new Promise(() => undefined);
        await store.completeMessage(input);
      },
    };
    const answerer = createPhrasingAnswerer(["一。"], tick);
    const first = await createTestApp({ store: dying, answerer, channel });
    await first.user.sends("问题？", { messageKey: "m" });
    await expect.poll(() => crashes).toBe(0);
    const second = await open({ store, answerer, channel });
    await second.conversation.drain();
    expect(log.filter((entry) => entry.startsWith("open"))).toEqual(["open m"]);
    expect(second.deliveries).toMatchObject([{ messageKey: "m", stream: { card: "m" } }]);
    await first.conversation.stop(0);
  });

  it("stays, though it could not be noted", async () => {
    const store = await openStore();
    const { channel } = createStreamingChannel();
    const broken = { ...store, noteStream: async () => Promise.reject(new Error("disk full")) };
    const { user, deliveries } = await open({
      store: broken,
      answerer: createPhrasingAnswerer(["一。"]),
      channel,
    });
    await user.says("问题？", { messageKey: "m" });
    expect(deliveries).toMatchObject([{ stream: { card: "m" } }] satisfies Partial<OutgoingReply>[]);
  });
});
