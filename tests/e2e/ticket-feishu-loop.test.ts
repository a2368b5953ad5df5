import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SentMessage } from "../support/feishu-server/index.ts";
import { waitUntil } from "../support/feishu-server/run-channel.ts";
import {
  createFeishuHands,
  type FeishuHands,
  labelsOf,
  openTicketService,
  readCard,
  SCIENCE_GROUP,
  SPECIALISTS,
  type TicketService,
  whenKnown,
} from "../support/ticket-service.ts";

const MATTER = "我们天使轮融资想对接投资机构，能请专员帮忙吗？";
const { zhang, li } = SPECIALISTS;
const inGroup = { chat: SCIENCE_GROUP };

let world: TicketService;
let hands: FeishuHands;

beforeAll(async () => {
  world = await openTicketService();
  hands = createFeishuHands(world);
});

afterAll(() => world?.close());

beforeEach(() => hands.mark());

const known = ({ messageId }: SentMessage) => whenKnown(world, messageId);

const marksOn = (messageId: string) =>
  world.server.reactions.filter((reaction) => reaction.messageId === messageId).length;

describe("from a question in a group to a rating", () => {
  const chat = "oc_companies";
  const asker = "ou_asker";

  it("goes round: answer, confirmation, card, claim, question, answer, close, rating, reopening", async () => {
    const { ask, press, next, say, shows, count } = hands;
    const asked = await ask(asker, chat, "天使轮项目有什么基金可以对接？");
    const answer = await next("the answer of the documents", ({ target }) => target === asked);
    await known(answer);
    await press(answer, "找专员", asker, { chat });

    // The group learns nothing but that there is a card.
    const confirmation = await next("the confirmation", ({ target }) => target === asker);
    expect(readCard(confirmation)).toContain("受理：区科委（按园区分派表）");
    expect(readCard(confirmation)).toContain("在您提交之前，以上内容不会转给任何人");
    const line = await next("one line", ({ target }) => target === answer.messageId);
    expect(readCard(line)).toContain("已通过私聊");
    expect(readCard(line)).not.toContain("天使");

    await press(confirmation, "提交", asker, { form: { text: MATTER, contact: "邮箱 office@example.cn" } });
    const opened = await next("the number", (_, text) => text.includes("已为您提交工单"));
    expect(opened.target).toBe(confirmation.messageId);
    expect(readCard(opened)).toContain("按园区分派表，已为您转交区科委");
    const card = await next("the card", ({ target }) => target === SCIENCE_GROUP);
    await known(card);
    expect(readCard(card)).toContain("状态：待认领 · 区科委");
    expect(readCard(card)).toContain(`原话：“${MATTER}”`);
    expect(readCard(card)).not.toContain("office@example.cn");

    // Two click at the same time.
    await Promise.all([press(card, "认领", zhang.openId, inGroup), press(card, "认领", li.openId, inGroup)]);
    await shows(card, "状态：处理中 · 区科委·");
    const lost = await next("word to the second", (_, text) => text.includes("未办理"));
    expect(lost.target).toBe(card.messageId);
    const [first, second] = readCard(lost).includes("已由张专员认领") ? [zhang, li] : [li, zhang];
    expect(readCard(lost)).toContain(`该事项已由${first.name}认领`);
    await shows(card, `区科委·${first.name}`);
    expect(labelsOf(hands.current(card))).not.toContain("认领");
    const contact = await next("the contact", ({ target }) => target === first.openId);
    expect(readCard(contact)).toContain("office@example.cn");
    expect(count(({ target }, text) => target === second.openId && text.includes("office"))).toBe(0);
    expect(readCard(await next("word of the claim", (_, text) => text.includes("请留意后续答复")))).toContain(
      `区科委 ${first.name}受理`,
    );

    // Asked back; the answer comes in the thread and the bot is quiet.
    await press(card, "追问", first.openId, { ...inGroup, form: { text: "目前团队有多少人？" } });
    const question = await next("the question", (_, text) => text.includes("请您补充"));
    expect(question.target).toBe(answer.messageId);
    expect(readCard(question)).toContain(`区科委 ${first.name} 请您补充：\n目前团队有多少人？`);
    await known(question);
    await shows(card, "等待企业补充（计时暂停）");
    const replied = await say(asker, chat, "八个人", { parentId: question.messageId, rootId: asked });
    const held = await next("that a person has it", ({ target }) => target === replied);
    expect(readCard(held)).toContain(`已转给区科委·${first.name}`);
    expect(readCard(held)).toContain("问贤策");
    await next(
      "the specialist's notice",
      ({ target }, text) => target === first.openId && text.includes("八个人"),
    );
    await shows(card, "八个人", "状态：处理中");

    // Again, under the asker's own question: no card any more, a mark.
    const more = await say(asker, chat, "另有两位兼职", { parentId: asked, rootId: asked });
    await waitUntil(() => marksOn(more) === 1, "the mark");
    await shows(card, "另有两位兼职");
    expect(count(({ target }) => target === more)).toBe(0);
    const stranger = await say("ou_colleague", chat, "我也想问", {
      parentId: question.messageId,
      rootId: asked,
    });
    await world.service.conversation.drain();
    expect(count((_, text) => text.includes("我也想问"))).toBe(0);
    expect(count(({ target }) => target === stranger)).toBe(0);

    await press(card, "回复", first.openId, { ...inGroup, form: { text: "已约好周四下午与投资机构见面。" } });
    const word = await next("the answer of the person", (_, text) => text.includes("人工答复"));
    expect(word.target).toBe(answer.messageId);
    expect(readCard(word)).toContain(`专员答复`);
    expect(readCard(word)).toContain(`区科委 ${first.name} 答复：\n已约好周四下午与投资机构见面。`);

    await press(card, "办结", first.openId, { ...inGroup, form: { text: "已对接" } });
    const closed = await next("the close", (_, text) => text.includes("非常满意"));
    expect(readCard(closed)).toContain("办理结果（区科委）：已对接");
    await shows(card, "状态：已办结");
    await press(closed, "4 满意", asker, { chat, form: { comment: "很及时" } });
    expect(readCard(await next("thanks", (_, text) => text.includes("谢谢")))).toContain("4 分");
    await shows(card, "4 分：很及时");
    await press(closed, "1 非常不满意", asker, { chat });
    await next("the refusal", (_, text) => text.includes("您已对本工单作出评价"));

    // A mistaken close is undone; closing again does not ask again.
    await press(card, "撤销办结", first.openId, inGroup);
    await shows(card, "状态：已答复，等待企业反馈");
    await press(card, "办结", first.openId, { ...inGroup, form: { text: "已对接并确认" } });
    // The card of the department says so, too, and may be quicker.
    const again = await next(
      "the second close",
      ({ messageId }, text) => messageId !== card.messageId && text.includes("已对接并确认"),
    );
    expect(readCard(again)).not.toContain("非常满意");
    await press(again, "重新打开", asker, { chat });
    await next("that it goes on", (_, text) => text.includes("已重新打开"));
    await shows(card, "状态：处理中");
    expect(count((_, text) => text.includes("非常满意"))).toBe(1);
    expect(world.log()).not.toContain('"level":50');
  });
});
