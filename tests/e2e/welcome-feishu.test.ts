import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { botAddedEvent, chatEnteredEvent, menuEvent } from "../support/feishu-server/events.ts";
import { APP } from "../support/feishu-server/index.ts";
import {
  createFeishuHands,
  type FeishuHands,
  labelsOf,
  openTicketService,
  readCard,
  type TicketService,
} from "../support/ticket-service.ts";

const SOURCE = { appId: APP.appId, verificationToken: "" };
const NEW_GROUP = "oc_new";

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  // Events of the menu carry the real time.
  world = await openTicketService({ start: new Date().toISOString() });
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

beforeEach(() => hands.mark());

it("a group that the bot is added to gets one card, whose example is answered when pressed", async () => {
  const added = botAddedEvent(SOURCE, NEW_GROUP, "evt_added");
  await hands.push(added);
  await hands.push(added);
  const card = await hands.next("the welcome", ({ target }) => target === NEW_GROUP);
  expect(readCard(card)).toContain("删除我的数据");
  expect(readCard(card)).toContain("请联系园区管理委员会工作人员");
  const [example = ""] = labelsOf(card);
  hands.mark();
  await hands.press(card, example, "ou_anybody", { chat: NEW_GROUP });
  const answer = await hands.next("the answer", (_message, words) => words.includes("您还可以问"));
  expect(labelsOf(answer)).toEqual(expect.arrayContaining(["有帮助", "没帮助", "复制原文", "找专员"]));
  expect(
    world.server.sent.filter(({ target }) => target === NEW_GROUP && readCard(card).includes("大家好")),
  ).toHaveLength(1);
});

it("a person is greeted once: by opening the chat, or in the first reply", async () => {
  await hands.push(chatEnteredEvent(SOURCE, "ou_opener"));
  await hands.push(chatEnteredEvent(SOURCE, "ou_opener"));
  const card = await hands.next("the welcome", ({ target }) => target === "ou_opener");
  expect(readCard(card)).toContain("您好，我是贤策");
  await hands.say("ou_writer", null, "人才安居有哪些支持举措？");
  await hands.next("the answer with a greeting", (_message, words) => words.includes("初次见面"));
  hands.mark();
  await hands.say("ou_writer", null, "合成生物有哪些布局？");
  const second = await hands.next("the second answer", (_message, words) => words.includes("合成生物"));
  expect(readCard(second)).not.toContain("初次见面");
});

it("an entry of the menu does what its command does", async () => {
  await hands.push(menuEvent(SOURCE, { key: "my_tickets", openId: "ou_menu" }));
  await hands.next("the list", (_message, words) => words.includes("工单"));
});
