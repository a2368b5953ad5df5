import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOfficeWords } from "../../src/conversation/office/read-office-words.ts";
import { readPeriod } from "../../src/conversation/office/read-period.ts";
import { type OfficeChatWorld, openOfficeChat } from "../support/office-chat-world.ts";

describe("words for the desk", () => {
  it.each([
    ["本群受理区科委的工单", { do: "bind", department: "区科委" }],
    ["本群不再受理工单。", { do: "unbind" }],
    ["登记为区科委专员 张三", { do: "register", department: "区科委", name: "张三" }],
    ["我要登记为区科委的专员，姓名：张三", { do: "register", department: "区科委", name: "张三" }],
    [
      "register as specialist of 区科委, Zhang San",
      { do: "register", department: "区科委", name: "Zhang San" },
    ],
    ["退出区科委专员", { do: "leave", department: "区科委", confirmed: false }],
    ["移除专员 张三，原因：离职", { do: "remove", person: "张三", department: "", reason: "离职" }],
    [
      "设为负责人 张三 区科委",
      { do: "lead", person: "张三", department: "区科委", isLead: true, reason: "" },
    ],
    ["分派表 融资", { do: "show", part: "routing", words: "融资" }],
    ["日历", { do: "show", part: "calendar", words: "" }],
    ["设置历史 分派表", { do: "history", part: "分派表" }],
    ["退回设置 分派表 3", { do: "rollback", part: "分派表", revision: 3, reason: "" }],
    [
      "融资与基金改由区财政局受理，原因：职责调整",
      { do: "reroute", matter: "融资与基金", department: "区财政局", reason: "职责调整" },
    ],
    ["采纳建议 2 原因：符合实际", { do: "adopt", which: "2", reason: "符合实际" }],
    ["上周工单统计", { do: "figures", period: "上周", file: false }],
    ["工单统计 2026-11-01 到 2026-11-15", { do: "figures", period: "2026-11-01 到 2026-11-15", file: false }],
    ["统计", { do: "figures", period: "", file: false }],
    ["导出上周统计", { do: "figures", period: "上周", file: true }],
    ["本部门统计", { do: "figures", period: "", file: false }],
    ["导出工单统计 上月", { do: "figures", period: "上月", file: true }],
    [
      "缺口 abcd1234 不处理 不属于本园区",
      { do: "gap", gap: "abcd1234", state: "dismissed", note: "不属于本园区" },
    ],
    ["由工单 0007 起草问答", { do: "draft-faq", ticket: "0007" }],
    ["工单管理帮助", { do: "help" }],
    ["ticket figures last week", { do: "figures", period: "last week", file: false }],
    ["routing table", { do: "show", part: "routing", words: "" }],
  ])("%s", (text, command) => {
    expect(readOfficeWords(text)).toEqual(command);
  });
});

describe("periods, the last day included", () => {
  const at = new Date("2026-11-23T02:00:00Z");
  it.each([
    ["", {}],
    ["今天", { from: "2026-11-23", to: "2026-11-24" }],
    ["本周", { from: "2026-11-23", to: "2026-11-24" }],
    ["上周", { from: "2026-11-16", to: "2026-11-23" }],
    ["本月", { from: "2026-11-01", to: "2026-11-24" }],
    ["last month", { from: "2026-10-01", to: "2026-11-01" }],
    ["2026-11-01 到 2026-11-15", { from: "2026-11-01", to: "2026-11-16" }],
    ["2026年11月1日至2026年11月30日", { from: "2026-11-01", to: "2026-12-01" }],
    ["2026/2/1-2026/2/28", { from: "2026-02-01", to: "2026-03-01" }],
    ["2026-02-28 到 2026-02-30", undefined],
    ["2026-11-15 到 2026-11-01", undefined],
    ["第三季度", undefined],
  ])("%s", (words, period) => {
    expect(readPeriod(words, at)).toEqual(period);
  });
});

