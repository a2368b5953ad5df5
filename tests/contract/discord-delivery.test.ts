import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answer,
  citation,
  quietReply,
  reply,
  SAMPLE_REPLIES,
  sentences,
  workCard,
} from "../support/channel-contract/sample-replies.ts";
import {
  callsThatMayPing,
  type DiscordPlace,
  deliverAtLast,
  failureOf,
  openDiscordPlace,
  outgoing,
} from "../support/discord-server/open-place.ts";
import { readShown } from "../support/discord-server/read-shown.ts";

let at: DiscordPlace;

beforeEach(async () => {
  at = await openDiscordPlace();
});

afterEach(async () => {
  expect(callsThatMayPing(at.server)).toEqual([]);
  expect(at.server.sent.flatMap(({ pinged }) => [...pinged.users, ...pinged.roles])).toEqual([]);
  await at.close();
});

const sends = () => at.server.calls.filter(({ route }) => route === "create-message");
const shown = () => at.server.sent.map((message) => readShown(message).text);

describe("limits of calls", () => {
  it.each(["user", "shared", "global"] as const)("sits out a short one: %s", async (limited) => {
    const { message } = await at.ask();
    at.server.failNext("create-message", { limited, retryAfterMs: 40 }, { limited, retryAfterMs: 40 });
    await at.running.channel.deliver(outgoing(message, answer()));
    expect(at.server.sent).toHaveLength(1);
  });

  it("gives a long one back to the outbox with the wait, and holds the chat for that time", async () => {
    const { message } = await at.ask();
    at.server.failNext("create-message", { limited: "user", retryAfterMs: 60_000 });
    const error = await failureOf(at.running.channel.deliver(outgoing(message, answer())));
    expect(error).toMatchObject({ retryable: true, safeMessage: expect.stringContaining("限流") });
    expect(error.retryAfterMs).toBeGreaterThan(30_000);
    const { laneOf, delayOf } = at.running.channel;
    expect(laneOf?.(message.replyTarget)).toBeDefined();
    expect(delayOf?.(message.replyTarget, 0)).toBeGreaterThan(30_000);
    expect(at.server.sent).toEqual([]);
  });

  it("heeds the buckets: a burst in one channel is never refused", async () => {
    const { message } = await at.ask();
    await Promise.all(
      Array.from({ length: 12 }, () => deliverAtLast(at.running, outgoing(message, reply()))),
    );
    expect(at.server.sent).toHaveLength(12);
    expect(at.server.limits.refusals()).toBeLessThanOrEqual(1);
  });
});

describe("broken and lost answers", () => {
  it.each([
    ["a server error", { status: 500 }],
    ["a proxy's page", { status: 502, rawBody: "<html>bad gateway</html>" }],
    ["an answer lost after the message was taken", { lost: true }],
    ["a connection that ends", { refused: true }],
    ["a slow answer", { delayMs: 2_300 }],
  ])("%s: one message in the end", async (_name, failure) => {
    const { message } = await at.ask();
    at.server.failNext("create-message", failure);
    await deliverAtLast(at.running, outgoing(message, answer()));
    expect(at.server.sent).toHaveLength(1);
  });

  it("shows every reply once in bad weather", async () => {
    const { message } = await at.ask();
    at.server.setWeather({ limited: 15, broken: 15, lost: 15, refused: 10, slow: 10, slowMs: 60 }, 20261123);
    const replies = Array.from({ length: 25 }, (_, index) => reply({ headline: `第${index + 1}条答复。` }));
    await Promise.all(replies.map((each) => deliverAtLast(at.running, outgoing(message, each))));
    at.server.setWeather(undefined);
    expect(at.server.faultCount()).toBeGreaterThan(5);
    const headlines = shown().map((text) => /第\d+条答复。/.exec(text)?.[0]);
    expect(headlines.toSorted()).toEqual(replies.map(({ headline }) => headline).toSorted());
  });
});

