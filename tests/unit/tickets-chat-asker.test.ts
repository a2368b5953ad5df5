import { afterEach, describe, expect, it } from "vitest";
import {
  openTicketChat,
  type TicketChatOptions,
  type TicketChatWorld,
} from "../support/ticket-chat-world.ts";

const worlds: TicketChatWorld[] = [];

async function open(options?: TicketChatOptions): Promise<TicketChatWorld> {
  const world = await openTicketChat(options);
  worlds.push(world);
  return world;
}

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const GROUP = { chatId: "oc_firms", chatKind: "group" as const };
const DEPARTMENT = { chatId: "oc_science", chatKind: "group" as const };

/** A ticket of `ou_a` about funds, claimed by 张三. */
async function claimed(world: TicketChatWorld, place = {}): Promise<void> {
  await world.says("ou_a", "我想找个人对接一下天使基金", place);
  await world.says("ou_a", "提交");
  await world.says("ou_zhang", "认领 0001", DEPARTMENT);
}

describe("asking for a person", () => {
  it("takes the last question, and hands nothing over before it is submitted", async () => {
    const world = await open();
    await world.says("ou_a", "天使轮项目有什么基金可以对接？");
    const card = await world.says("ou_a", "找专员");
    expect(card.kind).toBe("ticket-request");
    expect(card.plainText).toContain("将转交：“天使轮项目有什么基金可以对接？”");
    expect(card.plainText).toContain("受理：区科委（按园区分派表）");
    expect(card.plainText).toContain("在您提交之前，以上内容不会转给任何人");
    expect(await world.desk.ticketsOf("feishu:ou_a")).toEqual([]);
    const opened = await world.presses("ou_a", card, "提交");
    expect(opened.plainText).toContain("已为您提交工单 20261123-0001");
    expect(opened.plainText).toContain("预计今天12:00前首次答复");
    expect(world.lastTo("oc_science").kind).toBe("ticket-card");
  });

  it("does not open twice for two clicks, and says so", async () => {
    const world = await open();
    const card = await world.says("ou_a", "转人工，我想问天使基金怎么对接");
    await world.presses("ou_a", card, "提交");
    const again = await world.presses("ou_a", card, "提交");
    expect(again.plainText).toContain("已经提交过了，工单号 20261123-0001");
    expect(await world.desk.ticketsOf("feishu:ou_a")).toHaveLength(1);
  });

  it("is edited by words and by the form, and keeps the contact for those who have it", async () => {
    const world = await open();
    const card = await world.says("ou_a", "我想找个人对接一下天使基金");
    expect((await world.says("ou_a", "改成：我们想对接产业基金，着急。")).plainText).toContain(
      "我们想对接产业基金，着急",
    );
    expect((await world.says("ou_a", "电话 021-00000000")).plainText).toContain(
      "联系方式已填为“021-00000000”",
    );
    await world.presses("ou_a", card, "提交", { text: "我们想对接产业基金。", contact: "021-11111111" });
    const [ticket] = await world.desk.ticketsOf("feishu:ou_a");
    expect(ticket?.text).toBe("我们想对接产业基金。");
    expect(ticket?.contact).toBe("021-11111111");
    expect(JSON.stringify(world.lastTo("oc_science"))).not.toContain("021-");
  });

  it("is cancelled without a trace; an old card opens nothing", async () => {
    const world = await open();
    const card = await world.says("ou_a", "找专员对接基金");
    expect((await world.says("ou_a", "取消")).plainText).toContain("没有转交任何内容");
    expect((await world.presses("ou_a", card, "提交")).plainText).toContain("已取消");
    const other = await world.says("ou_a", "帮我找个专员对接厂房");
    await world.advance(31 * 60_000);
    expect((await world.presses("ou_a", other, "提交")).plainText).toContain("已失效");
    expect(await world.desk.ticketsOf("feishu:ou_a")).toEqual([]);
    // “提交” and “取消” without a card are no commands.
    expect((await world.says("ou_a", "取消")).kind).toBe("answered");
  });

  it("is dropped by a reset", async () => {
    const world = await open();
    await world.says("ou_a", "找专员对接天使基金");
    expect((await world.says("ou_a", "重置")).kind).toBe("reset");
    expect((await world.says("ou_a", "提交")).kind).toBe("answered");
  });

  it("asks for the matter when there is none, and takes the next words as it", async () => {
    const world = await open();
    expect((await world.says("ou_a", "转人工")).plainText).toContain("请先写明要办的事");
    const card = await world.says("ou_a", "我们厂房租约下个月到期");
    expect(card.plainText).toContain("将转交：“我们厂房租约下个月到期”");
    expect((await world.says("ou_a", "提交")).kind).toBe("ticket-opened");
  });

  it("passes on the profile only when it may", async () => {
    const describeEnterprise = async () => ({
      enterpriseId: "e-1",
      name: "示例生物（虚构）",
      lines: ["化妆品研发"],
      traits: {},
    });
    const world = await open({ describeEnterprise });
    await world.storage.enterprises.create(
      { enterpriseId: "e-1", name: "示例生物（虚构）", creditCode: null },
      "feishu:ou_a",
      new Date(),
      { actor: "test:chat" },
    );
    const card = await world.says("ou_a", "找专员对接天使基金");
    expect(card.plainText).toContain("将一并提供：示例生物（虚构）；化妆品研发");
    await world.says("ou_a", "不提供企业概况");
    await world.says("ou_a", "提交");
    expect(world.lastTo("oc_science").plainText).toContain("提问人未提供企业概况");
    await world.says("ou_b", "找专员对接产业基金的事情");
    await world.says("ou_b", "提交");
    expect(world.lastTo("oc_science").plainText).toContain("企业：示例生物（虚构）；化妆品研发");
  });

  it("names every department of several matters with its part", async () => {
    const world = await open();
    const card = await world.says("ou_a", "能不能找个人对接：想对接天使基金，也想找厂房");
    expect(card.plainText).toContain("云上会商");
    expect(card.plainText).toContain("· 区规划资源局：");
    await world.says("ou_a", "提交");
    expect(world.lastTo("ou_wang").kind).toBe("ticket-card");
  });

  it("offers an open ticket on the same matter", async () => {
    const world = await open();
    await world.says("ou_a", "找专员对接天使基金，我们是天使轮");
    await world.says("ou_a", "提交");
    const card = await world.says("ou_a", "找专员对接天使基金，我们还是天使轮");
    expect(card.plainText).toContain("内容相近、正在办理的工单 20261123-0001");
    const added = await world.presses("ou_a", card, "补充到该工单");
    expect(added.plainText).toContain("已补充到工单 20261123-0001");
    expect(await world.desk.ticketsOf("feishu:ou_a")).toHaveLength(1);
  });

  it("says honestly that nobody is there", async () => {
    const world = await open();
    world.settings.current = {
      ...world.settings.current,
      departments: world.settings.current.departments.map((each) => ({
        ...each,
        group: null,
        specialists: [],
        leads: [],
      })),
    };
    await world.says("ou_a", "找专员对接天使基金");
    const opened = await world.says("ou_a", "提交");
    expect(opened.plainText).toMatch(/尚未配置受理人员|没有在岗的受理人员/u);
    expect(opened.plainText).not.toContain("前首次答复");
  });

  it("answers in English to those who write it", async () => {
    const world = await open();
    const card = await world.says("ou_a", "Can I talk to a person about investor matchmaking?");
    expect(card.language).toBe("en");
    expect(card.headline).toBe("Please check what will be passed on:");
    expect((await world.says("ou_a", "submit")).headline).toBe(
      "Your ticket 20261123-0001 has been submitted.",
    );
    await world.says("ou_zhang", "回复 0001 Please register for the matchmaking day.", DEPARTMENT);
    expect(world.lastTo("ou_a").headline).toBe("区科委 张三 answers:");
  });
});

