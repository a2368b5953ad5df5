import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { describeDeadReplies } from "../../src/commands/describe-dead-replies.ts";
import {
  type BadInputWorld,
  findUnsound,
  MARKUP,
  openBadInputWorld,
  PLANTED,
} from "../support/bad-input-world.ts";
import {
  APP,
  BOT_MENTION,
  type CardActionSpec,
  cardActionEvent,
  type EventEnvelope,
  type FeishuServer,
  type MessageSpec,
  recalledEvent,
  type SentMessage,
  startFeishuServer,
} from "../support/feishu-server/index.ts";
import { readShown } from "../support/feishu-server/read-shown.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import { packZip } from "../support/pack-zip.ts";
import { buttonValue, labelsOf } from "../support/read-card.ts";

const SOURCE = { appId: APP.appId, verificationToken: "" };
const QUESTION = "天使轮项目有什么基金可以对接？";
const FUND = "设立天使投资引导基金";
const MEGABYTE = 1024 * 1024;

let server: FeishuServer;
let world: BadInputWorld;
let counter = 0;

beforeAll(async () => {
  server = await startFeishuServer();
  world = await openBadInputWorld({
    FEISHU_APP_ID: APP.appId,
    FEISHU_APP_SECRET: APP.appSecret,
    FEISHU_DOMAIN: server.url,
  });
  await waitUntil(() => world.service.channels.get("feishu")?.status().healthy === true, "the channel");
}, 120_000);

afterAll(async () => {
  await world?.close();
  await server?.close();
});

afterEach(() => {
  for (const message of server.sent) {
    const { mentions, links } = readShown(message);
    expect(
      mentions.filter((id) => id === "all"),
      message.content,
    ).toEqual([]);
    expect(links.filter((link) => !link.startsWith("https://xiance.example.cn/"))).toEqual([]);
    expect(findUnsound(JSON.parse(message.content))).toEqual([]);
  }
  for (const secret of [PLANTED, APP.appSecret, ...server.issuedTokens])
    expect(
      world
        .log()
        .split("\n")
        .filter((line) => line.includes(secret)),
    ).toEqual([]);
});

type Said = MessageSpec & { messageId: string; chatId: string; senderOpenId: string };

/** From a person in their own direct chat. */
function direct(spec: MessageSpec = {}): Said {
  counter += 1;
  const ids = {
    chatId: `oc_direct${counter}`,
    senderOpenId: `ou_person${counter}`,
    messageId: `om_bad${counter}`,
  };
  return { chatType: "p2p", ...ids, ...spec };
}

/** To the bot, in a group. */
function inGroup(text: string, spec: MessageSpec = {}): Said {
  const chatId = `oc_group${counter + 1}`;
  const mentions = [BOT_MENTION];
  return direct({ chatType: "group", chatId, mentions, text: `@_user_1 ${text}`, ...spec });
}

async function push(event: EventEnvelope): Promise<unknown> {
  const ack = await server.connection.push(event);
  expect(ack?.code).toBe(200);
  return ack?.data;
}

const repliesTo = (messageId: string) => server.sent.filter(({ target }) => target === messageId);
const textOf = (message: SentMessage) => readShown(message).text;

/** What the one reply says; `raw` takes the place of the message's content. */
async function replyTo(spec: Said, raw?: string): Promise<string> {
  const event = server.messageEvent(spec);
  if (raw !== undefined) (event.event as { message: { content: string } }).message.content = raw;
  await push(event);
  return textOf(await theReplyTo(spec.messageId));
}

async function theReplyTo(messageId: string): Promise<SentMessage> {
  await waitUntil(() => repliesTo(messageId).length > 0, `the reply to ${messageId}`);
  await world.service.conversation.drain();
  const [reply, ...more] = repliesTo(messageId);
  expect(more).toEqual([]);
  return reply as SentMessage;
}

async function expectService(): Promise<void> {
  expect(await replyTo(direct({ text: QUESTION }))).toContain(FUND);
}

/** Nothing at all is said to it. */
async function expectSilence(spec: Said): Promise<void> {
  await push(server.messageEvent(spec));
  await expectService();
  expect(repliesTo(spec.messageId)).toEqual([]);
}