describe("what cannot work is said and not tried again and again", () => {
  it("a wrong token waits for the operator, and works again with a right one", async () => {
    const { message } = await at.ask();
    at.server.failNext("create-message", { status: 401, message: "401: Unauthorized" });
    const next = outgoing(message, answer());
    expect(await failureOf(at.running.channel.deliver(next))).toMatchObject({
      retryable: true,
      safeMessage: expect.stringContaining("DISCORD_TOKEN"),
    });
    await at.running.channel.deliver(next);
    expect(at.server.sent).toHaveLength(1);
  });

  it.each([
    ["50013", ["sendMessages"], /权限/],
    ["50001", ["viewChannel"], /看不到|权限/],
  ] as const)("%s: no permission", async (_code, lacking, says) => {
    const { message } = await at.ask();
    at.hands.deny(at.place, ...lacking);
    const error = await failureOf(at.running.channel.deliver(outgoing(message, answer())));
    expect(error).toMatchObject({ retryable: false, safeMessage: expect.stringMatching(says) });
    expect(sends().length).toBeLessThanOrEqual(3);
    expect(at.server.sent).toEqual([]);
  });

  it("10003: a channel that is gone", async () => {
    const { message } = await at.ask();
    at.hands.removeChannel(at.place);
    const error = await failureOf(at.running.channel.deliver(outgoing(message, answer())));
    expect(error).toMatchObject({ retryable: false, safeMessage: expect.stringMatching(/删除/) });
  });

  it("50007: a person who takes no direct messages", async () => {
    at.asker.blocksDirect = true;
    const target = at.running.channel.directTarget?.(at.asker.id);
    const error = await failureOf(
      at.running.channel.deliver(outgoing({ messageKey: "notice", replyTarget: target }, answer())),
    );
    expect(error).toMatchObject({ retryable: false, safeMessage: expect.stringContaining("私信") });
  });
});

describe("what can be helped", () => {
  it("a question that was deleted gets its answer as an ordinary message", async () => {
    const { said, message } = await at.ask();
    at.hands.remove(said);
    await at.running.channel.deliver(outgoing(message, answer()));
    expect(at.server.sent).toMatchObject([{ reference: null, channelId: at.place.id }]);
  });

  it("where old messages may not be read, the answer comes without reference", async () => {
    const { message } = await at.ask();
    at.hands.deny(at.place, "readHistory");
    await at.running.channel.deliver(outgoing(message, answer()));
    expect(at.server.sent).toHaveLength(1);
  });

  it("without the permission to embed it comes as text, with every citation", async () => {
    const { message } = await at.ask();
    at.hands.deny(at.place, "embedLinks");
    await at.running.channel.deliver(outgoing(message, answer()));
    const text = shown().join("\n");
    for (const word of [
      "不得转让、买卖",
      "领导小组办公室",
      "云川市科技创新券管理办法",
      "文件未载明",
      "下一步",
    ])
      expect(text).toContain(word);
    expect(at.server.sent.every(({ embeds }) => embeds.length === 0)).toBe(true);
  });

  it("where marks are not allowed, a quiet reply is one line", async () => {
    const { said, message } = await at.ask();
    at.hands.deny(at.place, "addReactions");
    await at.running.channel.deliver(outgoing(message, quietReply()));
    expect(said.reactions).toEqual([]);
    expect(shown()).toEqual([expect.stringContaining("已转给专员")]);
  });
});

describe("long answers", () => {
  it("are divided between citations: none is lost, cut or without its source", async () => {
    const { message } = await at.ask();
    const blocks = Array.from({ length: 30 }, (_, index) => citation(index + 1, sentences(index + 1, 10)));
    await at.running.channel.deliver(outgoing(message, reply({ blocks })));
    expect(at.server.sent.length).toBeGreaterThan(2);
    const texts = shown();
    for (const { section, quote } of blocks) {
      const holding = texts.filter((text) => text.replace(/\s/g, "").includes(quote));
      expect(holding, section).toHaveLength(1);
      expect(holding[0]).toContain(section);
    }
  });

  it("stay in order when others speak at the same time, and only the first one answers the question", async () => {
    const { message } = await at.ask();
    const blocks = Array.from({ length: 30 }, (_, index) => citation(index + 1, sentences(index + 1, 10)));
    await Promise.all([
      at.running.channel.deliver(outgoing(message, reply({ headline: "甲答复。", blocks }))),
      at.running.channel.deliver(outgoing(message, reply({ headline: "乙答复。", blocks }))),
    ]);
    const numbers = shown().flatMap((text) =>
      [...text.matchAll(/二（(\d+)）/g)].map(([, number]) => Number(number)),
    );
    expect(numbers).toHaveLength(60);
  });
});

