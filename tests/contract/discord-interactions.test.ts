import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, citation, reply, sentences } from "../support/channel-contract/sample-replies.ts";
import {
  callsThatMayPing,
  type DiscordPlace,
  deliverAtLast,
  failureOf,
  openDiscordPlace,
  outgoing,
} from "../support/discord-server/open-place.ts";
import { readShown } from "../support/discord-server/read-shown.ts";
import { waitUntil } from "../support/discord-server/wait.ts";
import { watchPlace } from "../support/discord-server/watch-place.ts";

const SECRET = "注册资本与上年度营业收入（虚构）";
const CONFIDENTIAL = answer({ headline: SECRET, confidential: true, visibility: "asker" });

let at: DiscordPlace;

beforeEach(async () => {
  at = await openDiscordPlace();
  await waitUntil(() => at.server.commands.length > 0, "the commands");
});

afterEach(async () => {
  expect(callsThatMayPing(at.server)).toEqual([]);
  await at.close();
});

const { slash, answered, seenBy, onlookerSees } = watchPlace(() => at);
const askerSees = () => seenBy(at.asker.id).join("\n");
const inDirect = () =>
  at.hands.sees(at.asker.id, at.hands.directWith(at.asker.id)).map((each) => readShown(each).text);

describe("commands", () => {
  it("are there in English and Chinese, and registered once", async () => {
    expect(at.server.commands.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["ask", "match", "profile", "ticket", "kb"]),
    );
    for (const command of at.server.commands)
      expect(command["name_localizations"]).toMatchObject({ "zh-CN": expect.stringMatching(/[一-龥]/) });
    expect(at.server.commandWrites()).toBe(1);
    await at.restart();
    await at.restart();
    await slash("ask", { question: "有什么基金？" });
    expect(at.server.commandWrites()).toBe(1);
  });

  it("are put right when somebody changed them", async () => {
    const [first] = at.server.commands;
    if (first) first.description = "changed by hand";
    await at.restart();
    await waitUntil(() => at.server.commandWrites() === 2, "the repair");
    expect(at.server.commands.map(({ description }) => description)).not.toContain("changed by hand");
  });

  it("belong to one server when it is named", async () => {
    await at.restart({ config: { guildId: at.guild.id } });
    await waitUntil(
      () => at.server.commands.some(({ guild_id }) => guild_id === at.guild.id),
      "the server's commands",
    );
  });

  it("may fail to be registered: the bot answers all the same, and says what is wrong", async () => {
    await at.close();
    at = await openDiscordPlace();
    at.server.world.commands.clear();
    const broken = { status: 403, code: 50001, message: "Missing Access" };
    at.server.failNext("commands", broken, broken, broken);
    await at.restart();
    await at.ask();
    await waitUntil(() => /指令/.test(at.running.channel.status().detail), "the words");
    expect(at.running.channel.status().healthy).toBe(true);
  });
});