/** Said by an enterprise, every one of these is a question; the first ones are commands of the desk's own people. */
const QUESTIONS = [
  ...["分派表", "本周统计", "工单统计", "受理部门", "部门设置", "时限设置", "日历", "答复模板", "值班电话"],
  ...["知识缺口", "分派建议", "设置历史 分派表", "工单管理帮助", "确认修改", "取消修改", "登记申请"],
  ...["融资与基金改由区财政局受理", "移除专员 张三 区科委", "导出工单统计", "由工单 0007 起草问答"],
];
/** Questions whoever asks. */
const ALWAYS = [
  "分派表是怎么定的",
  "分派表由哪个部门维护？",
  "受理部门是哪个",
  "贴息的受理部门是哪个部门",
  "人才公寓的受理部门在哪里",
  "本周有哪些政策发布",
  "上月新出台的扶持政策有哪些",
  "区科委的办公时间",
  "将企业移出经营异常名录",
  "本群是做什么的",
  "添加专员的流程",
  "本周统计局发布了什么数据",
  "2026年的统计指标有哪些",
  "园区企业数量统计口径是什么",
  "办理时限是多少天",
  "高新技术企业认定的办理时限",
  "日历年度还是会计年度",
  "答复模板哪里下载",
  "登记为高新技术企业需要什么条件",
  "登记为个体工商户 如何办理",
  "注册专员岗位有补贴吗",
  "化妆品注册专员培训",
  "登记为化妆品注册专员需要什么条件",
  "退出专员制度是什么",
  "如何退出孵化器",
  "知识产权缺口怎么补",
  "人才缺口已补充了吗",
  "改由区财政局受理了吗",
  "专项资金改由哪个部门受理",
  "设为负责人需要什么材料",
  "设置历史建筑保护范围",
  "同意登记的材料有哪些",
  "本群受理哪些工单？",
  "起草问答要注意什么",
  "which department handles the routing table",
  "what are the ticket figures",
];

describe("questions stay questions", () => {
  let world: OfficeChatWorld;
  beforeAll(async () => {
    world = await openOfficeChat();
  });
  afterAll(() => world.close());

  it.each([...QUESTIONS, ...ALWAYS])("of an enterprise: %s", async (text) => {
    expect((await world.says("ou_enterprise", text)).kind).toBe("answered");
  });

  it.each(ALWAYS)("of an administrator: %s", async (text) => {
    expect((await world.says("ou_admin", text)).kind).toBe("answered");
  });

  it.each(QUESTIONS)("but a command of an administrator: %s", async (text) => {
    expect((await world.says("ou_admin", text)).kind).toMatch(/^office-/);
  });

  it.each([
    ["添加专员 陈专员 区财政局", "登记为区财政局专员 陈专员"],
    ["新增区财政局专员：陈六", "登记为区财政局专员 陈六"],
    ["把李专员移出区科委", "移除专员 李专员 区科委"],
    ["将李四从区科委移除", "移除专员 李四 区科委"],
    ["本群是科委的群", "本群受理区科委的工单"],
    ["值班电话 13800000000", "不能在会话中修改"],
    ["设置值班电话为：021-00000000", "不能在会话中修改"],
    ["区科委办公时间 17:00-9:00", "每段起始须早于结束"],
  ])("what is nearly a command: %s", async (text, hint) => {
    expect((await world.says("ou_enterprise", text)).kind).toBe("answered");
    const reply = await world.says("ou_admin", text);
    expect([reply.kind, reply.plainText]).toEqual(["office-hint", expect.stringContaining(hint)]);
  });

  it("does what can mean one thing only, for who may", async () => {
    const said = "本群是区财政局的群";
    expect((await world.saysIn("oc_finance", "ou_enterprise", said)).kind).toBe("answered");
    expect((await world.saysIn("oc_finance", "ou_li", said)).kind).toBe("office-refused");
    const reply = await world.saysIn("oc_finance", "ou_admin", said);
    expect(reply.headline).toBe("已设定：本群受理区财政局的工单。");
  });

  it("tells those who work on tickets where their commands are", async () => {
    const [theirs, others] = [await world.says("ou_li", "帮助"), await world.says("ou_enterprise", "帮助")];
    expect(theirs.headline).toBe(others.headline);
    expect(theirs.plainText).toContain("工单管理帮助");
    expect(others.plainText).not.toContain("工单管理帮助");
    expect((await world.says("ou_li", "help")).plainText).toContain("Commands for working on tickets");
  });

  it("leaves buttons of others alone", async () => {
    const reply = await world.says("ou_admin", "", { action: { name: "kb.list", values: {} } });
    expect(reply.kind).not.toMatch(/^office-/);
  });
});
