import { afterEach, describe, expect, it } from "vitest";
import type { Reply } from "../../src/conversation/index.ts";
import { openTicketChat, type TicketChatWorld } from "../support/ticket-chat-world.ts";

const worlds: TicketChatWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

const GROUP = { chatId: "oc_science", chatKind: "group" as const };

/** A ticket of `ou_a` in the queue of 区科委, with a contact. */
async function opened(): Promise<{ world: TicketChatWorld; card: Reply; receipt: string }> {
  const world = await openTicketChat();
  worlds.push(world);
  await world.says("ou_a", "我想找个人对接一下天使基金");
  await world.says("ou_a", "电话 021-00000000");
  await world.says("ou_a", "提交");
  const { reply, receipt } = world.lastOf("ticket-card");
  return { world, card: reply, receipt };
}

function labelsOf(reply: Reply): string[] {
  return reply.blocks.flatMap((block) =>
    block.type === "actions"
      ? block.actions.map(({ label }) => label)
      : block.type === "form"
        ? [block.submit, ...(block.more ?? [])].map(({ label }) => label)
        : [],
  );
}

async function onlyTicket(world: TicketChatWorld) {
  const [ticket] = await world.desk.ticketsOf("feishu:ou_a");
  if (!ticket) throw new Error("no ticket");
  return ticket;
}

describe("the card", () => {
  it("shows what is to be done, for whom and until when, without a contact in the group", async () => {
    const { card } = await opened();
    expect(card.headline).toBe("工单 20261123-0001 · 融资与基金 · 中");
    expect(card.plainText).toContain("状态：待认领 · 区科委");
    expect(card.plainText).toContain("首次答复：11月23日（周一）12:00 前");
    expect(card.plainText).not.toContain("021-");
    expect(labelsOf(card)).toEqual(["认领", "回复", "追问", "办结", "转派", "退回", "备注"]);
  });

  it("is edited in its place with every change, and loses its buttons at the end", async () => {
    const { world, card, receipt } = await opened();
    await world.presses("ou_zhang", card, "认领", {}, GROUP);
    const edited = world.lastOf("ticket-card");
    expect(edited.revises).toBe(receipt);
    expect(edited.reply.plainText).toContain("状态：处理中 · 区科委·张三");
    await world.says("ou_zhang", "办结 0001 已对接", GROUP);
    expect(labelsOf(world.lastOf("ticket-card").reply)).toEqual(["撤销办结"]);
    await world.says("ou_a", "重新打开 0001");
    await world.says("ou_a", "撤回 0001");
    expect(labelsOf(world.lastOf("ticket-card").reply)).toEqual([]);
  });

  it("says when a clock has run out", async () => {
    const { world } = await opened();
    await world.advance(3 * 60 * 60_000);
    expect(world.lastOf("ticket-card").reply.plainText).toContain(
      "首次答复：已超时（应在 11月23日（周一）12:00 前）",
    );
  });
});

