import { afterAll, beforeAll, expect, it } from "vitest";
import { APP, botDeletedEvent, type SentMessage, userDeletedEvent } from "../support/feishu-server/index.ts";
import {
  CENTER_GROUP,
  createFeishuHands,
  type FeishuHands,
  openTicket,
  openTicketService,
  readCard,
  SCIENCE_GROUP,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";

const MATTER = "天使轮融资想对接投资机构，请帮忙联系";
const SOURCE = { appId: APP.appId, verificationToken: "" };
const HOUR = 60 * 60 * 1000;
const inGroup = { chat: SCIENCE_GROUP };

const inFallback = (number: string) => (message: SentMessage, text: string) =>
  message.target === CENTER_GROUP && text.includes(`工单 ${number} ·`);

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  world = await openTicketService();
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

// One service for all: each takes another part of it away.

it("answers every click in words: old, twice, after the end, and by those who may not", async () => {
  const { card } = await openTicket(world, hands, { asker: "ou_asker1", text: MATTER });
  const before = structuredClone(card);
  const says = async (what: string, words: RegExp) => {
    const found = await hands.next(what, ({ target }, text) => target === card.messageId && words.test(text));
    hands.mark();
    return readCard(found);
  };
  hands.mark();
  await hands.press(card, "认领", "ou_stranger", inGroup);
  await says("that a stranger may not", /未能处理/);
  await hands.press(card, "认领", "ou_wang", inGroup);
  await says("that another department may not", /未能处理/);
  await hands.press(card, "认领", "ou_zhang", { ...inGroup, eventId: "evt_claim" });
  await says("the claim", /已由张专员认领/);
  await hands.press(card, "回复", "ou_zhang", { ...inGroup, form: { text: "" } });
  await says("that it is empty", /请填写回复内容/);
  const under = { parentId: card.messageId, rootId: card.messageId };
  const long = await hands.say("ou_zhang", SCIENCE_GROUP, "长".repeat(9_000), under);
  const refused = await hands.next("that it is too long", ({ target }) => target === long);
  expect(readCard(refused)).toMatch(/未办理。.*4000字/);
  expect(hands.count((_, text) => text.includes("人工答复"))).toBe(0);
  await hands.press(card, "办结", "ou_zhang", { ...inGroup, form: { text: "已对接" } });
  await says("the close", /已办结/);
  await hands.shows(card, "状态：已办结");
  await pressOld(before, "认领", "ou_zhang");
  await says("that it is closed", /未办理|已办结/);
  await pressOld(before, "认领", "ou_li");
  await says("that it is closed", /未办理/);
  await pressOld(before, "回复", "ou_zhang", { text: "再补一句" });
  await says("what became of it", /未办理|已发/);
});

it("frees what somebody held who left the company", async () => {
  const { card } = await openTicket(world, hands, { asker: "ou_asker2", text: MATTER });
  await hands.press(card, "认领", "ou_zhang", inGroup);
  await hands.shows(card, "处理中 · 区科委·张专员");
  await hands.push(userDeletedEvent(SOURCE, "ou_zhang"));
  world.advance(61_000);
  await hands.shows(card, "状态：待认领 · 区科委");
  await hands.press(card, "认领", "ou_zhang", inGroup);
  await hands.next(
    "the refusal",
    (_, text) => /没有|无权|无法|不能|仅/.test(text) && text.includes("未能处理"),
  );
  await hands.press(card, "认领", "ou_li", inGroup);
  await hands.shows(card, "处理中 · 区科委·李专员");
});

it("reminds once when it comes back after a time limit, and in working hours only", async () => {
  const { card } = await openTicket(world, hands, { asker: "ou_late", text: MATTER });
  await world.end();
  hands.mark();
  // Until the break at noon of the next day; the first answer was due before it.
  const noon = Date.parse("2026-11-25T12:00:00+08:00");
  world.advance(noon - world.now().getTime());
  await world.begin();
  await world.service.conversation.drain();
  const reminders = (message: SentMessage, text: string) =>
    message.target === SCIENCE_GROUP && text.includes("工单提醒");
  expect(hands.count(reminders)).toBe(0);
  world.advance(1.6 * HOUR);
  expect(readCard(await hands.next("the reminder", reminders))).toContain("首次答复超时");
  await world.restart();
  await hands.shows(card, "超时");
  await world.service.conversation.drain();
  expect(hands.count(reminders)).toBe(1);
});

it("moves tickets on when the bot is thrown out of the group, and tells the administrators and the asker", async () => {
  const { card, number } = await openTicket(world, hands, { asker: "ou_asker4", text: MATTER });
  await hands.press(card, "认领", "ou_li", inGroup);
  await hands.shows(card, "处理中");
  hands.mark();
  await hands.push(botDeletedEvent(SOURCE, SCIENCE_GROUP));
  const other = await hands.next("the card of the fallback", inFallback(number));
  expect(readCard(other)).toContain("无人可接：区科委 → 区科技发展促进中心");
  const alert = await hands.next("the alert", ({ target }) => target === "ou_admin");
  expect(readCard(alert)).toContain("机器人已被移出区科委的群");
  await hands.next("word to the asker", (_, text) => text.includes("已转由区科技发展促进中心办理"));
  // Told again by the platform: nothing new.
  await hands.push(botDeletedEvent(SOURCE, SCIENCE_GROUP));
  await world.service.conversation.drain();
  expect(hands.count(inFallback(number))).toBe(1);
  expect(world.log()).toContain("department-group-lost");
});

it("goes to the fallback when the department's group takes no messages, once", async () => {
  hands.mark();
  await hands.say("ou_asker5", null, `找专员：${MATTER}`);
  const form = await hands.next("the confirmation", (_, text) => text.includes("[提交]"));
  await whenKnown(world, form.messageId);
  world.server.left.add(SCIENCE_GROUP);
  await hands.press(form, "提交", "ou_asker5");
  const opened = await hands.next("the number", (_, text) => text.includes("已为您提交工单"));
  const number = /\d{8}-\d{4}/.exec(readCard(opened))?.[0] ?? "";
  const card = await hands.next("the card of the fallback", inFallback(number));
  expect(readCard(card)).toContain("无人可接：区科委 → 区科技发展促进中心");
  await hands.next("the alert", ({ target }) => target === "ou_admin");
  await hands.next("word to the asker", (_, text) => text.includes("已转由区科技发展促进中心办理"));
  await world.service.conversation.drain();
  expect(hands.count(inFallback(number))).toBe(1);
});

/** The card as it was before it changed, as a slow phone still shows it. */
async function pressOld(card: SentMessage, label: string, person: string, form?: Record<string, string>) {
  await hands.pressAsShown(card, label, person, { ...inGroup, ...(form && { form }) });
}
