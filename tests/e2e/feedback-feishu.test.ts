import { afterAll, beforeAll, expect, it } from "vitest";
import {
  createFeishuHands,
  type FeishuHands,
  labelsOf,
  openTicketService,
  readCard,
  type TicketService,
} from "../support/ticket-service.ts";

const GROUP = "oc_enterprises";
const REASON = "引用的条款不是我们行业的";

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  world = await openTicketService();
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

it("an answer in a group is judged by anybody who sees it; why stays between them and the bot", async () => {
  await hands.ask("ou_asker", GROUP, "人才安居有哪些支持举措？");
  const answer = await hands.next("the answer", (message) => labelsOf(message).includes("没帮助"));
  await hands.press(answer, "没帮助", "ou_reader", { chat: GROUP });
  const form = await hands.next("the form", (message) => labelsOf(message).includes("提交"));
  expect(form.target).toBe("ou_reader");
  await hands.press(form, "提交", "ou_reader", { form: { cause: "wrong-clause", reason: REASON } });
  await hands.next("the thanks", (_message, words) => words.includes("意见已记下"));
  expect(await world.app.storage.feedback.list({})).toMatchObject([
    { account: "feishu:ou_reader", verdict: "unhelpful", cause: "wrong-clause", reason: REASON },
  ]);
  for (const message of world.server.sent) expect(readCard(message)).not.toContain(REASON);
});

it("the quotes come as a bare message, no card, that can be copied whole", async () => {
  hands.mark();
  await hands.ask("ou_asker", GROUP, "合成生物有哪些布局？");
  const answer = await hands.next("the answer", (message) => labelsOf(message).includes("复制原文"));
  await hands.press(answer, "复制原文", "ou_reader", { chat: GROUP });
  const quotes = await hands.next("the quotes", (_message, words) => words.includes("——《"));
  expect(quotes.msgType).not.toBe("interactive");
  expect(labelsOf(quotes)).toEqual([]);
});
