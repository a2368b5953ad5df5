import { expect, it } from "vitest";
import type { FeedbackRecord } from "../../src/storage/index.ts";
import { describeOnEveryDatabase } from "../support/storage-places.ts";
import { makeCompletion, makeMessage, makeTurn } from "../support/storage-samples.ts";

function judgement(
  messageKey: string,
  account: string,
  change: Partial<FeedbackRecord> = {},
): FeedbackRecord {
  return {
    ...{ channel: "feishu", messageKey, account, verdict: "helpful", cause: null, reason: null },
    at: "2026-11-23T01:00:00.000Z",
    ...change,
  };
}

describeOnEveryDatabase("judgements of answers", (place) => {
  it("keep the latest word of an account", async () => {
    const { feedback } = await place.open();
    expect(await feedback.save(judgement("m1", "feishu:a"))).toBe("saved");
    const worse = judgement("m1", "feishu:a", { verdict: "unhelpful", cause: "outdated", reason: "旧文件" });
    expect(await feedback.save(worse)).toBe("changed");
    expect(await feedback.get("feishu", "m1", "feishu:a")).toEqual(worse);
    expect(await feedback.get("web", "m1", "feishu:a")).toBeUndefined();
    expect(await feedback.count({})).toEqual({ helpful: 0, unhelpful: 1 });
  });

  it("are one, however often the same word is kept at the same moment", async () => {
    const { feedback } = await place.open();
    await Promise.all(Array.from({ length: 8 }, () => feedback.save(judgement("m1", "feishu:a"))));
    expect(await feedback.list({})).toEqual([judgement("m1", "feishu:a")]);
  });

  it("are read by period and verdict, latest first", async () => {
    const { feedback } = await place.open();
    const days = ["2026-11-21", "2026-11-22", "2026-11-23"];
    for (const [index, day] of days.entries()) {
      const verdict = index === 1 ? "unhelpful" : "helpful";
      await feedback.save(judgement(`m${index}`, "feishu:a", { verdict, at: `${day}T00:00:00.000Z` }));
    }
    const period = { from: "2026-11-22T00:00:00.000Z", to: "2026-11-23T00:00:00.000Z" };
    expect((await feedback.list(period)).map(({ messageKey }) => messageKey)).toEqual(["m1"]);
    expect(await feedback.count(period)).toEqual({ helpful: 0, unhelpful: 1 });
    const helpful = await feedback.list({}, { verdict: "helpful", limit: 1 });
    expect(helpful.map(({ messageKey }) => messageKey)).toEqual(["m2"]);
  });

  it("are given back and erased account by account", async () => {
    const { feedback } = await place.open();
    await feedback.save(judgement("m2", "feishu:a", { at: "2026-11-24T00:00:00.000Z" }));
    await feedback.save(judgement("m1", "feishu:a"));
    await feedback.save(judgement("m1", "feishu:ab"));
    expect((await feedback.ofAccount("feishu:a")).map(({ messageKey }) => messageKey)).toEqual(["m1", "m2"]);
    expect(await feedback.eraseAccount("feishu:a")).toBe(2);
    expect(await feedback.eraseAccount("feishu:a")).toBe(0);
    expect((await feedback.list({})).map(({ account }) => account)).toEqual(["feishu:ab"]);
  });
});

describeOnEveryDatabase("whether somebody was answered in a direct chat", (place) => {
  it("is known until they have it deleted", async () => {
    const { conversation } = await place.open();
    const answer = async (key: string, userId: string, chatKind: "direct" | "group") => {
      const asker = { channel: "test", userId, chatId: `chat-${userId}`, chatKind, replyTarget: null };
      await conversation.acceptMessage(makeMessage(key, { sessionKey: `test/chat/${userId}/` }));
      const turn = makeTurn(key, { asker, sessionKey: `test/chat/${userId}/` });
      await conversation.completeMessage({ ...makeCompletion(key), turn });
      return turn.channel;
    };
    const channel = await answer("m1", "alone", "direct");
    await answer("m2", "others", "group");
    expect(await conversation.spokeDirectly(channel, "alone")).toBe(true);
    expect(await conversation.spokeDirectly(channel, "others")).toBe(false);
    expect(await conversation.spokeDirectly(channel, "stranger")).toBe(false);
    await conversation.eraseUser(channel, "alone");
    expect(await conversation.spokeDirectly(channel, "alone")).toBe(false);
  });
});