describe("a command", () => {
  it("is acknowledged in time though it is stored slowly, and its answer takes the place", async () => {
    await at.restart({ tuning: { acknowledgeWithinMs: 50 } });
    at.running.beforeAccept(() => new Promise((resolve) => setTimeout(resolve, 400)));
    const used = at.hands.slash(at.asker.id, at.place, "ask", { question: "有什么基金？" });
    await answered(used);
    expect(at.running.accepted).toEqual([]);
    const message = await at.running.arrived(used.id);
    expect(message).toMatchObject({
      text: "有什么基金？",
      chatKind: "group",
      chatId: at.place.id,
      userId: at.asker.id,
    });
    await at.running.channel.deliver(outgoing(message, answer()));
    expect(used.answeredAfterMs).toBeLessThan(3_000);
    expect(at.server.sent).toHaveLength(1);
    expect(onlookerSees()).toContain("不得转让、买卖");
  });

  it("that comes late is answered by an ordinary message", async () => {
    at.running.beforeAccept(async () => at.server.advance(3_500));
    const used = at.hands.slash(at.asker.id, at.place, "ask", { question: "有什么基金？" });
    const message = await at.running.arrived(used.id);
    await deliverAtLast(at.running, outgoing(message, answer()));
    expect(used.state).toBe("open");
    expect(at.server.sent).toMatchObject([{ via: "create", channelId: at.place.id }]);
  });

  it.each(["match", "profile", "ticket"])(
    "/%s is seen by who used it alone, to the last part",
    async (name) => {
      const options = name === "match" ? { text: "我们做精密减速器" } : {};
      const used =
        name === "ticket"
          ? at.hands.slash(at.asker.id, at.place, name, {}, "list")
          : at.hands.slash(at.asker.id, at.place, name, options);
      const message = await at.running.arrived(used.id);
      await answered(used);
      expect(message.chatKind).toBe("direct");
      const blocks = Array.from({ length: 24 }, (_, index) => citation(index + 1, sentences(index + 1, 12)));
      await at.running.channel.deliver(outgoing(message, { ...CONFIDENTIAL, blocks }));
      expect(at.hands.broughtBy(used).length).toBeGreaterThan(1);
      expect(askerSees()).toContain(SECRET);
      expect(onlookerSees()).toBe("");
    },
  );

  it("over 15 minutes old is answered by an ordinary message, and what is private by a direct one", async () => {
    const open = await slash("ask", { question: "有什么基金？" });
    const secret = await slash("match", { text: "我们做精密减速器" });
    at.server.advance(15 * 60_000 + 1_000);
    await deliverAtLast(at.running, outgoing(open.message, answer()));
    await deliverAtLast(at.running, outgoing(secret.message, CONFIDENTIAL));
    expect(onlookerSees()).toContain("不得转让、买卖");
    expect(onlookerSees()).not.toContain(SECRET);
    expect(inDirect().join()).toContain(SECRET);
  });

  it("whose token the platform refuses is answered without it", async () => {
    const { message } = await slash("ask", { question: "有什么基金？" });
    at.server.failNext("edit-original", { status: 401, code: 50027, message: "Invalid Webhook Token" });
    await deliverAtLast(at.running, outgoing(message, answer()));
    expect(at.server.sent.filter(({ via }) => via === "create")).toHaveLength(1);
  });

  it("in a direct chat is an ordinary question", async () => {
    const direct = at.hands.directWith(at.asker.id);
    const { message } = await slash("ask", { question: "有什么基金？" }, direct);
    expect(message).toMatchObject({ chatKind: "direct", text: "有什么基金？" });
    await at.running.channel.deliver(outgoing(message, answer()));
    expect(inDirect().join()).toContain("不得转让、买卖");
  });

  it("that cannot be stored, or came too fast, is told so to who used it alone", async () => {
    at.running.beforeAccept(async () => {
      throw new Error("the disk is full");
    });
    const used = at.hands.slash(at.asker.id, at.place, "ask", { question: "有什么基金？" });
    await answered(used);
    const [said] = at.hands.broughtBy(used);
    expect(said && readShown(said).text).toMatch(/错误编号/);
    expect(said?.onlyFor).toBe(at.asker.id);
    expect(onlookerSees()).toBe("");
  });

  it("completes the names of programs while they are typed, at most 25", async () => {
    const asked: string[] = [];
    const names = Array.from({ length: 40 }, (_, index) => `天使投资引导基金第${index + 1}期（虚构）`);
    await at.restart({
      hooks: {
        onSignal: async () => {},
        follows: async () => false,
        suggestPrograms: async (words, limit) => {
          asked.push(words);
          return [...names.slice(0, limit), "长".repeat(120)];
        },
      },
    });
    const typed = at.hands.complete(at.asker.id, at.place, "match", "program", "天使");
    await waitUntil(() => typed.choices !== undefined, "the names");
    expect(asked).toEqual(["天使"]);
    expect(typed.choices).toHaveLength(25);
    expect(typed.choices?.[0]).toMatchObject({ name: names[0] });
  });

  it("is filled while its answer is made, in the deferred answer", async () => {
    const { used, message } = await slash("ask", { question: "有什么基金？" });
    const stream = await at.running.channel.openStream?.({
      ...message,
      reply: reply({ headline: "正在查阅文件……" }),
    });
    stream?.show(reply({ headline: "创新券用于" }));
    await stream?.settle();
    await at.running.channel.deliver({ ...outgoing(message, answer()), stream: stream?.resume });
    expect(at.hands.broughtBy(used)).toHaveLength(1);
    expect(at.server.sent).toHaveLength(1);
    expect(askerSees()).toContain("不得转让、买卖");
  });
});

describe("what concerns one enterprise, asked where others read", () => {
  it("goes to the direct chat; the others learn only that", async () => {
    const { message } = await at.ask("我们能申请什么？");
    await at.running.channel.deliver(outgoing(message, CONFIDENTIAL));
    expect(onlookerSees()).not.toContain(SECRET);
    expect(onlookerSees()).toMatch(/私信/);
    expect(inDirect().join()).toContain(SECRET);
  });

  it("is told to be blocked, without a word of it, when the person takes no direct messages", async () => {
    at.asker.blocksDirect = true;
    const { message } = await at.ask("我们能申请什么？");
    await deliverAtLast(at.running, outgoing(message, CONFIDENTIAL));
    expect(onlookerSees()).not.toContain(SECRET);
    expect(onlookerSees()).toMatch(/隐私设置/);
  });

  it("after a public command is shown to the asker alone", async () => {
    const { message } = await slash("ask", { question: "我们能申请什么？" });
    await at.running.channel.deliver(outgoing(message, CONFIDENTIAL));
    expect(onlookerSees()).not.toContain(SECRET);
    expect(askerSees()).toContain(SECRET);
  });

  it("is in no place that somebody else can open, whatever fails on the way", async () => {
    at.server.setWeather({ broken: 25, lost: 20, limited: 15 }, 7);
    for (const privately of [true, false]) {
      const { message } = privately
        ? await slash("match", { text: "减速器" })
        : await at.ask("我们能申请什么？");
      await deliverAtLast(at.running, outgoing(message, CONFIDENTIAL)).catch(() => undefined);
    }
    at.server.setWeather(undefined);
    expect(onlookerSees()).not.toContain(SECRET);
  });
});

it("says an unknown reply target is not its own", async () => {
  const error = await failureOf(
    at.running.channel.deliver(
      outgoing({ messageKey: "x", replyTarget: { channelId: "../../users" } }, answer()),
    ),
  );
  expect(error.retryable).toBe(false);
});