describe("danger", () => {
  it("comes first, before the card", async () => {
    const world = await open();
    const reply = await world.says("ou_a", "车间氨气泄漏了，有人晕倒");
    expect(reply.headline).toMatch(/^请先确保人员安全：立即拨打 119/u);
    expect(reply.kind).toBe("ticket-request");
  });

  it("is said in the group at once, the card goes to the direct chat", async () => {
    const world = await open();
    const reply = await world.says("ou_a", "仓库着火了快来人", GROUP);
    expect(reply.headline).toContain("119");
    expect(world.lastTo("ou_a").kind).toBe("ticket-request");
  });

  it("comes first in a thread that a person has, too", async () => {
    const world = await open();
    await claimed(world, GROUP);
    const reply = await world.says("ou_a", "实验室起火了！", GROUP);
    expect(reply.headline).toContain("119");
    expect(reply.quiet).toBeUndefined();
  });

  it("is no question about rules or money", async () => {
    const world = await open();
    for (const text of [
      "消防设施改造有补贴吗",
      "做泄漏检测设备的企业能申请什么政策",
      "火灾自动报警产品有什么扶持",
    ]) {
      expect((await world.says("ou_a", text)).kind).toBe("answered");
    }
  });
});

describe("in a group", () => {
  it("sends the card to the direct chat and says one line", async () => {
    const world = await open();
    const line = await world.says("ou_a", "找专员对接天使基金", GROUP);
    expect(line.kind).toBe("ticket-private");
    expect(line.plainText).not.toContain("基金");
    await world.presses("ou_a", world.lastTo("ou_a"), "提交");
    await world.says("ou_zhang", "回复 0001 请先报名对接会。", DEPARTMENT);
    expect(world.lastTo("oc_firms").headline).toBe("区科委 张三 答复：");
    expect(world.lastTo("oc_firms").mention).toEqual({ userId: "ou_a" });
  });

  it("shows the card in place without a contact where there are no direct chats", async () => {
    const world = await open({ withoutDirect: true });
    const card = await world.says("ou_a", "找专员对接天使基金", GROUP);
    expect(card.kind).toBe("ticket-request");
    expect(card.plainText).not.toContain("联系方式（选填");
    expect((await world.says("ou_a", "电话 021-00000000", GROUP)).plainText).toContain(
      "不要在群里发送联系方式",
    );
    await world.presses("ou_a", card, "提交", { contact: "021-00000000" }, GROUP);
    expect((await world.desk.ticketsOf("feishu:ou_a"))[0]?.contact).toBeNull();
  });

  it("calls the asker there for a person's question, but not for news, and nobody in a direct chat", async () => {
    const world = await open();
    await claimed(world, GROUP);
    expect(world.lastTo("oc_firms").mention).toBeUndefined();
    await world.says("ou_zhang", "追问 0001 请问融资金额？", DEPARTMENT);
    expect(world.lastTo("oc_firms")).toMatchObject({ kind: "ticket-question", mention: { userId: "ou_a" } });
    const direct = await open();
    await claimed(direct);
    await direct.says("ou_zhang", "追问 0001 请问融资金额？", DEPARTMENT);
    expect(direct.lastOf("ticket-question").reply.mention).toBeUndefined();
  });

  it("shows no tickets in a group", async () => {
    const world = await open();
    await claimed(world);
    expect((await world.says("ou_a", "我的工单", GROUP)).kind).toBe("ticket-private");
    expect(world.lastTo("ou_a").kind).toBe("ticket-list");
  });
});

