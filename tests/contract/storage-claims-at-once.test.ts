import { expect, it } from "vitest";
import type { ConversationStore, InboxRecord } from "../../src/storage/index.ts";
import { describeOnPostgres, describeOnSqlite } from "../support/storage-places.ts";
import { makeCompletion, makeMessage, second } from "../support/storage-samples.ts";

type AcceptAndClaim = NonNullable<ConversationStore["acceptAndClaim"]>;

function methodOf(store: ConversationStore): AcceptAndClaim {
  if (!store.acceptAndClaim) throw new Error("not there");
  return store.acceptAndClaim;
}

const keyOf = (outcome: string | InboxRecord) => (typeof outcome === "string" ? outcome : outcome.messageKey);

describeOnSqlite("messages that are claimed as they come", (place) => {
  it("come back as they would from the row, with one attempt counted", async () => {
    const { conversation } = await place.open();
    const message = { text: "emoji 🏗️ \0 \uD800", nothing: undefined, nested: { list: [1, null] } };
    const taken = await methodOf(conversation)(makeMessage("a\0", { message, sessionKey: "s" }), second(1));
    expect(taken).toMatchObject({ messageKey: "a\uFFFD", state: "answering", attempts: 1 });
    expect(await conversation.releaseClaims()).toBe(1);
    expect(await conversation.claimNextMessage(second(2))).toEqual({ ...(taken as object), attempts: 2 });
  });

  it("are accepted once, whoever asks and however often", async () => {
    const { conversation } = await place.open();
    const accept = methodOf(conversation);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => accept(makeMessage("a", { sessionKey: "s" }), second(1))),
    );
    expect(outcomes.filter((outcome) => outcome !== "duplicate").map(keyOf)).toEqual(["a"]);
    await conversation.completeMessage(makeCompletion("a"));
    expect(await accept(makeMessage("a", { sessionKey: "s" }), second(3))).toBe("duplicate");
    expect(await conversation.counts()).toEqual({ inbox: { done: 1 }, outbox: { pending: 1 } });
  });

  it("wait behind what waits or is in work in their session, and behind nothing else", async () => {
    const { conversation } = await place.open();
    const accept = methodOf(conversation);
    const arrive = async (key: string, sessionKey: string) =>
      keyOf(await accept(makeMessage(key, { sessionKey }), second(1)));
    expect(await arrive("a1", "a")).toBe("a1");
    expect(await arrive("a2", "a")).toBe("accepted");
    expect(await arrive("b1", "b")).toBe("b1");
    await conversation.completeMessage(makeCompletion("a1"));
    // Nothing of the session is in work, and one waits.
    expect(await arrive("a3", "a")).toBe("accepted");
    expect((await conversation.claimNextMessage(second(2)))?.messageKey).toBe("a2");
    await conversation.completeMessage(makeCompletion("a2"));
    expect((await conversation.claimNextMessage(second(3)))?.messageKey).toBe("a3");
    await conversation.completeMessage(makeCompletion("a3"));
    expect(await arrive("a4", "a")).toBe("a4");
  });

  it("never put two of a session in work, however many come and are claimed together", async () => {
    const { conversation } = await place.open();
    const accept = methodOf(conversation);
    const taken = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const record = makeMessage(`m${index}`, { sessionKey: `s${index % 4}` });
        const outcome = await accept(record, second(1));
        return [outcome, index % 3 === 0 ? await conversation.claimNextMessage(second(2)) : undefined];
      }),
    );
    const claimed = taken.flat().flatMap((each) => (typeof each === "object" ? [each.sessionKey] : []));
    expect(claimed.toSorted()).toEqual(["s0", "s1", "s2", "s3"]);
  });

  it("are there after a power cut as those that were claimed later", async () => {
    const options = await place.fresh();
    const first = await place.open(options);
    await methodOf(first.conversation)(makeMessage("a", { sessionKey: "s" }), second(1));
    await first.close();
    const { conversation } = await place.open(options);
    expect(await conversation.claimNextMessage(second(2))).toBeUndefined();
    expect(await conversation.releaseClaims()).toBe(1);
    expect(await conversation.claimNextMessage(second(2))).toMatchObject({ messageKey: "a", attempts: 2 });
  });

  it("a change that throws before it is one holds up no other", async () => {
    const { conversation } = await place.open();
    await expect(conversation.markFailed("none", "x", new Date(Number.NaN))).rejects.toThrow();
    expect(await conversation.acceptMessage(makeMessage("a"))).toBe("accepted");
  });
});

describeOnPostgres("messages that are claimed as they come", (place) => {
  it("are none: other processes claim as well", async () => {
    const { conversation } = await place.open();
    expect(conversation.acceptAndClaim).toBeUndefined();
  });
});
