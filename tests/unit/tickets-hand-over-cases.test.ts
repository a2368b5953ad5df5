import { afterEach, describe, expect, it } from "vitest";
import { isHandOver } from "../../src/conversation/tickets/read-hand-over.ts";
import { openTicketChat, type TicketChatWorld } from "../support/ticket-chat-world.ts";

let world: TicketChatWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

const GROUP = { chatId: "oc_firms", chatKind: "group" as const };
const DEPARTMENT = { chatId: "oc_science", chatKind: "group" as const };

describe("one's own case, a call, somebody to ask", () => {
  it.each([
    "我的补贴三个月没到账，帮我查一下",
    "我司申请的人才公寓被驳回了，麻烦看看什么原因",
    "我们的高企申报被退回了，请帮忙看一下",
    "我们账号登录不了，能帮我们处理一下吗",
    "我的电话见名片，赶紧联系我",
    "高企申报材料被退回来了 说研发费用不对 赶紧给我看看",
    "赶快联系我们",
    "打我电话，急",
    "直接打我手机吧",
    "帮我问问区科委这个项目还能不能报",
    "麻烦催一下房管局",
    "我们厂房漏水两个月了没人修，物业不管",
    "窗口根本不理，材料交了三次",
  ])("is for a person: %s", (text) => {
    expect(isHandOver(text)).toBe(true);
  });

  it.each([
    "申报被驳回后能不能再申报",
    "高企资格被取消的情形有哪些",
    "补贴一般多久到账",
    "没有通过认定的企业有什么支持",
    "帮我看看有哪些基金",
    "我们没拿到融资，有什么基金可以看看",
    "请帮我列出所有重点平台",
    "区科委负责什么",
    "物业费有补贴吗",
    "物业管理部门的职责是什么",
    "快速联系机制是什么",
    "怎么联系园区",
    "园区不处理危险废物怎么办理转移",
    "帮我问一下人才公寓的条件",
  ])("is a question: %s", (text) => {
    expect(isHandOver(text)).toBe(false);
  });
});

it("answers plain questions in the open group again when the person has long been silent", async () => {
  world = await openTicketChat();
  await world.says("ou_a", "我想找个人对接一下天使基金", GROUP);
  await world.says("ou_a", "提交");
  await world.says("ou_zhang", "认领 0001", DEPARTMENT);
  await world.says("ou_zhang", "回复 0001 您好，请说说贵企业的情况", DEPARTMENT);
  expect((await world.says("ou_a", "我们做试剂", GROUP)).kind).toBe("ticket-held");
  await world.advance(3 * 60 * 60_000);
  expect((await world.says("ou_a", "合成生物有哪些布局？", GROUP)).kind).not.toBe("ticket-held");
});

it("tells who may not work on a ticket so, without the inner name of a card", async () => {
  world = await openTicketChat();
  await world.says("ou_a", "我想找个人对接一下天使基金");
  await world.says("ou_a", "提交");
  const refused = await world.presses("ou_b", world.lastTo("oc_science"), "认领", {}, DEPARTMENT);
  expect(refused.plainText).toContain("没有找到工单，或您没有查看、办理它的权限");
  expect((await world.says("ou_b", "工单 0001")).plainText).toContain("没有找到工单“0001”");
});