describe("while a person has it", () => {
  it("forwards what the asker says, explains once, and is quiet then", async () => {
    const world = await open();
    await claimed(world, GROUP);
    const first = await world.says("ou_a", "我们大概要五百万", GROUP);
    expect(first.plainText).toContain("已转给区科委·张三（工单 20261123-0001）");
    expect(first.plainText).toContain("问贤策");
    const second = await world.says("ou_a", "股权结构还没有定", GROUP);
    expect(second.quiet).toBe(true);
    expect(second.confidential).toBe(true);
    const events = await world.desk.eventsOf((await world.desk.ticketsOf("feishu:ou_a"))[0]?.ticketId ?? "");
    expect(events.filter(({ kind }) => kind === "asker-said").map(({ text }) => text)).toEqual([
      "我们大概要五百万",
      "股权结构还没有定",
    ]);
  });

  it("leaves the bot to those who ask for it, to commands and to others in the group", async () => {
    const world = await open();
    await claimed(world, GROUP);
    expect((await world.says("ou_a", "问贤策 人才公寓怎么申请", GROUP)).headline).toBe(
      "答：人才公寓怎么申请",
    );
    expect((await world.says("ou_a", "问机器人，人才公寓怎么申请？", GROUP)).headline).toBe(
      "答：人才公寓怎么申请？",
    );
    expect((await world.says("ou_a", "帮助", GROUP)).kind).toBe("help");
    expect((await world.says("ou_b", "人才公寓怎么申请", GROUP)).kind).toBe("answered");
    expect((await world.says("ou_a", "问贤策", GROUP)).kind).toBe("ticket-hint");
  });

  it("holds a direct chat only while the person has just spoken, has asked, or is replied to", async () => {
    const world = await open();
    await claimed(world);
    expect((await world.says("ou_a", "人才公寓怎么申请")).kind).toBe("answered");
    await world.says("ou_zhang", "回复 0001 请先报名对接会。", DEPARTMENT);
    const { receipt } = world.lastOf("ticket-answer");
    expect((await world.says("ou_a", "好的，怎么报名")).kind).toBe("ticket-held");
    await world.advance(31 * 60_000);
    expect((await world.says("ou_a", "人才公寓怎么申请")).kind).toBe("answered");
    expect((await world.says("ou_a", "在哪里报名", { repliesTo: [receipt] })).kind).toBe("ticket-held");
    await world.says("ou_zhang", "追问 0001 请问融资金额？", DEPARTMENT);
    await world.advance(3 * 60 * 60_000);
    expect((await world.says("ou_a", "五百万")).kind).toBe("ticket-held");
  });

  it("passes files on, and says which it does not take", async () => {
    const world = await open();
    await claimed(world);
    await world.says("ou_zhang", "追问 0001 请发商业计划书", DEPARTMENT);
    const file = (name: string, size = 4) => ({ kind: "file" as const, name, size, reference: {} });
    const reply = await world.says("ou_a", "", {
      attachments: [
        file("计划书.pdf"),
        file("工具.exe"),
        file("大文件.zip", 30 * 1024 * 1024),
        file("gone.pdf"),
      ],
    });
    expect(reply.plainText).toContain("“工具.exe”的文件类型不能接收");
    expect(reply.plainText).toContain("“大文件.zip”超过 20 MB");
    expect(reply.plainText).toContain("“gone.pdf”没有收到：文件已失效");
    expect(world.saved).toEqual([{ name: "计划书.pdf", account: "feishu:ou_a", bytes: 4 }]);
    const told = world.delivered.findLast(({ reply: each }) => each.headline.includes("企业有新的补充"));
    expect(told?.reply.blocks).toContainEqual(expect.objectContaining({ type: "file", name: "计划书.pdf" }));
  });

  it("says something to whoever is overheard and no part of it, and passes nothing on", async () => {
    const world = await open();
    await claimed(world, GROUP);
    await world.says("ou_zhang", "回复 0001 请先报名对接会。", DEPARTMENT);
    const { receipt } = world.lastOf("ticket-answer");
    const other = await world.says("ou_b", "我也想知道", { ...GROUP, repliesTo: [receipt], overheard: true });
    expect(other.quiet).toBe(true);
    expect(other.plainText).toContain("本条未转交");
    const own = await world.says("ou_a", "怎么报名", {
      ...GROUP,
      threadId: "omt_1",
      repliesTo: [receipt],
      overheard: true,
    });
    expect(own.plainText).toContain("已转给区科委·张三");
  });
});

