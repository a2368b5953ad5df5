import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { requestOf } from "../support/desk-of-tickets.ts";
import { type OfficeChatWorld, openOfficeChat } from "../support/office-chat-world.ts";

let world: OfficeChatWorld;
beforeEach(async () => {
  world = await openOfficeChat();
});
afterEach(() => world.close());

async function open(userId: string, text: string): Promise<string> {
  const opened = await world.desk.open(requestOf(userId, text));
  if (!("ticket" in opened)) throw new Error(opened.outcome);
  return opened.ticket.number;
}

async function answer(number: string): Promise<void> {
  const zhang = await world.access.actorOf("feishu:ou_zhang");
  const { ticket } = await world.desk.view(number, zhang);
  const taskId = ticket.tasks[0]?.taskId ?? "";
  const text = "请先登记融资需求，由区科委组织与基金管理方对接。";
  await world.desk.act(ticket.ticketId, { do: "reply", taskId, text }, zhang, "reply");
  await world.desk.act(ticket.ticketId, { do: "close", taskId }, zhang, "close");
}

describe("figures", () => {
  beforeEach(async () => {
    await open("u1", "想找基金");
    await open("u2", "想租厂房");
  });

  it("are words and charts for an administrator, kept for nobody else", async () => {
    const reply = await world.says("ou_admin", "工单统计 本周");
    expect(reply.headline).toBe("工单统计（2026-11-23）");
    expect(reply.plainText).toContain("新收工单 2 件");
    expect(reply.confidential).toBe(true);
    const pictures = reply.blocks.filter(({ type }) => type === "picture");
    expect(pictures.length).toBeGreaterThan(0);
    expect(world.saved).toHaveLength(pictures.length);
    for (const { account, mediaType, bytes } of world.saved) {
      expect({ account, mediaType }).toEqual({ account: "feishu:ou_admin", mediaType: "image/png" });
      expect([...bytes.slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    }
  });

  it("show a lead the own department only, a specialist nothing", async () => {
    expect((await world.says("ou_li", "本周工单统计")).plainText).toContain("新收工单 1 件");
    const refused = await world.says("ou_zhang", "本周工单统计");
    expect(refused.kind).toBe("office-refused");
    expect(refused.plainText).toContain("查看统计");
  });

  it("do not stand in a group", async () => {
    const line = await world.saysIn("oc_science", "ou_admin", "本周工单统计");
    expect(line.plainText).not.toContain("新收");
    expect(world.sentTo("ou_admin").at(-1)?.plainText).toContain("新收工单 2 件");
  });

  it("come as a workbook, also by the button", async () => {
    const reply = await world.says("ou_admin", "导出工单统计 本周");
    const file = reply.blocks.find(({ type }) => type === "file");
    expect(file).toMatchObject({ name: "工单统计 2026-11-23.xlsx" });
    expect([...(world.saved.at(-1)?.bytes.slice(0, 2) ?? [])]).toEqual([0x50, 0x4b]);
    const shown = await world.says("ou_admin", "工单统计 2026-11-01 到 2026-11-15");
    expect(shown.headline).toBe("工单统计（2026-11-01 至 2026-11-15）");
    const exported = await world.presses("ou_admin", shown, "导出 xlsx");
    expect(exported.blocks.find(({ type }) => type === "file")).toMatchObject({
      name: "工单统计 2026-11-01 至 2026-11-15.xlsx",
    });
  });

  it("say how a period is written", async () => {
    expect((await world.says("ou_admin", "工单统计 第三季度")).plainText).toContain("没有看懂期间“第三季度”");
  });
});

describe("questions without an answer", () => {
  const GAPS = ["3f2a0001-aaaa", "3f2a0002-bbbb"].map((gapId, index) => ({
    gapId,
    question: ["园区有班车吗", "能否代办签证"][index] ?? "",
    wordings: { wordings: [], askers: [], missing: {}, recent: [] },
    ...{ count: 5 - index, askers: 3, state: "open" as const, by: null, note: null },
    ...{ firstAt: "2026-11-20T02:00:00.000Z", lastAt: "2026-11-22T02:00:00.000Z" },
  }));
  beforeEach(() => world.storage.tickets.saveGaps(GAPS, "2026-11-22T02:00:00.000Z"));

  const stateOf = async (gapId: string) =>
    (await world.storage.tickets.gaps()).find((gap) => gap.gapId === gapId)?.state;

  it("are listed with counts and decided by button or by number", async () => {
    const listed = await world.says("ou_admin", "知识缺口");
    expect(listed.plainText).toContain("1. 园区有班车吗：5 次，3 人");
    await world.presses("ou_admin", listed, "1 已补充");
    expect(await stateOf("3f2a0001-aaaa")).toBe("answered");
    const done = await world.says("ou_admin", "缺口 3f2a0002 不处理 不属于本园区");
    expect(done.headline).toBe("已标为“不处理”：能否代办签证");
    expect(await stateOf("3f2a0002-bbbb")).toBe("dismissed");
    expect((await world.says("ou_admin", "知识缺口")).plainText).toContain("没有待补充");
    expect((await world.says("ou_admin", "缺口 3f2a 已补充")).kind).toBe("office-refused");
  });

  it("are not for specialists", async () => {
    expect((await world.says("ou_zhang", "知识缺口")).kind).toBe("office-refused");
  });
});

describe("a frequent question", () => {
  it("is drafted from a ticket with its cautions and the next step", async () => {
    const number = await open("u1", "想找基金，怎么申请对接");
    const early = await world.says("ou_admin", `由工单 ${number.slice(-4)} 起草问答`);
    expect(early.plainText).toContain("还没有办结");
    await answer(number);
    const reply = await world.says("ou_admin", `由工单 ${number.slice(-4)} 起草问答`);
    expect(reply.headline).toContain("faq-1");
    expect(reply.plainText).toMatch(/出处|来源/u);
    expect(reply.plainText).toContain("faq submit faq-1");
    expect((await world.says("ou_admin", "由工单 9999 起草问答")).kind).toBe("office-refused");
  });
});

describe("help", () => {
  it("shows an administrator more than a specialist", async () => {
    expect((await world.says("ou_admin", "工单管理帮助")).plainText).toContain("本群受理区科委的工单");
    const { plainText } = await world.says("ou_zhang", "工单管理帮助");
    expect(plainText).toContain("退出专员");
    expect(plainText).not.toContain("移除专员");
  });
});

describe("judgements of answers", () => {
  const judge = (account: string, verdict: "helpful" | "unhelpful", reason: string | null = null) =>
    world.storage.feedback.save({
      ...{ channel: "feishu", messageKey: "asked", account, verdict, reason },
      cause: verdict === "unhelpful" ? "incomplete" : null,
      at: "2026-11-23T01:00:00.000Z",
    });

  it("are counted for an administrator, with the words of those who were not helped and without their names", async () => {
    await judge("feishu:ou_asker", "unhelpful", "缺申报时间");
    await judge("feishu:ou_other", "helpful");
    const reply = await world.says("ou_admin", "答复评价");
    expect(reply.plainText).toContain("答复评价：2 次，有帮助 1 次（50%），没帮助 1 次。");
    expect(reply.plainText).toContain("回答不完整 1 次");
    expect(reply.plainText).toContain("缺申报时间");
    expect(reply.plainText).not.toContain("ou_asker");
    expect((await world.says("ou_admin", "答复评价 上周")).plainText).toContain("期间没有人评价");
  });

  it("are not for specialists, nor for a group", async () => {
    await judge("feishu:ou_asker", "unhelpful", "缺申报时间");
    expect((await world.says("ou_zhang", "答复评价")).kind).toBe("office-refused");
    const line = await world.saysIn("oc_science", "ou_admin", "答复评价");
    expect(line.plainText).not.toContain("缺申报时间");
  });
});
