import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage, Reply, ReplyBlock } from "../../src/conversation/index.ts";
import { type DiscordServer, startDiscordServer } from "../support/discord-server/index.ts";
import { type RunningChannel, runDiscordChannel } from "../support/discord-server/run-channel.ts";
import { waitUntil } from "../support/discord-server/wait.ts";

let server: DiscordServer;
let running: RunningChannel;

beforeEach(async () => {
  server = await startDiscordServer();
});

afterEach(async () => {
  await running.channel.stop();
  await server.close();
});

async function open(hooks?: Parameters<typeof runDiscordChannel>[1]) {
  const guild = server.hands.guild();
  const place = server.hands.channel(guild);
  const person = server.hands.person();
  server.hands.join(guild, person);
  running = await runDiscordChannel(server, hooks);
  await running.ready();
  await waitUntil(() => server.commands.length > 0, "registered commands");
  return { guild, place, person };
}

function reply(blocks: ReplyBlock[], more: Partial<Reply> = {}): Reply {
  return {
    kind: "answered",
    language: "zh",
    headline: "文件载明如下。",
    blocks,
    plainText: "文件载明如下。",
    generatedByAi: false,
    ...more,
  };
}

let outboxes = 0;
async function answer(message: InboundMessage, made: Reply) {
  outboxes += 1;
  const outboxId = `00000000-0000-4000-8000-${String(outboxes).padStart(12, "0")}`;
  const { messageKey, replyTarget } = message;
  return running.channel.deliver({ outboxId, messageKey, replyTarget, reply: made });
}

const FORM: ReplyBlock = {
  type: "form",
  name: "profile",
  fields: [
    { name: "name", label: "企业名称", kind: "text", required: true },
    {
      name: "size",
      label: "规模",
      kind: "select",
      options: [
        { value: "s", label: "小微" },
        { value: "m", label: "中型" },
      ],
    },
    { name: "since", label: "成立日期", kind: "date" },
  ],
  submit: { name: "match.supply", label: "提交", style: "primary", values: { form: "f1" } },
};

describe("a slash command", () => {
  it("is stored, deferred, and its answer takes the place of what was deferred", async () => {
    const { place, person } = await open();
    const asked = server.hands.slash(person.id, place, "ask", { question: "创新券怎么用？" });
    const message = await running.arrived(asked.id);
    expect(message).toMatchObject({ text: "创新券怎么用？", chatId: place.id, chatKind: "group" });
    await answer(message, reply([{ type: "paragraph", text: "创新券用于购买研发服务。" }]));
    const shown = server.hands.sees(server.hands.person().id, place);
    expect(JSON.stringify(server.hands.broughtBy(asked))).toContain("创新券用于购买研发服务");
    expect(shown.length).toBeLessThanOrEqual(1);
  });

  it("about one's own company is seen by the asker alone, and counts as a direct chat", async () => {
    const { place, person } = await open();
    const asked = server.hands.slash(person.id, place, "match", { text: "我们做热管理零件" });
    const message = await running.arrived(asked.id);
    expect(message).toMatchObject({ text: "我们做热管理零件", chatId: person.id, chatKind: "direct" });
    await answer(message, reply([{ type: "paragraph", text: "研发投入五百万元" }]));
    const [shown] = server.hands.broughtBy(asked);
    expect(shown?.onlyFor).toBe(person.id);
  });

  it("is answered by an ordinary message when its token has run out", async () => {
    const { place, person } = await open();
    const asked = server.hands.slash(person.id, place, "ask", { question: "创新券怎么用？" });
    const message = await running.arrived(asked.id);
    await waitUntil(() => asked.callbackType === 5, "the deferral");
    server.advance(16 * 60_000);
    await answer(message, reply([{ type: "paragraph", text: "晚到的答复" }]));
    expect(JSON.stringify(server.sent.map(({ embeds }) => embeds))).toContain("晚到的答复");
  });

  it("completes programs, and says nothing when that fails", async () => {
    const { place, person } = await open({
      hooks: {
        onSignal: async () => {},
        follows: async () => false,
        suggestPrograms: async (words, limit) =>
          Array.from({ length: 30 }, (_, index) => `${words}券第${index}类`).slice(0, limit),
      },
    });
    const typed = server.hands.complete(person.id, place, "match", "program", "创新");
    await waitUntil(() => typed.choices !== undefined, "choices");
    expect(typed.choices?.length).toBe(25);
  });

  it("is registered once: the same commands are not written again", async () => {
    await open();
    await waitUntil(() => server.commandWrites() === 1, "one write");
    await running.channel.stop();
    running = await runDiscordChannel(server);
    await running.ready();
    await waitUntil(
      () => server.calls.filter(({ route, method }) => route === "commands" && method === "GET").length === 2,
      "a second look",
    );
    expect(server.commandWrites()).toBe(1);
  });
});

describe("a private reply to a mention", () => {
  it("goes to the direct chat, and the channel learns only that", async () => {
    const { place, person } = await open();
    const said = server.hands.say(person.id, place, "我们能申请吗", { mention: true });
    const message = await running.arrived(said.id);
    await answer(message, reply([{ type: "paragraph", text: "研发投入五百万元" }], { visibility: "asker" }));
    const there = server.hands.sees(person.id, place).filter(({ authorId }) => authorId !== person.id);
    expect(JSON.stringify(there)).not.toContain("五百万");
    expect(JSON.stringify(there)).toContain("已私信发给您");
    const direct = server.hands.sees(person.id, server.hands.directWith(person.id));
    expect(JSON.stringify(direct)).toContain("五百万");
  });

  it("says in the channel what to do when direct messages are closed", async () => {
    const { place, person } = await open();
    person.blocksDirect = true;
    const said = server.hands.say(person.id, place, "我们能申请吗", { mention: true });
    const message = await running.arrived(said.id);
    await answer(message, reply([{ type: "paragraph", text: "研发投入五百万元" }], { visibility: "asker" }));
    const there = JSON.stringify(server.hands.sees(person.id, place));
    expect(there).not.toContain("五百万");
    expect(there).toContain("未允许来自服务器成员的私信");
  });
});