describe("one's own tickets", () => {
  it("shows, adds to, withdraws and reopens; notes stay inside", async () => {
    const world = await open();
    await claimed(world);
    await world.says("ou_zhang", "备注 0001 企业资质待核", DEPARTMENT);
    expect((await world.says("ou_a", "我的工单")).plainText).toContain("20261123-0001：处理中");
    const status = await world.says("ou_a", "工单 0001");
    expect(status.plainText).toContain("张三已受理");
    expect(status.plainText).not.toContain("待核");
    const form = await world.presses("ou_a", status, "补充");
    await world.presses("ou_a", form, "提交", { text: "补充一点情况" });
    expect((await world.says("ou_a", "20261123-0001")).plainText).toContain("您补充：“补充一点情况”");
    await world.says("ou_zhang", "办结 0001 已对接", DEPARTMENT);
    expect((await world.says("ou_a", "重新打开 0001 还没有解决")).plainText).toContain("已重新打开");
    expect((await world.says("ou_a", "撤回 0001")).plainText).toContain("已撤回");
    expect((await world.says("ou_a", "撤回 0001")).kind).not.toBe("error");
    expect((await world.says("ou_b", "工单 0001")).plainText).toContain("没有找到工单");
  });

  it("is rated once", async () => {
    const world = await open();
    await claimed(world);
    await world.says("ou_zhang", "办结 0001 已对接", DEPARTMENT);
    const { reply } = world.lastOf("ticket-closed");
    expect((await world.presses("ou_a", reply, "4 满意", { comment: "很快" })).plainText).toContain(
      "（4 分）",
    );
    expect((await world.presses("ou_a", reply, "1 非常不满意")).plainText).toContain("已对本工单作出评价");
    expect((await world.says("ou_a", "评价 0001 9")).kind).toBe("ticket-refused");
    const [ticket] = await world.desk.ticketsOf("feishu:ou_a");
    expect(ticket?.satisfaction).toMatchObject({ score: 4, comment: "很快" });
  });
});