describe("words that are none", () => {
  it.each<[string, string, RegExp]>([
    ["150 KB", `${PLANTED}人才基金政策`.repeat(5_000), /超过 2000 字/],
    ["2,001 characters", "策".repeat(2_001), /超过 2000 字/],
    ["10,000 emojis", "😀".repeat(10_000), /超过 2000 字/],
    ["900 emojis", "😀".repeat(900), /用文字/],
    ["white space", " \n\t　\u00a0", /没有看到问题/],
    ["zero-width characters", "\u200b\u200d\ufeff\u2060", /用文字/],
    ["lone surrogates", "\ud83d\udc00\ud83d", /用文字/],
    ["a question among lone surrogates", "天使轮\ud83d有什么基金\udc00可以对接？", /天使投资引导基金/],
    ["a question among control characters", "天使轮\u0000有什么\u0007基金？", /天使投资引导基金/],
    ["names of the machine's own", "__proto__", /未载明|请补充/],
  ])("%s: one polite reply", async (_what, text, says) => {
    expect(await replyTo(direct({ text }))).toMatch(says);
  });

  it("markup is shown and never carried out, whatever it is part of", async () => {
    await replyTo(direct({ text: MARKUP }));
    await replyTo(direct({ text: `天使轮有什么基金？${MARKUP}` }));
    const named = [BOT_MENTION, { key: "@_user_2", openId: "ou_odd", name: "</at><at id=all></at>**" }];
    await replyTo(inGroup("@_user_2 天使轮有什么基金？", { mentions: named }));
    await replyTo(direct({ text: `找专员 ${MARKUP}` }));
    await replyTo(direct({ text: `我们公司叫${MARKUP}，做生物医药的，员工30人，能申请什么？` }));
  });
});

