import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { SentMessage } from "../support/feishu-server/index.ts";
import {
  CENTER_GROUP,
  createFeishuHands,
  type FeishuHands,
  labelsOf,
  openTicketService,
  readCard,
  SCIENCE_GROUP,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";

const CHAT = "oc_companies";

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  world = await openTicketService();
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

beforeEach(() => hands.mark());

const isForm = (message: SentMessage) => labelsOf(message).some((label) => /^(提交|Submit)$/.test(label));

it("says what to do in danger first, to all in the group, and offers a ticket that waits for nobody's hours", async () => {
  const said = await hands.ask("ou_worker", CHAT, "车间氨气泄漏了有人晕倒");
  const line = await hands.next("the notice", ({ target }) => target === said);
  const [, , first = ""] = readCard(line).split("\n");
  expect(first).toMatch(/^请先确保人员安全：立即拨打 119（消防）、120（急救）/);
  const form = await hands.next("the confirmation", isForm);
  const lines = readCard(form).split("\n");
  expect(lines[2]).toBe(first);
  expect(lines[3]).toContain("请先按上述处置");
  await whenKnown(world, form.messageId);
  await hands.press(form, "提交", "ou_worker");
  const opened = await hands.next("the number", (_, text) => text.includes("已为您提交工单"));
  // The department that the table names has nobody: said at once, with the name of who has it instead.
  expect(readCard(opened)).toContain("按园区分派表应由区生态环境局受理；暂时没有在岗受理人员的");
  expect(readCard(opened)).toContain("已先转交区科技发展促进中心");
  const card = await hands.next("the card", ({ target }) => target === CENTER_GROUP);
  expect(readCard(card)).toContain("· 紧急");
  expect(readCard(card)).toContain("无人可接：区生态环境局 → 区科技发展促进中心");
  const alert = await hands.next("word to the administrator", ({ target }) => target === "ou_admin");
  expect(readCard(alert)).toContain("区生态环境局目前无人可以受理");
});

it("takes a complaint as one, without arguing", async () => {
  await hands.ask("ou_angry", CHAT, "我要投诉，窗口办事人员态度恶劣，材料退了三次都不说缺什么");
  const form = await hands.next("the confirmation", isForm);
  expect(form.target).toBe("ou_angry");
  expect(readCard(form)).toContain("类别：投诉与环保安全");
});

it("makes one ticket with a task for each department of several matters, under one state", async () => {
  const text = "我们天使轮融资想对接投资机构，另外想给新招的博士申请人才公寓，能不能找个人对接一下";
  const said = await hands.say("ou_several", null, text);
  const form = await hands.next("the confirmation", isForm);
  expect(form.target).toBe(said);
  expect(readCard(form)).toContain("云上会商");
  expect(readCard(form)).toMatch(/• 区房管局：“[^”]*人才公寓/);
  await whenKnown(world, form.messageId);
  await hands.press(form, "提交", "ou_several");
  const science = await hands.next("science's card", ({ target }) => target === SCIENCE_GROUP);
  const centre = await hands.next("the fallback's card", ({ target }) => target === CENTER_GROUP);
  const number = /\d{8}-\d{4}/.exec(readCard(science))?.[0] ?? "";
  expect(readCard(centre)).toContain(number);
  const opened = await hands.next("the number", (_, words) => words.includes("已为您提交工单"));
  expect(readCard(opened)).toContain("已为您转交区科委；区房管局暂时没有在岗受理人员");
  expect(readCard(opened)).toContain("其事项已先转交区科技发展促进中心");
  await whenKnown(world, science.messageId);
  await hands.press(science, "认领", "ou_zhang", { chat: SCIENCE_GROUP });
  await hands.shows(centre, "同单其他部门：区科委·张专员（处理中）");
  await hands.press(science, "办结", "ou_zhang", { chat: SCIENCE_GROUP, form: { text: "已对接" } });
  const part = await hands.next("the part", (_, words) =>
    words.includes("办理的事项已办结，其余事项继续办理"),
  );
  // Asked how it was when all is done, once.
  expect(readCard(part)).not.toContain("非常满意");
  await hands.press(centre, "认领", "ou_wang", { chat: CENTER_GROUP });
  await hands.shows(centre, "处理中 · 区科技发展促进中心·王专员");
  await hands.press(centre, "办结", "ou_wang", { chat: CENTER_GROUP, form: { text: "已登记" } });
  await hands.next("the end", (_, words) => words.includes(`工单 ${number} 已办结`));
  expect(hands.count((_, words) => words.includes("非常满意"))).toBe(1);
});

it("does not offer to pass on what is no matter of the park", async () => {
  const said = await hands.say("ou_spam", null, "代开发票，量大从优，加微信 abc123，找专员");
  const refused = await hands.next("the refusal", ({ target }) => target === said);
  expect(readCard(refused)).toContain("没有登记为工单");
  expect(labelsOf(refused)).toEqual([]);
});

it("speaks English with those who do, and Chinese with the department", async () => {
  const asker = "ou_english";
  await hands.say(
    asker,
    null,
    "Could someone from your team contact us about angel investors for our startup?",
  );
  const form = await hands.next("the confirmation", isForm);
  expect(readCard(form)).toContain("Nothing is passed on before you submit.");
  await whenKnown(world, form.messageId);
  await hands.press(form, "Submit", asker);
  const opened = await hands.next("the number", (_, text) => text.includes("has been submitted"));
  expect(readCard(opened)).toContain("A first answer is expected by");
  const card = await hands.next("the card", ({ target }) => target === SCIENCE_GROUP);
  expect(readCard(card)).toContain("状态：待认领");
  await whenKnown(world, card.messageId);
  await hands.press(card, "认领", "ou_zhang", { chat: SCIENCE_GROUP });
  await hands.shows(card, "处理中");
  await hands.press(card, "回复", "ou_zhang", {
    chat: SCIENCE_GROUP,
    form: { text: "We have arranged a meeting." },
  });
  const answer = await hands.next("the answer", (_, text) => text.includes("This is a person's answer"));
  expect(readCard(answer)).toContain("张专员 answers:\nWe have arranged a meeting.");
});

it("asks for the matter when there is none", async () => {
  const said = await hands.say("ou_bare", null, "能不能找个人对接一下");
  const form = await hands.next("the empty form", ({ target }) => target === said);
  expect(readCard(form)).toContain("请先写明要办的事");
  await whenKnown(world, form.messageId);
  await hands.press(form, "提交", "ou_bare", { form: { text: "  " } });
  await hands.next("the refusal", (_, text) => text.includes("还没有写明要办的事"));
});