describe("a button", () => {
  it("comes back as its action, once, and only where it was sent", async () => {
    const { guild, place, person } = await open();
    const said = server.hands.say(person.id, place, "你好", { mention: true });
    const action = {
      name: "match.why",
      label: "为什么",
      style: "default" as const,
      values: { program: "P01,P02" },
    };
    await answer(await running.arrived(said.id), reply([{ type: "actions", actions: [action] }]));
    const [card] = server.sent;
    if (!card) throw new Error("no card");
    const pressed = server.hands.press(person.id, card, "为什么");
    const message = await running.arrived(pressed.id);
    expect(message).toMatchObject({
      text: "",
      chatId: place.id,
      chatKind: "group",
      action: { name: "match.why", values: { program: "P01,P02" } },
    });
    await waitUntil(() => pressed.callbackType === 6, "the acknowledgement");

    const elsewhere = server.hands.channel(guild, "别处");
    const moved = server.hands.press(person.id, { ...card, channelId: elsewhere.id }, "为什么");
    await waitUntil(() => moved.callbackType === 4, "the refusal");
    expect(JSON.stringify(server.hands.broughtBy(moved))).toContain("其他会话或已失效");
    expect(running.accepted.length).toBe(2);
  });

  it("that asks first goes out only when it is confirmed", async () => {
    const { person } = await open();
    const said = server.hands.tell(person.id, "删除");
    const action = {
      name: "match.delete-now",
      label: "删除数据",
      style: "danger" as const,
      values: {},
      confirm: "删除后不能恢复，确定吗？",
    };
    await answer(await running.arrived(said.id), reply([{ type: "actions", actions: [action] }]));
    const [card] = server.sent;
    if (!card) throw new Error("no card");
    const pressed = server.hands.press(person.id, card, "删除数据");
    await waitUntil(() => pressed.callbackType === 4, "the question");
    expect(running.accepted.length).toBe(1);
    const [question] = server.hands.broughtBy(pressed);
    if (!question) throw new Error("no question");
    expect(JSON.stringify(question)).toContain("不能恢复");
    const confirmed = server.hands.press(person.id, question, "确认");
    expect((await running.arrived(confirmed.id)).action).toEqual({ name: "match.delete-now", values: {} });
  });

  it("in a private answer is answered privately", async () => {
    const { place, person } = await open();
    const asked = server.hands.slash(person.id, place, "profile");
    const action = { name: "match.export", label: "导出", style: "default" as const, values: {} };
    await answer(await running.arrived(asked.id), reply([{ type: "actions", actions: [action] }]));
    const [card] = server.hands.broughtBy(asked);
    if (!card) throw new Error("no card");
    const pressed = server.hands.press(person.id, card, "导出");
    const message = await running.arrived(pressed.id);
    expect(message).toMatchObject({ chatId: person.id, chatKind: "direct" });
    await answer(message, reply([{ type: "paragraph", text: "您的数据" }]));
    expect(server.hands.broughtBy(pressed).map(({ onlyFor }) => onlyFor)).toEqual([person.id]);
  });
});

describe("a form", () => {
  it("opens as a modal, and comes back by the names of its fields", async () => {
    const { person } = await open();
    const said = server.hands.tell(person.id, "补充信息");
    await answer(await running.arrived(said.id), reply([FORM]));
    const [card] = server.sent;
    if (!card) throw new Error("no card");
    const opened = server.hands.press(person.id, card, "提交");
    await waitUntil(() => opened.modal !== undefined, "the modal");
    const submitted = server.hands.submit(opened, {
      企业名称: "云川热管理有限公司（虚构）",
      规模: ["中型"],
      成立日期: "2019年3月1日",
    });
    const message = await running.arrived(submitted.id);
    expect(message.action).toEqual({
      name: "match.supply",
      values: { form: "f1" },
      form: { name: "云川热管理有限公司（虚构）", size: "m", since: "2019-03-01" },
    });
  });

  it("that nothing is kept of says what to do", async () => {
    const { person } = await open();
    const said = server.hands.tell(person.id, "补充信息");
    await answer(await running.arrived(said.id), reply([FORM]));
    await running.channel.stop();
    running = await runDiscordChannel(server);
    await running.ready();
    const [card] = server.sent;
    if (!card) throw new Error("no card");
    const opened = server.hands.press(person.id, card, "提交");
    await waitUntil(() => opened.callbackType === 4, "a word");
    expect(JSON.stringify(server.hands.broughtBy(opened))).toContain("请重新发送指令");
  });
});

describe("doctor", () => {
  it("names the channels where a permission is missing, with the link that asks for exactly what is needed", async () => {
    const { place } = await open();
    expect((await running.channel.probe()).detail).not.toContain("缺少权限");
    server.hands.deny(place, "embedLinks");
    const { healthy, detail } = await running.channel.probe();
    expect(healthy).toBe(true);
    expect(detail).toContain("嵌入链接");
    expect(detail).toContain("permissions=309237763136");
  });
});
