import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage, ReplyBlock } from "../../src/conversation/index.ts";
import {
  answer,
  citation,
  reply,
  SAMPLE_REPLIES,
  sentences,
} from "../support/channel-contract/sample-replies.ts";
import type { StoredInteraction } from "../support/discord-server/index.ts";
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

async function slash(name: string, options: Record<string, string> = {}, place = at.place) {
  const used = at.hands.slash(at.asker.id, place, name, options);
  const message = await at.running.arrived(used.id);
  await answered(used);
  return { used, message };
}

const answered = (used: StoredInteraction) => waitUntil(() => used.state !== "open", "the first answer");
const seenBy = (userId: string) => at.hands.sees(userId, at.place).map((message) => readShown(message).text);
/** With all that stood there for a moment. */
const onlookerSees = () => {
  const earlier = at.hands
    .sees(at.onlooker.id, at.place)
    .flatMap(({ edits }) => edits.map(({ before }) => before));
  return [...seenBy(at.onlooker.id), ...earlier.map((each) => JSON.stringify(each))].join("\n");
};
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

const FEEDBACK: ReplyBlock = {
  type: "actions",
  actions: [
    { name: "feedback", label: "有帮助", style: "default", values: { turn: "0123456789", mark: "yes" } },
    {
      name: "data.delete",
      label: "删除",
      style: "danger",
      values: { scope: "all" },
      confirm: "确定删除全部资料？",
    },
    {
      name: "ticket.start",
      label: "找专员",
      style: "primary",
      values: { question: "创新券怎么用？".repeat(30) },
    },
  ],
};

describe("a button", () => {
  async function withButtons(): Promise<InboundMessage> {
    const { message } = await at.ask();
    await at.running.channel.deliver(outgoing(message, answer({ blocks: [...answer().blocks, FEEDBACK] })));
    return message;
  }
  const card = () => {
    const found = at.server.sent.find(({ components }) => components.length > 0);
    if (!found) throw new Error("no message with buttons");
    return found;
  };

  it.each([
    ["有帮助", "feedback", { turn: "0123456789", mark: "yes" }],
    ["找专员", "ticket.start", { question: "创新券怎么用？".repeat(30) }],
  ])("%s brings its action with its values, however long, in time", async (label, name, values) => {
    await withButtons();
    const used = at.hands.press(at.onlooker.id, card(), label);
    const message = await at.running.arrived(used.id);
    await answered(used);
    expect(message).toMatchObject({
      userId: at.onlooker.id,
      chatId: at.place.id,
      text: "",
      action: { name, values },
    });
    await at.running.channel.deliver(outgoing(message, reply({ headline: "谢谢您的反馈。" })));
    expect(onlookerSees()).toContain("谢谢您的反馈");
  });

  it("that asks first does nothing until it was confirmed, by this person alone", async () => {
    await withButtons();
    const used = at.hands.press(at.asker.id, card(), "删除");
    await answered(used);
    expect(at.running.accepted.filter(({ action }) => action)).toEqual([]);
    const [question] = at.hands.broughtBy(used);
    expect(question).toMatchObject({ onlyFor: at.asker.id });
    expect(question && readShown(question).text).toContain("确定删除全部资料？");
    if (!question) return;
    expect(() => at.hands.press(at.onlooker.id, question, /确认/)).toThrow("does not see");
    const confirmed = at.hands.press(at.asker.id, question, /确认/);
    expect(await at.running.arrived(confirmed.id)).toMatchObject({ action: { name: "data.delete" } });
  });

  it("on a message that somebody copied to another place is refused", async () => {
    await withButtons();
    const elsewhere = at.hands.channel(at.guild, "别处");
    const copied = at.hands.say(at.onlooker.id, elsewhere, "转发");
    copied.components = card().components;
    const used = at.hands.press(at.onlooker.id, copied, "有帮助");
    await answered(used);
    expect(at.running.accepted.filter(({ action }) => action)).toEqual([]);
    const [said] = at.hands.broughtBy(used);
    expect(said && readShown(said).text).toMatch(/其他会话|失效/);
  });

  it("with a forged id is refused", async () => {
    await withButtons();
    const forged = at.hands.say(at.onlooker.id, at.place, "伪造");
    for (const custom_id of ["afeedback|mark=yes", "x", "aaaaaaaaaaaaaaaaafeedback|mark=yes"]) {
      forged.components = [{ type: 1, components: [{ type: 2, style: 1, label: "伪", custom_id }] }];
      await answered(at.hands.press(at.onlooker.id, forged, "伪"));
    }
    expect(at.running.accepted.filter(({ action }) => action)).toEqual([]);
  });

  it("pressed twice is two presses; brought twice by the platform is one", async () => {
    await withButtons();
    const first = at.hands.press(at.asker.id, card(), "有帮助");
    await at.running.arrived(first.id);
    at.server.gateway.repeatAtResume(1);
    at.server.gateway.drop();
    await waitUntil(() => at.running.offers() >= 3, "it once more");
    await at.running.arrived(at.hands.press(at.asker.id, card(), "有帮助").id);
    expect(at.running.accepted.filter(({ action }) => action)).toHaveLength(2);
  });

  it("of an answer that only the asker sees is answered there", async () => {
    const { message } = await slash("match", { text: "减速器" });
    await at.running.channel.deliver(outgoing(message, { ...CONFIDENTIAL, blocks: [FEEDBACK] }));
    const shown = at.server.sent.find(
      ({ onlyFor, components }) => onlyFor === at.asker.id && components.length > 0,
    );
    if (!shown) throw new Error("no private buttons");
    const used = at.hands.press(at.asker.id, shown, "有帮助");
    const pressed = await at.running.arrived(used.id);
    await answered(used);
    await at.running.channel.deliver(outgoing(pressed, { ...CONFIDENTIAL, blocks: [] }));
    expect(onlookerSees()).toBe("");
    expect(at.hands.broughtBy(used).every(({ onlyFor }) => onlyFor === at.asker.id)).toBe(true);
  });
});