describe("clicks", () => {
  it("first wins, the other is told who has it; the contact goes to the direct chat", async () => {
    const { world, card } = await opened();
    const first = await world.presses("ou_zhang", card, "认领", {}, GROUP);
    expect(first.plainText).toContain("已由张三认领");
    expect(first.plainText).not.toContain("021-");
    expect(world.lastTo("ou_zhang").plainText).toContain("联系方式：021-00000000");
    const second = await world.presses("ou_li", card, "认领", {}, GROUP);
    expect(second.kind).toBe("ticket-refused");
    expect(second.plainText).toContain("已由张三认领");
    expect((await world.presses("ou_zhang", card, "认领", {}, GROUP)).plainText).toContain("您已认领过");
    expect((await world.presses("ou_zhang", card, "回复", { text: " " }, GROUP)).plainText).toContain(
      "请填写回复内容",
    );
  });

  it("refuses old cards and people without the right, in words", async () => {
    const { world, card } = await opened();
    expect((await world.presses("ou_b", card, "认领", {}, GROUP)).plainText).toContain("没有找到工单");
    expect((await world.presses("ou_wang", card, "认领", {}, GROUP)).kind).toBe("ticket-refused");
    await world.says("ou_a", "撤回 0001");
    const late = await world.presses("ou_zhang", card, "认领", {}, GROUP);
    expect(late.plainText).toContain("工单已撤回");
    expect(late.plainText).toContain("目前状态：已撤回");
  });

  it("does once what one message asks for, and answers a repeat alike", async () => {
    const { world } = await opened();
    const card = await world.handles("ou_d", "帮我找个专员对接厂房", "d1");
    expect(await world.handles("ou_d", "帮我找个专员对接厂房", "d1")).toEqual(card);
    const submitted = await world.handles("ou_d", "提交", "d2");
    expect(submitted.kind).toBe("ticket-opened");
    expect(await world.handles("ou_d", "提交", "d2")).toEqual(submitted);
    expect(await world.desk.ticketsOf("feishu:ou_d")).toHaveLength(1);
    for (const [user, text, key] of [
      ["ou_zhang", "认领 0001", "z1"],
      ["ou_zhang", "追问 0001 请问融资金额？", "z2"],
      ["ou_a", "五百万", "a1"],
      ["ou_a", "股权未定", "a2"],
      ["ou_zhang", "回复 0001 请先报名。", "z3"],
      ["ou_zhang", "办结 0001 已推荐", "z4"],
      ["ou_a", "评价 0001 5 很好", "a3"],
    ] as const) {
      const first = await world.handles(user, text, key);
      expect(first.kind).not.toBe("ticket-refused");
      expect(await world.handles(user, text, key)).toEqual(first);
    }
    const events = await world.desk.eventsOf((await onlyTicket(world)).ticketId);
    const kinds = ["opened", "claimed", "asked", "asker-said", "asker-said", "replied", "closed", "rated"];
    expect(events.map(({ kind }) => kind)).toEqual(kinds);
  });

  it("transfers by the form to a department or a colleague, with a reason", async () => {
    const { world, card } = await opened();
    expect(
      (await world.presses("ou_zhang", card, "转派", { text: "不属本部门" }, GROUP)).plainText,
    ).toContain("请先选择转派给哪个部门");
    expect((await world.presses("ou_zhang", card, "转派", { target: "space" }, GROUP)).plainText).toContain(
      "请填写原因",
    );
    const done = await world.presses("ou_zhang", card, "转派", { target: "space", text: "涉及用地" }, GROUP);
    expect(done.plainText).toContain("已转派区规划资源局");
    expect(world.lastTo("ou_wang").plainText).toContain("转派：区科委 → 区规划资源局（涉及用地）");
    expect(world.lastTo("ou_a").plainText).toContain("已转由区规划资源局办理");
  });
});

describe("typed", () => {
  it.each([
    ["追问 0001 请问融资金额？", "追问已发给提问人", "ticket-question"],
    ["回复 0001：请先报名对接会。", "答复已发给提问人", "ticket-answer"],
    ["办结 20261123-0001 已推荐", "已办结", "ticket-closed"],
    ["转派 0001 区规划资源局 涉及用地", "已转派区规划资源局", "ticket-notice"],
    ["退回 0001 不属本部门", "已退回", "ticket-notice"],
    ["协办 0001 区规划资源局 请看看厂房", "已请区规划资源局协办", "ticket-notice"],
  ])("%s", async (text, said, told) => {
    const { world } = await opened();
    const reply = await world.says("ou_zhang", text, GROUP);
    expect(reply.plainText).toContain(said);
    expect(world.lastTo("ou_a").kind).toBe(told);
  });

  it("keeps notes inside, and tells those whom they name", async () => {
    const { world } = await opened();
    const reply = await world.says("ou_zhang", "备注 0001 @李四 你们看下资质", GROUP);
    expect(reply.plainText).toContain("已提醒所提到的同事");
    expect(world.lastTo("ou_li").plainText).toContain("张三在备注中提到您");
    expect(world.lastTo("ou_a").kind).toBe("ticket-opened");
    expect(world.lastOf("ticket-card").reply.plainText).toContain("张三备注：“@李四 你们看下资质”");
  });

  it("undoes a close, changes the urgency, merges", async () => {
    const { world } = await opened();
    await world.says("ou_zhang", "办结 0001 已推荐", GROUP);
    expect((await world.says("ou_zhang", "撤销办结 0001", GROUP)).plainText).toContain("办结已撤销");
    expect((await world.says("ou_zhang", "改紧急 0001 高 本周截止", GROUP)).plainText).toContain(
      "已调整为“高”",
    );
    await world.says("ou_c", "转人工，想问产业基金怎么对接投资机构");
    await world.says("ou_c", "提交");
    expect((await world.says("ou_zhang", "合并 0002 到 0001", GROUP)).plainText).toContain(
      "已并入 20261123-0001",
    );
    expect(world.lastTo("ou_c").plainText).toContain("已并入工单 20261123-0001");
  });

  it("lists, shows and offers templates, in the direct chat", async () => {
    const { world } = await opened();
    await world.says("ou_zhang", "认领 0001");
    const list = await world.says("ou_zhang", "工单列表");
    expect(list.plainText).toContain("20261123-0001：处理中 · 中 · 融资与基金");
    expect((await world.says("ou_zhang", "工单列表 超时")).plainText).toContain("目前没有");
    expect((await world.says("ou_zhang", "我的待办")).plainText).toContain("您承办的工单：1 张");
    expect((await world.says("ou_wang", "我的待办")).plainText).toContain("您承办的工单：目前没有");
    expect((await world.says("ou_zhang", "工单列表", { chatId: "oc_other", chatKind: "group" })).kind).toBe(
      "ticket-private",
    );
    expect((await world.says("ou_zhang", "工单 0001")).plainText).toContain("联系方式：021-00000000");
    const form = await world.says("ou_zhang", "模板 0001 1");
    const sent = await world.presses("ou_zhang", form, "回复", { text: "贵企业您好，已由张三办理。" });
    expect(sent.plainText).toContain("答复已发给提问人");
  });

  it("takes leave from specialists, and leaves the words of others to the bot", async () => {
    const { world } = await opened();
    expect((await world.says("ou_zhang", "我休假 11月25日到11月27日 由李四代")).plainText).toContain(
      "由李四代理",
    );
    expect((await world.says("ou_zhang", "销假")).plainText).toContain("已销假");
    expect((await world.says("ou_a", "我休假期间员工社保怎么办")).kind).toBe("answered");
  });
});

