import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConversationStore, InboxRecord } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { makeCompletion, makeMessage, makeTurn, second } from "../support/storage-samples.ts";

async function accept(store: ConversationStore, ...keys: string[]): Promise<void> {
  for (const [index, key] of keys.entries()) {
    const sessionKey = key.split("/")[0] ?? key;
    await store.acceptMessage(makeMessage(key, { sessionKey, acceptedAt: second(index).toISOString() }));
  }
}

async function claimKey(store: ConversationStore): Promise<string | undefined> {
  return (await store.claimNextMessage(second(30)))?.messageKey;
}

async function answer(store: ConversationStore, messageKey: string): Promise<void> {
  await store.acceptMessage(makeMessage(messageKey, { sessionKey: messageKey }));
  await store.claimNextMessage(second(1));
  await store.completeMessage(makeCompletion(messageKey));
}

describeOnEveryDatabase("conversation", (place) => {
  describe("inbox", () => {
    it("accepts a message once, whoever asks and however often", async () => {
      const { conversation } = await place.open();
      const outcomes = await Promise.all(
        Array.from({ length: 30 }, () => conversation.acceptMessage(makeMessage("a"))),
      );
      expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(1);
      expect(await conversation.acceptMessage(makeMessage("a", { channel: "feishu" }))).toBe("accepted");
      expect(await conversation.counts()).toEqual({ inbox: { accepted: 2 }, outbox: {} });
    });

    it("still knows a message after it was answered and after a restart", async () => {
      const options = await place.fresh();
      const first = await place.open(options);
      await answer(first.conversation, "a");
      await first.close();
      const { conversation } = await place.open(options);
      expect(await conversation.acceptMessage(makeMessage("a"))).toBe("duplicate");
      expect(await claimKey(conversation)).toBeUndefined();
    });

    it("gives a claimed message back as it came, and counts the attempts", async () => {
      const { conversation } = await place.open();
      const message = { text: "emoji 🏗️ \0 \uD800", nested: { list: [1, null] } };
      await conversation.acceptMessage(makeMessage("a", { message }));
      const expected = { ...makeMessage("a", { message }), state: "answering", attempts: 1 };
      expect(await conversation.claimNextMessage(second(1))).toEqual(expected);
      expect(await conversation.claimNextMessage(second(1))).toBeUndefined();
      expect(await conversation.releaseClaims()).toBe(1);
      expect(await conversation.claimNextMessage(second(2))).toEqual({ ...expected, attempts: 2 });
      expect(await conversation.releaseClaims()).toBe(1);
      expect(await conversation.counts()).toEqual({ inbox: { accepted: 1 }, outbox: {} });
    });

    it("takes the oldest first, and one message of a session at a time", async () => {
      const { conversation } = await place.open();
      await accept(conversation, "x/1", "x/2", "y/1", "x/3");
      expect(await claimKey(conversation)).toBe("x/1");
      expect(await claimKey(conversation)).toBe("y/1");
      expect(await claimKey(conversation)).toBeUndefined();
      await conversation.completeMessage(makeCompletion("x/1"));
      expect(await claimKey(conversation)).toBe("x/2");
      expect(await claimKey(conversation)).toBeUndefined();
    });

    it("keeps the order of arrival within one instant", async () => {
      const { conversation } = await place.open();
      const keys = ["c", "a", "b"];
      for (const key of keys) {
        await conversation.acceptMessage(makeMessage(key, { sessionKey: key }));
      }
      expect([
        await claimKey(conversation),
        await claimKey(conversation),
        await claimKey(conversation),
      ]).toEqual(keys);
    });

    it("keeps every session in order under many workers at once", async () => {
      const { conversation } = await place.open();
      const sessions = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 30 });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(sessions, fc.integer({ min: 1, max: 9 }), async (sequence, workers) => {
          run += 1;
          const keys = sequence.map(
            (session, index) => `${run}-${session}/${String(index).padStart(2, "0")}`,
          );
          await accept(conversation, ...keys);
          const done = await workThrough(conversation, workers);
          expect(done.toSorted()).toEqual(keys.toSorted());
          for (const session of new Set(sequence)) {
            const own = done.filter((key) => key.startsWith(`${run}-${session}/`));
            expect(own).toEqual(own.toSorted());
          }
        }),
        { numRuns: 8 },
      );
    });
  });

  describe("completion", () => {
    it("stores reply, turn and the end of the message together", async () => {
      const { conversation } = await place.open();
      await conversation.acceptMessage(makeMessage("a"));
      await conversation.claimNextMessage(second(1));
      await conversation.completeMessage(makeCompletion("a", { turn: makeTurn("a") }));
      expect(await conversation.counts()).toEqual({ inbox: { done: 1 }, outbox: { pending: 1 } });
      expect(await conversation.getTurn("turn-a")).toEqual(makeTurn("a"));
      expect(await conversation.getTurn("none")).toBeUndefined();
      expect(await conversation.dueReplies(second(2), 10)).toEqual([
        {
          ...makeCompletion("a").outbox,
          state: "pending",
          attempts: 0,
          receipt: null,
          lastError: null,
        },
      ]);
    });

    it("never stores a second reply to a message, not even at the same moment", async () => {
      const { conversation } = await place.open();
      await conversation.acceptMessage(makeMessage("a"));
      await conversation.claimNextMessage(second(1));
      const outcomes = await Promise.allSettled(
        [1, 2, 3, 4].map((number) => {
          const { outbox } = makeCompletion("a");
          const turn = makeTurn("a", { turnId: `turn-${number}` });
          return conversation.completeMessage(
            makeCompletion("a", { outbox: { ...outbox, outboxId: `reply-${number}` }, turn }),
          );
        }),
      );
      const refused = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(refused.map((outcome) => outcome.reason.code)).toEqual(["conflict", "conflict", "conflict"]);
      expect(await conversation.dueReplies(second(9), 10)).toHaveLength(1);
      expect(await conversation.recentTurns("session", 10)).toHaveLength(1);
    });

    it("refuses to answer what was never accepted", async () => {
      const { conversation } = await place.open();
      const completing = conversation.completeMessage(makeCompletion("none"));
      await expect(completing).rejects.toMatchObject({ code: "conflict" });
      expect(await conversation.counts()).toEqual({ inbox: {}, outbox: {} });
    });

    it("stores nothing at all when a part fails", async () => {
      const { conversation } = await place.open();
      await answer(conversation, "a");
      await conversation.acceptMessage(makeMessage("b"));
      await conversation.claimNextMessage(second(1));
      const { outbox } = makeCompletion("b");
      const taken = makeCompletion("b", { outbox: { ...outbox, outboxId: "reply-a" }, turn: makeTurn("b") });
      await expect(conversation.completeMessage(taken)).rejects.toMatchObject({ code: "conflict" });
      expect(await conversation.getTurn("turn-b")).toBeUndefined();
      expect(await conversation.counts()).toEqual({
        inbox: { done: 1, answering: 1 },
        outbox: { pending: 1 },
      });
      await conversation.completeMessage(makeCompletion("b"));
    });

    it("gives the latest turns of a session, oldest first", async () => {
      const { conversation } = await place.open();
      for (const key of ["a", "b", "c", "d"]) {
        await conversation.acceptMessage(makeMessage(key));
        await conversation.claimNextMessage(second(1));
        const sessionKey = key === "c" ? "other" : "session";
        await conversation.completeMessage(makeCompletion(key, { turn: makeTurn(key, { sessionKey }) }));
      }
      const turns = await conversation.recentTurns("session", 2);
      expect(turns.map((turn) => turn.turnId)).toEqual(["turn-b", "turn-d"]);
      expect(await conversation.recentTurns("nobody", 2)).toEqual([]);
    });
  });

  describe("outbox", () => {
    it("retries a failed reply when it is due, and gives up when told", async () => {
      const { conversation } = await place.open();
      await answer(conversation, "a");
      await answer(conversation, "b");
      expect(await conversation.dueReplies(second(1), 10)).toEqual([]);
      await conversation.markFailed("reply-a", "timeout", second(20));
      const due = async (at: number) =>
        (await conversation.dueReplies(second(at), 10)).map((reply) => [reply.outboxId, reply.attempts]);
      expect(await due(19)).toEqual([["reply-b", 0]]);
      expect(await due(20)).toEqual([
        ["reply-a", 1],
        ["reply-b", 0],
      ]);
      expect(await conversation.dueReplies(second(20), 1)).toMatchObject([{ lastError: "timeout" }]);
      await conversation.markFailed("reply-a", "blocked", null);
      expect(await due(59)).toEqual([["reply-b", 0]]);
      expect((await conversation.counts()).outbox).toEqual({ pending: 1, dead: 1 });
    });

    it("does not undo a delivery", async () => {
      const { conversation } = await place.open();
      await answer(conversation, "a");
      await conversation.markDelivered("reply-a", "first", second(3));
      await conversation.markDelivered("reply-a", "second", second(4));
      await conversation.markFailed("reply-a", "late", second(5));
      expect((await conversation.counts()).outbox).toEqual({ delivered: 1 });
      expect(await conversation.dueReplies(second(59), 10)).toEqual([]);
      for (const marking of [
        () => conversation.markDelivered("none", "r", second(5)),
        () => conversation.markFailed("none", "e", null),
      ]) {
        await expect(marking()).rejects.toMatchObject({ code: "not-found" });
      }
    });

    it("tells what has become of a reply or a notice, by its key", async () => {
      const { conversation } = await place.open();
      await answer(conversation, "a");
      expect(await conversation.replyOf("web", "a")).toEqual({
        state: "pending",
        receipt: null,
        lastError: null,
      });
      await conversation.markFailed("reply-a", "timeout", second(9));
      expect(await conversation.replyOf("web", "a")).toMatchObject({
        state: "pending",
        lastError: "timeout",
      });
      await conversation.markDelivered("reply-a", "om_1", second(9));
      expect(await conversation.replyOf("web", "a")).toEqual({
        state: "delivered",
        receipt: "om_1",
        lastError: null,
      });
      await conversation.enqueueNotice({ ...makeCompletion("notice"), sessionKey: "session" });
      await conversation.markFailed("reply-notice", "gone", null);
      expect(await conversation.replyOf("web", "notice")).toEqual({
        state: "dead",
        receipt: null,
        lastError: "gone",
      });
    });

    it("knows no reply of another channel, of a message in work, or any more", async () => {
      const { conversation } = await place.open();
      await conversation.acceptMessage(makeMessage("waiting"));
      expect(await conversation.replyOf("web", "waiting")).toBeUndefined();
      await answer(conversation, "a");
      expect(await conversation.replyOf("feishu", "a")).toBeUndefined();
      expect(await conversation.replyOf("web", "reply-a")).toBeUndefined();
      await conversation.markDelivered("reply-a", "om_1", second(3));
      await conversation.pruneFinished(second(9));
      expect(await conversation.replyOf("web", "a")).toBeUndefined();
    });

    it("removes finished messages with their replies, and nothing that is on its way or young", async () => {
      const { conversation } = await place.open();
      for (const key of ["delivered", "dead", "pending"]) await answer(conversation, key);
      await conversation.markDelivered("reply-delivered", "r", second(3));
      await conversation.markFailed("reply-dead", "e", null);
      await conversation.acceptMessage(makeMessage("waiting"));
      expect(await conversation.pruneFinished(second(2))).toBe(0);
      expect(await conversation.pruneFinished(second(3))).toBe(4);
      expect(await conversation.counts()).toEqual({
        inbox: { done: 1, accepted: 1 },
        outbox: { pending: 1 },
      });
      expect(await conversation.acceptMessage(makeMessage("pending"))).toBe("duplicate");
      expect(await conversation.acceptMessage(makeMessage("dead"))).toBe("accepted");
    });
  });

  it("keeps runs of the evaluation, latest first", async () => {
    const { evaluation } = await place.open();
    for (const number of [2, 1, 3]) {
      await evaluation.saveRun({
        runId: `run-${number}`,
        at: second(number).toISOString(),
        scorecard: { hit: number },
      });
    }
    expect(await evaluation.latestRuns(2)).toEqual([
      { runId: "run-3", at: second(3).toISOString(), scorecard: { hit: 3 } },
      { runId: "run-2", at: second(2).toISOString(), scorecard: { hit: 2 } },
    ]);
    await evaluation.saveRun({ runId: "run-3", at: second(3).toISOString(), scorecard: { hit: 9 } });
    expect(await evaluation.latestRuns(1)).toMatchObject([{ scorecard: { hit: 9 } }]);
  });
});

/** Workers that claim and complete until nothing is left; returns the messages in the order of completion. */
async function workThrough(store: ConversationStore, workers: number): Promise<string[]> {
  const done: string[] = [];
  const busy = new Set<string>();
  const work = async (): Promise<void> => {
    while (true) {
      const message: InboxRecord | undefined = await store.claimNextMessage(second(30));
      if (!message) {
        const { inbox } = await store.counts();
        if (!inbox["accepted"]) return;
        continue;
      }
      expect(busy.has(message.sessionKey)).toBe(false);
      busy.add(message.sessionKey);
      await store.counts();
      done.push(message.messageKey);
      busy.delete(message.sessionKey);
      await store.completeMessage(makeCompletion(message.messageKey));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return done;
}