describe("a form", () => {
  const profile = SAMPLE_REPLIES.get("a form with several buttons") ?? reply();

  async function openForm(): Promise<StoredInteraction> {
    const { message } = await slash("profile");
    await at.running.channel.deliver(
      outgoing(message, { ...profile, confidential: true, visibility: "asker" }),
    );
    const card = at.server.sent.find(({ components }) => components.length > 0);
    if (!card) throw new Error("no form");
    const used = at.hands.press(at.asker.id, card, "保存");
    await answered(used);
    expect(used.modal).toBeDefined();
    return used;
  }

  it("is a modal with what stands in it; it comes back whole, choices by value and dates as days", async () => {
    const opened = await openForm();
    const sent = at.hands.submit(opened, {
      企业名称: "青岚智造（虚构）",
      成立日期: "2019年5月6日",
      企业规模: "中型",
    });
    const message = await at.running.arrived(sent.id);
    await answered(sent);
    expect(message.action).toMatchObject({
      name: "profile.save",
      values: { draft: "d1" },
      form: { name: "青岚智造（虚构）", note: "主营精密减速器", since: "2019-05-06", size: "medium" },
    });
    await at.running.channel.deliver(outgoing(message, { ...CONFIDENTIAL, blocks: [] }));
    expect(onlookerSees()).toBe("");
  });

  it("needs what is required", async () => {
    const opened = await openForm();
    expect(() => at.hands.submit(opened, { 企业规模: "小型" })).toThrow("required");
    const sent = at.hands.submit(opened, { 企业名称: "   " });
    await answered(sent);
    expect(at.running.accepted.filter(({ action }) => action)).toEqual([]);
    const [said] = at.hands.broughtBy(sent);
    expect(said && readShown(said).text).toContain("企业名称");
  });

  it("outlives a restart when its reply is kept, and says that it is gone when it is not", async () => {
    const opened = await openForm();
    await at.restart();
    const lost = at.hands.submit(opened, { 企业名称: "青岚智造（虚构）" });
    await answered(lost);
    const [said] = at.hands.broughtBy(lost);
    expect(said && readShown(said).text).toMatch(/清理|重新发送/);
    await at.restart({ readReply: async () => profile });
    const kept = at.hands.submit(opened, { 企业名称: "青岚智造（虚构）" });
    expect(await at.running.arrived(kept.id)).toMatchObject({ action: { name: "profile.save" } });
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
