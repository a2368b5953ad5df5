import { expect, it } from "vitest";
import type { ConversationStore } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { makeCompletion, makeMessage, makeTurn, second } from "../support/storage-samples.ts";

async function claim(store: ConversationStore, messageKey: string): Promise<void> {
  await store.acceptMessage(makeMessage(messageKey, { sessionKey: messageKey }));
  await store.claimNextMessage(second(1));
}

async function answer(
  store: ConversationStore,
  messageKey: string,
  outbox: { priority?: number; lane?: string; createdAt?: string } = {},
): Promise<void> {
  await claim(store, messageKey);
  const completion = makeCompletion(messageKey, { turn: makeTurn(messageKey) });
  await store.completeMessage({ ...completion, outbox: { ...completion.outbox, ...outbox } });
}

const keysOf = (records: readonly { messageKey: string }[]) => records.map(({ messageKey }) => messageKey);

describeOnEveryDatabase("streams of replies", (place) => {
  it("are kept with the message that is in work, and found by the next attempt", async () => {
    const options = await place.fresh();
    const first = await place.open(options);
    await claim(first.conversation, "a");
    await first.conversation.noteStream("web", "a", { card: "c", parts: ["一", "\0"] });
    await first.close();
    const { conversation } = await place.open(options);
    await conversation.releaseClaims();
    const again = await conversation.claimNextMessage(second(2));
    expect(again).toMatchObject({ messageKey: "a", attempts: 2, stream: { card: "c", parts: ["一", "\0"] } });
  });

  it("of another message, or of one that is not in work, are not noted", async () => {
    const { conversation } = await place.open();
    await conversation.acceptMessage(makeMessage("waiting"));
    await conversation.noteStream("web", "waiting", "card");
    await conversation.noteStream("web", "unknown", "card");
    expect(await conversation.claimNextMessage(second(1))).not.toHaveProperty("stream");
    await conversation.completeMessage(makeCompletion("waiting"));
    await conversation.noteStream("web", "waiting", "card");
    expect(await conversation.withdrawMessage("web", "waiting", second(2))).not.toHaveProperty("stream");
  });
});

describeOnEveryDatabase("what is due", (place) => {
  it("comes by priority, then by age, with its lane", async () => {
    const { conversation } = await place.open();
    await answer(conversation, "push", { priority: 2, lane: "web:x", createdAt: second(1).toISOString() });
    await answer(conversation, "ticket", { priority: 1, createdAt: second(2).toISOString() });
    await answer(conversation, "late", { priority: 0, createdAt: second(4).toISOString() });
    await answer(conversation, "early", { createdAt: second(3).toISOString() });
    const due = await conversation.dueReplies(second(50), 10);
    expect(keysOf(due)).toEqual(["early", "late", "ticket", "push"]);
    expect(due.map(({ priority }) => priority ?? 0)).toEqual([0, 0, 1, 2]);
    expect(due.map(({ lane }) => lane)).toEqual([undefined, undefined, undefined, "web:x"]);
    expect(keysOf(await conversation.dueReplies(second(50), 2))).toEqual(["early", "late"]);
  });

  it("leaves out lanes, and nothing that has none", async () => {
    const { conversation } = await place.open();
    for (const lane of ["a", "b", "c"]) await answer(conversation, lane, { lane: `web:${lane}` });
    await answer(conversation, "free");
    const without = ["web:a", "web:c", "web:other"];
    expect(keysOf(await conversation.dueReplies(second(50), 9, without)).toSorted()).toEqual(["b", "free"]);
  });
});

describeOnEveryDatabase("dead replies", (place) => {
  it("are listed, the latest first, and no others", async () => {
    const { conversation } = await place.open();
    for (const [age, key] of ["a", "b", "c", "alive"].entries())
      await answer(conversation, key, { createdAt: second(age).toISOString() });
    await conversation.markFailed("reply-alive", "later", second(40));
    for (const key of ["b", "a", "c"]) await conversation.markFailed(`reply-${key}`, `why ${key}`, null);
    expect(keysOf(await conversation.deadReplies(9))).toEqual(["c", "b", "a"]);
    expect(await conversation.deadReplies(1)).toMatchObject([
      { messageKey: "c", state: "dead", lastError: "why c", channel: "web" },
    ]);
  });
});