describe("messages that are no text", () => {
  it.each([
    ...["sticker", "audio", "media", "folder", "share_chat", "share_user", "merge_forward", "interactive"],
    ...["location", "vote", "hongbao", "quantum_thing", "__proto__", "constructor"],
  ])("%s: says what can be read", async (messageType) => {
    const content = { file_key: "file_x", text: PLANTED, title: PLANTED };
    expect(await replyTo(direct({ messageType, content }))).toContain("请把问题用文字发给我");
  });

  it.each([
    ["half of a JSON text", "text", `{"text":"${PLANTED}`],
    ["nothing", "text", ""],
    ["null", "text", "null"],
    ["a number", "text", '{"text":5}'],
    ["lists in lists", "post", "[".repeat(20_000) + "]".repeat(20_000)],
    ["objects in objects", "post", `${'{"zh_cn":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["a post without lines", "post", '{"zh_cn":{"content":"x"}}'],
    ["a file without a key", "file", `{"file_name":"${PLANTED}.pdf"}`],
    ["a picture with a path for a key", "image", '{"image_key":"../../im/v1/chats"}'],
  ])("content that is %s: says so", async (_what, messageType, raw) => {
    expect(await replyTo(direct({ messageType }), raw)).toContain("请把问题用文字发给我");
  });
});

describe("files that are none", () => {
  const bomb = packZip([{ name: "word/document.xml", content: Buffer.alloc(120 * MEGABYTE) }]);
  const LONG_NAME = `../../${"长".repeat(300)}.pdf`;
  it.each<[string, string, Uint8Array | undefined, RegExp]>([
    ["gone", `${PLANTED}.pdf`, undefined, /请重新发送/],
    ["empty", "空.pdf", new Uint8Array(0), /空的|没有内容/],
    ["30 MB", "大.pdf", Buffer.alloc(30 * MEGABYTE, "%PDF-1.7 "), /10 MB|过大|超过/],
    ["a zip bomb with the name of a PDF", "炸弹.pdf", bomb, /未能读取/],
    ["a zip bomb with the name of a Word file", "炸弹.docx", bomb, /未能读取/],
    ["no PDF", "假.pdf", Buffer.from("%PDF-1.7\nnothing"), /未能读取/],
    ["named with markup", `${MARKUP}.pdf`, undefined, /请重新发送/],
    ["named with a path and 300 characters", LONG_NAME, undefined, /请重新发送/],
  ])("%s: says why in one reply", async (_what, name, bytes, says) => {
    const content = { file_key: "file_x", file_name: name };
    const spec = direct({ messageType: "file", content });
    if (bytes) server.resources.set(`${spec.messageId}/file_x`, bytes);
    const text = await replyTo(spec);
    expect(text).toMatch(says);
    expect(text.length).toBeLessThan(600);
  });

  it("a picture that is no picture: says so", async () => {
    const spec = direct({ messageType: "image", content: { image_key: "img_x" } });
    server.resources.set(`${spec.messageId}/img_x`, Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]));
    expect(await replyTo(spec)).toMatch(/图片/);
  });
});

describe("cards that were tampered with", () => {
  async function press(spec: CardActionSpec): Promise<string> {
    const data = await push(cardActionEvent(SOURCE, spec));
    await world.service.conversation.drain();
    return JSON.stringify(data ?? "");
  }

  async function askIn(question: Said) {
    await replyTo(question);
    const card = await theReplyTo(question.messageId);
    const { chatId, senderOpenId: operatorOpenId } = question;
    return { card, at: { chatId, operatorOpenId, messageId: card.messageId } };
  }

  it("buttons of other places, of other people, with other values: a toast, and nothing else", async () => {
    const { card, at } = await askIn(direct({ text: QUESTION }));
    const value = buttonValue(card, "有帮助") as { xc: string; values: object };
    const before = server.sent.length;
    const odd: CardActionSpec[] = [
      { ...at, value, operatorOpenId: "ou_somebody_else" },
      { ...at, value, operatorOpenId: "ou_somebody_else", chatId: "oc_where_it_was_forwarded" },
      { ...at, value: { ...value, name: "office.take-out" } },
      { ...at, value: { ...value, values: { ...value.values, message: "om_other" } } },
      { ...at, value: { ...value, xc: `${value.xc.slice(0, -1)}A` } },
      { ...at, value: { ...value, xc: "" } },
      { ...at, value: {} },
      { ...at, value: { xc: [PLANTED], name: { a: 1 }, values: 5 } },
      { ...at, value: { action: MARKUP } },
      { ...at, value, messageId: "../../om_card" },
    ];
    for (const spec of odd) expect(await press(spec), JSON.stringify(spec)).toMatch(/"toast"/);
    expect(server.sent).toHaveLength(before);
    expect(await world.app.storage.feedback.list({})).toEqual([]);
    expect(await press({ ...at, value })).toContain("已记下");
    expect(await world.app.storage.feedback.list({})).toHaveLength(1);
  });

  it("a button of a group's card is no button of another group", async () => {
    const { card, at } = await askIn(inGroup(QUESTION));
    const value = buttonValue(card, "找专员");
    const before = server.sent.length;
    await press({ ...at, value, chatId: "oc_where_it_was_forwarded" });
    expect(server.sent).toHaveLength(before);
  });

  it("pressed 20 times at once it counts once, and the chat stays quiet", async () => {
    const { card, at } = await askIn(direct({ text: QUESTION }));
    const value = buttonValue(card, "有帮助");
    const before = server.sent.length;
    const given = await world.app.storage.feedback.list({});
    const presses = Array.from({ length: 20 }, () => press({ ...at, value }));
    const told = await Promise.all(presses);
    for (const each of told) expect(each).toMatch(/"toast"/);
    expect(await world.app.storage.feedback.list({})).toHaveLength(given.length + 1);
    expect(server.sent.length - before).toBeLessThanOrEqual(1);
    await expectService();
  });

  it("a form with foreign fields and 100 KB in one is taken as far as it is a form", async () => {
    const { card, at } = await askIn(direct({ text: QUESTION }));
    const seen = server.sent.length;
    await press({ ...at, value: buttonValue(card, "没帮助") });
    await waitUntil(
      () => server.sent.slice(seen).some((each) => labelsOf(each).includes("提交")),
      "the form",
    );
    const form = server.sent.slice(seen).find((each) => labelsOf(each).includes("提交")) as SentMessage;
    const reason = `条款不对${PLANTED}`.repeat(7_000);
    const odd = JSON.parse(`{"__proto__":"x","constructor":"y"}`) as Record<string, unknown>;
    const names = /"name":"([^"]*(?:cause|reason)[^"]*)"/g;
    const [cause = "", why = ""] = [...form.content.matchAll(names)].map(([, name]) => name ?? "");
    const filled = { ...odd, [cause]: "wrong-clause", [why]: reason, 外来: { a: [1] }, verdict: "helpful" };
    await press({ ...at, messageId: form.messageId, value: buttonValue(form, "提交"), form: filled });
    await waitUntil(() => server.sent.length > seen + 1, "the thanks");
    const [kept] = (await world.app.storage.feedback.list({})).filter(({ cause: each }) => each !== null);
    expect(kept).toMatchObject({ verdict: "unhelpful", cause: "wrong-clause" });
    expect(kept?.reason?.length).toBeLessThanOrEqual(1_000);
  });
});

describe("too many, and those who are nobody", () => {
  it("one floods: told once; the others, in the same group as well, are answered", async () => {
    const flooder = { senderOpenId: "ou_flooder", chatId: "oc_flooded" };
    const flood = Array.from({ length: 200 }, (_, index) => inGroup(`问题${index}：有什么基金？`, flooder));
    const others = [
      ...Array.from({ length: 4 }, () => direct({ text: QUESTION })),
      inGroup(QUESTION, { chatId: "oc_flooded" }),
    ];
    const specs = [...flood.slice(0, 150), ...others, ...flood.slice(150)];
    await Promise.all(specs.map((spec) => push(server.messageEvent(spec))));
    for (const { messageId } of others) expect(textOf(await theReplyTo(messageId))).toContain(FUND);
    const told = () => flood.flatMap(({ messageId }) => repliesTo(messageId).map(textOf));
    // The platform takes five messages a second in one group.
    await waitUntil(() => told().some((text) => text.includes("频繁")), "the notice");
    await expectService();
    expect(told().filter((text) => text.includes("频繁"))).toHaveLength(1);
    expect(told()).toHaveLength(16);
  }, 60_000);

  it("bots are left alone; two that seem to be people fall silent soon", async () => {
    await expectSilence(inGroup(QUESTION, { senderType: "app" }));
    await expectSilence(direct({ text: QUESTION, senderType: "app" }));
    const chatId = "oc_loop";
    let last = "om_first";
    const said: string[] = [];
    for (let turn = 0; turn < 60; turn += 1) {
      const senderOpenId = turn % 2 === 0 ? "ou_bot_one" : "ou_bot_two";
      const spec = inGroup(`您说的是：第${turn}次，有什么基金？`, { chatId, senderOpenId, parentId: last });
      await push(server.messageEvent(spec));
      last = repliesTo(spec.messageId)[0]?.messageId ?? spec.messageId;
      said.push(spec.messageId);
    }
    await world.service.conversation.drain();
    expect(said.slice(-10).flatMap(repliesTo)).toEqual([]);
    await expectService();
  }, 60_000);

  it("@所有人 beside the bot is answered, alone it is not; a reply to what is not there is answered", async () => {
    const all = { key: "@_all", name: "所有人" };
    const both = inGroup(`@_all ${QUESTION}`, { mentions: [BOT_MENTION, all] });
    expect(await replyTo(both)).toContain(FUND);
    await expectSilence(inGroup("", { text: `@_all ${QUESTION}`, mentions: [all] }));
    const lost = { parentId: "om_nowhere", rootId: "om_nowhere" };
    expect(await replyTo(inGroup(QUESTION, lost))).toContain(FUND);
    expect(await replyTo(inGroup("", lost))).toMatch(/没有看到问题/);
  });
});

describe("questions whose place is gone", () => {
  it("taken back before it comes, and after its answer: no answer stands there", async () => {
    const early = inGroup(QUESTION);
    await push(recalledEvent(SOURCE, { messageId: early.messageId, chatId: early.chatId }));
    await expectSilence(early);
    const late = inGroup(QUESTION);
    await replyTo(late);
    const reply = await theReplyTo(late.messageId);
    await push(recalledEvent(SOURCE, { messageId: late.messageId, chatId: late.chatId }));
    await waitUntil(() => server.recalled.has(reply.messageId), "the answer to be taken back");
  });

  it("the bot removed before the answer: noted once as undelivered, seen by metrics and doctor", async () => {
    const question = inGroup(`${QUESTION}${PLANTED}`);
    server.left.add(question.chatId);
    await push(server.messageEvent(question));
    await waitUntil(() => world.log().includes("undelivered-reply"), "the alert");
    const tried = () => server.sendRequests.filter(({ path }) => path.includes(question.messageId)).length;
    const before = tried();
    await expectService();
    expect(tried()).toBe(before);
    expect(before).toBeLessThanOrEqual(2);
    const metrics = await (await fetch(`${world.service.address}/metrics`)).text();
    expect(metrics).toMatch(/xiance_outbox_replies\{[^}]*dead[^}]*\} 1/);
    const told = await describeDeadReplies(world.app.storage.conversation);
    expect(told).toContain("feishu");
    expect(told).not.toContain(PLANTED);
  });
});
