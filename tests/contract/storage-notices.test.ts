import { expect, it } from "vitest";
import type { ConversationStore, TurnRecord } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { makeCompletion, makeMessage, makeTurn, second } from "../support/storage-samples.ts";

type Notice = Parameters<ConversationStore["enqueueNotice"]>[0];

function makeNotice(messageKey: string, overrides: Partial<Notice> = {}): Notice {
  return { ...makeCompletion(messageKey), sessionKey: "session", ...overrides };
}

describeOnEveryDatabase("notices", (place) => {
  it("puts a reply to nothing into the outbox, with its turn", async () => {
    const { conversation } = await place.open();
    const notice = makeNotice("correction:t1:7", { turn: makeTurn("correction:t1:7") });
    expect(await conversation.enqueueNotice(notice)).toBe("enqueued");
    expect(await conversation.counts()).toEqual({ inbox: { done: 1 }, outbox: { pending: 1 } });
    expect(await conversation.dueReplies(second(9), 10)).toMatchObject([notice.outbox]);
    expect(await conversation.getTurn("turn-correction:t1:7")).toEqual(notice.turn);
    expect(await conversation.claimNextMessage(second(9))).toBeUndefined();
  });

  it("goes out once, however many enqueue it at the same moment", async () => {
    const { conversation } = await place.open();
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, number) => {
        const { outbox } = makeCompletion("digest");
        return conversation.enqueueNotice(
          makeNotice("digest", { outbox: { ...outbox, outboxId: `reply-${number}` } }),
        );
      }),
    );
    expect(outcomes.filter((outcome) => outcome === "enqueued")).toHaveLength(1);
    expect((await conversation.counts()).outbox).toEqual({ pending: 1 });
    const elsewhere = makeCompletion("digest");
    const other = makeNotice("digest", {
      channel: "feishu",
      outbox: { ...elsewhere.outbox, channel: "feishu", outboxId: "other" },
    });
    expect(await conversation.enqueueNotice(other)).toBe("enqueued");
  });

  it("is remembered when inbox and outbox have forgotten it, and after a restart", async () => {
    const options = await place.fresh();
    const first = await place.open(options);
    await first.conversation.enqueueNotice(makeNotice("digest"));
    await first.conversation.markDelivered("reply-digest", "r", second(3));
    expect(await first.conversation.pruneFinished(second(30))).toBe(2);
    expect(await first.conversation.counts()).toEqual({ inbox: {}, outbox: {} });
    await first.close();
    const { conversation } = await place.open(options);
    const again = makeNotice("digest", { turn: makeTurn("digest") });
    expect(await conversation.enqueueNotice(again)).toBe("duplicate");
    expect(await conversation.counts()).toEqual({ inbox: {}, outbox: {} });
    expect(await conversation.getTurn("turn-digest")).toBeUndefined();
  });

  it("stores nothing when a part fails, and can be tried again", async () => {
    const { conversation } = await place.open();
    await conversation.enqueueNotice(makeNotice("a"));
    const taken = makeNotice("b", {
      outbox: { ...makeCompletion("b").outbox, outboxId: "reply-a" },
      turn: makeTurn("b"),
    });
    await expect(conversation.enqueueNotice(taken)).rejects.toMatchObject({ code: "conflict" });
    expect(await conversation.getTurn("turn-b")).toBeUndefined();
    expect(await conversation.enqueueNotice(makeNotice("b"))).toBe("enqueued");
  });

  it("gives way to a message of that key", async () => {
    const { conversation } = await place.open();
    await conversation.acceptMessage(makeMessage("a"));
    expect(await conversation.enqueueNotice(makeNotice("a"))).toBe("duplicate");
    expect(await conversation.counts()).toEqual({ inbox: { accepted: 1 }, outbox: {} });
  });
});

describeOnEveryDatabase("turns", (place) => {
  it.each([1, 2, 3, 100])("walks over the turns since an instant, oldest first, by %i", async (size) => {
    const { conversation } = await place.open();
    const instants = [5, 3, 3, 1, 3, 9];
    const turns: TurnRecord[] = instants.map((number, index) =>
      makeTurn(`m${index}`, { at: second(number).toISOString(), sessionKey: `s${index}` }),
    );
    for (const turn of turns) {
      await conversation.enqueueNotice(makeNotice(turn.messageKey, { turn }));
    }
    const since = async (at: Date) => {
      const seen: TurnRecord[] = [];
      await conversation.eachTurnSince(at, size, (batch) => {
        expect(batch.length).toBeLessThanOrEqual(size);
        seen.push(...batch);
      });
      return seen.map((turn) => turn.messageKey);
    };
    expect(await since(second(3))).toEqual(["m1", "m2", "m4", "m0", "m5"]);
    expect(await since(second(0))).toHaveLength(6);
    expect(await since(second(10))).toEqual([]);
  });

  it("keeps who asked, and null where nobody said", async () => {
    const { conversation } = await place.open();
    const { asker, ...anonymous } = makeTurn("b");
    await conversation.enqueueNotice(makeNotice("a", { turn: makeTurn("a") }));
    await conversation.enqueueNotice(makeNotice("b", { turn: anonymous }));
    expect((await conversation.getTurn("turn-a"))?.asker).toEqual(asker);
    expect((await conversation.getTurn("turn-b"))?.asker).toBeNull();
    expect(await conversation.recentTurns("session", 5)).toMatchObject([{ asker }, { asker: null }]);
  });
});