describe("a reply that fills", () => {
  const steps = Array.from({ length: 10 }, (_, index) => reply({ headline: `创新券${"用".repeat(index)}` }));

  it("is edited not faster than its pace, and the latest wins", async () => {
    await at.restart({ tuning: { streamIntervalMs: 120 } });
    const { message } = await at.ask();
    const stream = await at.running.channel.openStream?.({
      ...message,
      reply: reply({ headline: "正在查阅文件……" }),
    });
    for (const step of steps) {
      stream?.show(step);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await stream?.settle();
    const [first] = at.server.sent;
    const times = first?.edits.map((edit) => edit.at) ?? [];
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThan(1);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(100);
    expect(times.length).toBeLessThan(steps.length);
  });

  it.each([
    ["a limit", { limited: "user" as const, retryAfterMs: 30 }],
    ["server errors", { status: 500 }],
    ["lost answers", { lost: true }],
  ])("survives %s, and ends as the whole answer in the same message", async (_name, failure) => {
    const { message } = await at.ask();
    const stream = await at.running.channel.openStream?.({
      ...message,
      reply: reply({ headline: "正在查阅文件……" }),
    });
    at.server.failNext("edit-message", failure, failure, failure);
    for (const step of steps) stream?.show(step);
    await stream?.settle();
    const last = { ...outgoing(message, answer()), stream: stream?.resume };
    await deliverAtLast(at.running, last);
    expect(shown()).toEqual([expect.stringContaining("不得转让、买卖")]);
  });

  it("is sent anew when its message was deleted meanwhile", async () => {
    const { message } = await at.ask();
    const stream = await at.running.channel.openStream?.({
      ...message,
      reply: reply({ headline: "正在查阅文件……" }),
    });
    const [first] = at.server.sent;
    if (first) at.hands.remove(first);
    await deliverAtLast(at.running, { ...outgoing(message, answer()), stream: stream?.resume });
    expect(shown()).toEqual([expect.stringContaining("不得转让、买卖")]);
  });

  it("is not opened where the bot may not speak, and nothing is thrown", async () => {
    const { message } = await at.ask();
    at.hands.deny(at.place, "sendMessages");
    expect(await at.running.channel.openStream?.({ ...message, reply: reply() })).toBeUndefined();
  });

  it("of many citations continues in further messages", async () => {
    const { message } = await at.ask();
    const stream = await at.running.channel.openStream?.({
      ...message,
      reply: reply({ headline: "正在查阅文件……" }),
    });
    const long = SAMPLE_REPLIES.get("an answer of many long citations") ?? answer();
    await deliverAtLast(at.running, { ...outgoing(message, long), stream: stream?.resume });
    expect(at.server.sent.length).toBeGreaterThan(1);
    expect(shown().join("")).not.toContain("正在查阅文件");
  });
});

describe("a card that is worked on", () => {
  it("is replaced by a new one when somebody deleted it", async () => {
    const target = at.running.channel.groupTarget?.(at.place.id);
    const notice = { messageKey: "ticket-1", replyTarget: target };
    const { receipt } = await at.running.channel.deliver(outgoing(notice, workCard("待认领")));
    const [card] = at.server.sent;
    if (card) at.hands.remove(card);
    const revised = await at.running.channel.revise?.(receipt, outgoing(notice, workCard("处理中")));
    expect(revised?.receipt).not.toBe(receipt);
    expect(shown()).toEqual([expect.stringContaining("处理中")]);
  });

  it("opens a thread for the work, once", async () => {
    const target = at.running.channel.groupTarget?.(at.place.id);
    const sent = outgoing({ messageKey: "ticket-2", replyTarget: target }, workCard("待认领"));
    await at.running.channel.deliver(sent);
    await at.running.channel.deliver(sent);
    const threads = [...at.server.world.places.values()].filter(({ parentId }) => parentId === at.place.id);
    expect(threads).toHaveLength(1);
    expect(at.server.sent).toHaveLength(1);
  });
});