describe("words under a card", () => {
  it("are the answer, a question, a note or the end, by how they begin", async () => {
    const { world, card, receipt } = await opened();
    await world.presses("ou_zhang", card, "认领", {}, GROUP);
    const under = { ...GROUP, repliesTo: [receipt], overheard: true as const };
    const said = await world.says("ou_zhang", "追问：融资金额是多少？", under);
    expect(said.plainText).toContain("追问已发给提问人");
    expect(world.lastTo("ou_a").plainText).toContain("融资金额是多少？");
    await world.says("ou_zhang", "备注 资质待核", under);
    const answer = await world.says("ou_zhang", "请先报名对接会。", under);
    expect(answer.quiet).toBe(true);
    expect(world.lastTo("ou_a").plainText).toContain("请先报名对接会。");
    await world.says("ou_zhang", "办结 已推荐", under);
    expect((await onlyTicket(world)).status).toBe("已办结");
  });

  it("of colleagues and strangers never reach the enterprise unless they are meant to", async () => {
    const { world, card, receipt } = await opened();
    const under = { ...GROUP, repliesTo: [receipt], overheard: true as const };
    expect((await world.says("ou_li", "这个谁来接？", under)).plainText).toContain("工单尚未认领");
    await world.presses("ou_zhang", card, "认领", {}, GROUP);
    const colleague = await world.says("ou_li", "我觉得可以推荐对接会", under);
    expect(colleague.quiet).toBe(true);
    expect(colleague.plainText).toContain("只有承办人的回复会发出");
    expect((await world.says("ou_b", "路过", under)).plainText).toContain("本条未转交");
    await world.says("ou_zhang", "@李四 你怎么看", under);
    const asked = await world.says("ou_li", "天使基金有什么条件？", { ...GROUP, repliesTo: [receipt] });
    expect(asked.kind).toBe("answered");
    const kinds = (await world.desk.eventsOf((await onlyTicket(world)).ticketId)).map(({ kind }) => kind);
    expect(kinds).toEqual(["opened", "claimed", "noted"]);
    expect(world.lastTo("ou_li").plainText).toContain("提到您");
  });

  it("carry files to the asker", async () => {
    const { world, card, receipt } = await opened();
    await world.presses("ou_zhang", card, "认领", {}, GROUP);
    await world.says("ou_zhang", "", {
      ...GROUP,
      repliesTo: [receipt],
      overheard: true,
      attachments: [{ kind: "file", name: "指引.docx", size: 4, reference: {} }],
    });
    expect(world.lastTo("ou_a").blocks).toContainEqual(
      expect.objectContaining({ type: "file", name: "指引.docx" }),
    );
    expect(world.saved[0]?.account).toBe("feishu:ou_a");
  });
});
