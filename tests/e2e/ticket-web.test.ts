import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createFeishuHands,
  type FeishuHands,
  openTicketService,
  readCard,
  SCIENCE_GROUP,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";
import { openWebAsker, type WebAsker } from "../support/web-asker.ts";

const inGroup = { chat: SCIENCE_GROUP };
let world: TicketService;
let hands: FeishuHands;
let asker: WebAsker;

beforeAll(async () => {
  world = await openTicketService();
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

beforeEach(async () => {
  hands.mark();
  asker = await openWebAsker(world.service.address);
});

/** Opened on the page; the card that stands in the department's group. */
async function openOnPage(text: string) {
  const form = await asker.say(`找专员：${text}`);
  const opened = await asker.press(form, "提交", { text, contact: "" });
  const number = /\d{8}-\d{4}/.exec(opened.reply.headline)?.[0] ?? "";
  const card = await hands.next(
    "the card",
    (message, words) => message.target === SCIENCE_GROUP && words.includes(number),
  );
  await whenKnown(world, card.messageId);
  return { form, opened, number, card, short: number.slice(9) };
}

describe("an asker on the web page, a specialist in Feishu", () => {
  it("hears everything on the open page, and works by buttons", async () => {
    const stream = await asker.listen();
    const { opened, card } = await openOnPage("我们天使轮融资想对接投资机构");
    expect(opened.reply.plainText).toContain("按园区分派表，已为您转交区科委");
    await hands.press(card, "认领", "ou_zhang", inGroup);
    await stream.receives("区科委 张专员受理");
    await hands.shows(card, "处理中");
    await hands.press(card, "追问", "ou_zhang", { ...inGroup, form: { text: "项目在什么阶段？" } });
    const question = await asker.hears("项目在什么阶段？");
    expect(question.question).toBe("");
    await stream.receives("项目在什么阶段？");
    const held = await asker.say("样机已经做出来了");
    expect(held.reply.headline).toContain("已转给区科委·张专员");
    await hands.shows(card, "样机已经做出来了");
    const again = await asker.say("专利也有两件");
    expect(again.reply.quiet).toBe(true);
    await hands.press(card, "办结", "ou_zhang", { ...inGroup, form: { text: "已约见面" } });
    await stream.receives("已约见面");
    const closed = await asker.hears("办理结果（区科委）：已约见面");
    const thanks = await asker.press(closed, "5 非常满意", { comment: "" });
    expect(thanks.reply.headline).toContain("5 分");
    expect((await asker.press(closed, "1 非常不满意")).reply.headline).toContain("您已对本工单作出评价");
    stream.close();
  });

  it("works by typed commands", async () => {
    const { number, short, card } = await openOnPage("概念验证中心怎么申报认定，请人指导一下");
    expect((await asker.say("我的工单")).reply.plainText).toContain(number);
    expect((await asker.say(`工单 ${short}`)).reply.plainText).toContain("区科委");
    expect((await asker.say(`补充 ${short} 我们是高校团队`)).reply.headline).toContain("已补充到工单");
    await hands.shows(card, "我们是高校团队");
    expect((await asker.say(`撤回 ${short}`)).reply.headline).toContain("已撤回");
    await hands.shows(card, "提问人已撤回");
    expect((await asker.say(`补充 ${short} 再说一句`)).reply.kind).toBe("ticket-refused");
  });

  it("sees what came while the page was closed, and the bot answers again on request", async () => {
    const { card } = await openOnPage("中试基地如何备案，想请专员看看材料");
    await hands.press(card, "认领", "ou_li", inGroup);
    await hands.shows(card, "处理中");
    await hands.say("ou_li", SCIENCE_GROUP, "材料清单请以正式通知为准。", {
      parentId: card.messageId,
      rootId: card.messageId,
    });
    const answer = await asker.hears("材料清单请以正式通知为准。");
    expect(answer.reply.kind).toBe("ticket-answer");
    const stream = await asker.listen();
    await stream.receives("材料清单请以正式通知为准。");
    stream.close();
    const bot = await asker.say("问贤策 人才安居有哪些支持举措？");
    expect(bot.reply.plainText).toContain("人才");
    expect(bot.reply.kind).not.toBe("ticket-held");
    expect(readCard(card)).not.toContain("人才安居");
  });

  it("passes on all of a text that is longer than a field holds", async () => {
    const text = `${"我们是做生物材料的小团队，".repeat(100)}天使轮融资想对接投资机构，末尾这句也要转到`;
    const form = await asker.say(`找专员：${text}`);
    await asker.press(form, "提交");
    const card = await hands.next("the card", ({ target }) => target === SCIENCE_GROUP);
    const [ticket] = await world.app.storage.tickets.list({ search: "末尾这句也要转到" });
    expect(ticket).toBeDefined();
    expect(readCard(card)).toContain("原话");
  });

  it("gives back and removes what is kept of the asker", async () => {
    const { card, number } = await openOnPage("天使投资引导基金的申请材料想请人看看，公司叫青岚测试公司");
    await hands.press(card, "认领", "ou_zhang", inGroup);
    await hands.shows(card, "处理中");
    const asked = await asker.say("删除我的数据");
    const label = asked.reply.blocks.flatMap((block) => (block.type === "actions" ? block.actions : []))[0]
      ?.label;
    const gone = label ? await asker.press(asked, label) : asked;
    expect(gone.reply.plainText).toContain("删除");
    await hands.shows(card, "申请人已删除", "提问人已撤回");
    expect(await world.app.storage.tickets.list({ search: "青岚测试公司" })).toEqual([]);
    const record = await world.app.storage.tickets.getByNumber(number);
    expect(record?.status).toBe("已撤回");
    expect(JSON.stringify(await world.app.storage.tickets.eventsOf(record?.ticketId ?? ""))).not.toContain(
      "青岚",
    );
  });
});
