import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InboundMessage, ReplyBlock } from "../../src/conversation/index.ts";
import { answer, reply, SAMPLE_REPLIES } from "../support/channel-contract/sample-replies.ts";
import type { StoredInteraction } from "../support/discord-server/index.ts";
import {
  callsThatMayPing,
  type DiscordPlace,
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

const { slash, answered, onlookerSees } = watchPlace(() => at);

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
