import { afterEach, describe, expect, it } from "vitest";
import { readOwnTalk } from "../../src/conversation/tickets/read-own-talk.ts";
import { openTicketChat, type TicketChatWorld } from "../support/ticket-chat-world.ts";

let world: TicketChatWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(): Promise<TicketChatWorld> {
  world = await openTicketChat();
  return world;
}

/** A ticket of `ou_a`, 0001. */
async function opened(): Promise<TicketChatWorld> {
  const chat = await open();
  await chat.says("ou_a", "我想找个人对接一下天使基金");
  await chat.says("ou_a", "提交");
  return chat;
}

const DEPARTMENT = { chatId: "oc_science", chatKind: "group" as const };

async function closed(): Promise<TicketChatWorld> {
  const chat = await opened();
  await chat.says("ou_zhang", "认领 0001", DEPARTMENT);
  await chat.says("ou_zhang", "办结 0001 已对接", DEPARTMENT);
  return chat;
}

describe("words that name no ticket", () => {
  it.each([
    ["催一下", "urge"],
    ["麻烦催一下我的工单", "urge"],
    ["我的工单怎么样了？", "urge"],
    ["怎么还没人理我", "unheard"],
    ["到现在都没有人联系我！", "unheard"],
    ["撤回", "withdraw"],
    ["帮我取消工单", "withdraw"],
    ["please cancel it", "withdraw"],
    ["重新打开吧", "reopen"],
    ["没解决啊", "unsolved"],
    ["我不满意", "unsolved"],
    ["5分", "rate"],
    ["再补充一下，我们是2023年成立的", "add"],
    ["改成：我们想对接贷款", "change"],
    ["算了", "drop"],
    ["提交", "submit"],
  ])("%s", (text, wanted) => {
    expect(readOwnTalk(text)?.say).toBe(wanted);
  });

  it.each([
    "工单处理时限文件里有规定吗",
    "撤销高企资格的情形",
    "取消补贴的条件",
    "重新认定需要什么材料",
    "补充材料的期限是多久",
    "补贴什么时候能发放",
    "没有解决落户问题的人才怎么办",
    "企业满意度指标",
    "合成生物园区建设有什么进展",
    "催化剂项目有什么支持",
    "没人管的厂房怎么处置",
    "什么时候公布实施细则",
  ])("leaves a question alone: %s", (text) => {
    expect(readOwnTalk(text)).toBeUndefined();
  });
});

describe("of one's only ticket", () => {
  it("passes urging on, and says to whom", async () => {
    const chat = await opened();
    const reply = await chat.says("ou_a", "怎么还没人理我");
    expect(reply.plainText).toContain("已把您的话转达区科委（工单 20261123-0001，待认领）");
    const { ticketId } = (await chat.desk.ticketsOf("feishu:ou_a"))[0] ?? { ticketId: "" };
    const events = await chat.desk.eventsOf(ticketId);
    expect(
      events.filter(({ kind, text }) => kind === "asker-said" && text === "怎么还没人理我"),
    ).toHaveLength(1);
  });

  it("asks before it withdraws", async () => {
    const chat = await opened();
    const asked = await chat.says("ou_a", "撤回工单");
    expect(asked.plainText).toContain("要撤回工单 20261123-0001（“我想找个人对接一下天使基金”）吗");
    expect((await chat.desk.ticketsOf("feishu:ou_a"))[0]?.status).toBe("待认领");
    await chat.presses("ou_a", asked, "撤回");
    expect((await chat.desk.ticketsOf("feishu:ou_a"))[0]?.status).toBe("已撤回");
  });

  it("adds, and says that what was submitted is not changed any more", async () => {
    const chat = await opened();
    expect((await chat.says("ou_a", "再补充一下：我们在奉贤")).plainText).toContain(
      "已补充到工单 20261123-0001",
    );
    expect((await chat.says("ou_a", "改成：我们想对接银行贷款")).plainText).toContain("已提交，原文不能再改");
    expect((await chat.says("ou_a", "提交")).plainText).toContain("已经提交过了，工单号 20261123-0001");
    expect((await chat.says("ou_a", "取消")).plainText).toContain("要撤回工单");
  });

  it("is reopened, rated, and found fault with after its end", async () => {
    const chat = await closed();
    expect((await chat.says("ou_a", "没解决啊")).plainText).toContain("请点“重新打开”");
    expect((await chat.says("ou_a", "4分")).plainText).toContain(
      "已收到您对工单 20261123-0001 的评价（4 分）",
    );
    expect((await chat.says("ou_a", "重新打开")).plainText).toContain("工单 20261123-0001 已重新打开");
  });

  it("asks which when there are several", async () => {
    const chat = await opened();
    await chat.says("ou_a", "帮我找个专员问厂房扩建的事");
    await chat.says("ou_a", "提交");
    const reply = await chat.says("ou_a", "撤回");
    expect(reply.kind).toBe("ticket-list");
    expect(reply.plainText).toContain("20261123-0002");
  });
});

describe("without a ticket", () => {
  it("reminds of the card that was not submitted", async () => {
    const chat = await open();
    await chat.says("ou_a", "我想找个人对接一下天使基金");
    const reply = await chat.says("ou_a", "怎么还没人理我");
    expect(reply.plainText).toContain("尚未提交，还没有转给任何人");
    expect((await chat.says("ou_a", "算了不要了")).plainText).toContain("没有转交任何内容");
    expect((await chat.says("ou_a", "提交")).plainText).toContain("目前没有待确认的转交");
  });

  it.each(["好的", "谢谢", "好的，谢谢您", "确认"])("is not taken for submitted after %s", async (text) => {
    const chat = await open();
    await chat.says("ou_a", "我想找个人对接一下天使基金");
    expect((await chat.says("ou_a", text)).plainText).toContain("尚未提交，还没有转给任何人");
    expect((await chat.says("ou_a", "提交")).plainText).toContain("您的事项：“我想找个人对接一下天使基金”");
    expect((await chat.says("ou_a", text)).kind).not.toBe("ticket-request");
  });

  it("takes no word of a dialogue for the matter", async () => {
    const chat = await open();
    await chat.says("ou_a", "天使轮项目有什么基金可以对接？");
    await chat.says("ou_a", "取消");
    await chat.says("ou_a", "确定");
    const card = await chat.says("ou_a", "我要找专员");
    expect(card.plainText).toContain("将转交：“天使轮项目有什么基金可以对接？”");
    expect(card.plainText).not.toContain("确定");
  });

  it("takes the contact out again", async () => {
    const chat = await open();
    await chat.says("ou_a", "我想找个人对接一下天使基金");
    await chat.says("ou_a", "电话 021-00000000");
    expect((await chat.says("ou_a", "不留电话了")).plainText).toContain("联系方式已删去");
    await chat.says("ou_a", "提交");
    expect((await chat.desk.ticketsOf("feishu:ou_a"))[0]?.contact).toBeNull();
  });

  it("offers a person with the last question when nobody answers, and leaves other words to the answer", async () => {
    const chat = await open();
    await chat.says("ou_a", "天使轮项目有什么基金可以对接？");
    expect((await chat.says("ou_a", "怎么没人理我")).plainText).toContain(
      "将转交：“天使轮项目有什么基金可以对接？”",
    );
    expect((await chat.says("ou_b", "5分")).kind).not.toMatch(/^ticket/);
    expect((await chat.says("ou_b", "有什么进展吗")).kind).not.toMatch(/^ticket/);
    expect((await chat.says("ou_b", "取消")).kind).not.toMatch(/^ticket/);
  });
});