describeOnEveryDatabase("a withdrawn message", (place) => {
  it("that waits is done, and known", async () => {
    const { conversation } = await place.open();
    const message = makeMessage("a");
    await conversation.acceptMessage(message);
    expect(await conversation.withdrawMessage("web", "a", second(2))).toEqual({
      outcome: "withdrawn",
      message: message.message,
    });
    expect(await conversation.claimNextMessage(second(3))).toBeUndefined();
    expect(await conversation.acceptMessage(message)).toBe("duplicate");
    expect(await conversation.counts()).toEqual({ inbox: { done: 1 }, outbox: {} });
    expect(await conversation.pruneFinished(second(3))).toBe(1);
  });

  it("that is in work takes no reply any more", async () => {
    const { conversation } = await place.open();
    await claim(conversation, "a");
    await conversation.noteStream("web", "a", "card");
    const withdrawn = await conversation.withdrawMessage("web", "a", second(2));
    // Whoever works on it knows of its stream.
    expect(withdrawn).not.toHaveProperty("stream");
    const completion = makeCompletion("a", { turn: makeTurn("a") });
    await expect(conversation.completeMessage(completion)).rejects.toMatchObject({ code: "conflict" });
    expect(await conversation.turnOf("web", "a")).toBeUndefined();
    expect(await conversation.dueReplies(second(50), 9)).toEqual([]);
  });

  it("whose attempt was cut off gives its stream back", async () => {
    const { conversation } = await place.open();
    await claim(conversation, "a");
    await conversation.noteStream("web", "a", { card: "c" });
    await conversation.releaseClaims();
    expect(await conversation.withdrawMessage("web", "a", second(2))).toMatchObject({
      outcome: "withdrawn",
      stream: { card: "c" },
    });
  });

  it("whose reply is not sent loses it, and what is sent afterwards cannot be noted", async () => {
    const { conversation } = await place.open();
    await answer(conversation, "a");
    expect(await conversation.withdrawMessage("web", "a", second(2))).toMatchObject({
      outcome: "withdrawn",
    });
    expect(await conversation.counts()).toEqual({ inbox: { done: 1 }, outbox: {} });
    expect(await conversation.turnOf("web", "a")).toBeUndefined();
    const late = conversation.markDelivered("reply-a", "r", second(3));
    await expect(late).rejects.toMatchObject({ code: "not-found" });
    const failed = conversation.markFailed("reply-a", "e", second(3));
    await expect(failed).rejects.toMatchObject({ code: "not-found" });
  });

  it("whose reply was sent says as what, with its turn; its content is gone, once", async () => {
    const { conversation } = await place.open();
    await answer(conversation, "a");
    await conversation.markDelivered("reply-a", "om_1", second(2));
    const { reply } = makeCompletion("a").outbox;
    expect(await conversation.withdrawMessage("web", "a", second(3))).toEqual({
      ...{ outcome: "delivered", receipt: "om_1", reply },
      turn: makeTurn("a"),
    });
    expect(await conversation.keysOf("web", ["om_1"])).toEqual(["a"]);
    const again = await conversation.withdrawMessage("web", "a", second(4));
    expect(again).toEqual({ outcome: "delivered", receipt: "om_1", reply: null });
  });

  it("is unknown, or kept when who asks says so", async () => {
    const { conversation } = await place.open();
    await answer(conversation, "a");
    const seen: unknown[] = [];
    const keep = (message: unknown) => {
      seen.push(message);
      return true;
    };
    expect(await conversation.withdrawMessage("web", "b", second(2), keep)).toEqual({ outcome: "unknown" });
    expect(await conversation.withdrawMessage("other", "a", second(2), keep)).toEqual({ outcome: "unknown" });
    expect(await conversation.withdrawMessage("web", "a", second(2), keep)).toEqual({ outcome: "kept" });
    expect(seen).toEqual([makeMessage("a").message]);
    expect(await conversation.turnOf("web", "a")).toEqual(makeTurn("a"));
    expect(await conversation.dueReplies(second(50), 9)).toHaveLength(1);
  });

  it("and its completion at the same moment end as one or the other, never as both", async () => {
    const { conversation } = await place.open();
    for (let round = 0; round < 8; round += 1) {
      const key = `m${round}`;
      await claim(conversation, key);
      const [completed, withdrawn] = await Promise.allSettled([
        conversation.completeMessage(makeCompletion(key, { turn: makeTurn(key) })),
        conversation.withdrawMessage("web", key, second(2)),
      ]);
      expect(withdrawn).toMatchObject({ status: "fulfilled", value: { outcome: "withdrawn" } });
      if (completed.status === "rejected") expect(completed.reason).toMatchObject({ code: "conflict" });
      expect(await conversation.replyOf("web", key)).toBeUndefined();
      expect(await conversation.turnOf("web", key)).toBeUndefined();
    }
  });
});

describeOnEveryDatabase("the turn of a message", (place) => {
  it("is found by channel and key", async () => {
    const { conversation } = await place.open();
    await answer(conversation, "a");
    expect(await conversation.turnOf("web", "a")).toEqual(makeTurn("a"));
    expect(await conversation.turnOf("feishu", "a")).toBeUndefined();
  });
});
