import { describe, expect, it } from "vitest";
import { isHandOver, readHandOver } from "../../src/conversation/tickets/read-hand-over.ts";
import { NO_HAND_OVER } from "../support/policy-words.ts";

const POSITIVE = `
转人工
转人工！
人工
人工客服
人工服务
我要转人工
请转人工
帮我转人工
能不能转人工
转接人工客服
接人工
转真人
有真人吗
有没有人工客服
怎么转人工
如何联系人工客服
找专员
找个专员
联系专员
转专员
我要找专员
帮我找一下专员
找一下企业服务专员
请安排专员联系我们
能不能找个人对接一下
能不能找个人跟我们对接一下厂房的事
可以找个人帮我们看看吗
想找个懂政策的人问问
有没有老师能帮我看看
有没有老师可以帮我们讲讲
有没有人能帮我解答一下
有没有工作人员可以跟我们对接一下
我想跟工作人员谈谈
我们想和负责人当面沟通
我要见你们领导
叫你们经理来
让工作人员联系我
请人联系我们
请尽快联系我们
麻烦给我回个电话
能不能安排人上门看看
希望有人跟我们对接一下
这个政策我看不懂，能不能找个人帮我讲讲怎么申请
情况比较复杂，转人工吧
我不想跟机器人聊了
别让机器人回复我
提交工单
我要提个工单
帮我登记一个工单
帮我把这个问题转给区科委处理
转交给相关部门处理吧
投诉
我要投诉
我要投诉物业乱收费
我要投诉！窗口三次都不收材料
我们想举报隔壁厂夜里偷排
投诉一下你们的办事窗口
举报旁边工厂排放异味
我要反映一个问题，园区路灯坏了两个月
反映个情况：我们的材料交了没回音
补贴申请交上去两个月没人回复
打了十几次电话没人接
几个部门互相推诿
窗口态度太差了
你们服务态度恶劣
我不知道该找谁，能不能找个人对接一下
你好，我想找人工
您好，请帮忙找个老师
转人工，我想问厂房租金补贴怎么申请
还是找个人来帮我们办吧
可以让专人跟我们对接吗，我们准备扩产
can I talk to a person
Can I speak with someone about our lease?
I want to talk to a human
please connect me to a specialist
Could someone call me back?
I need a real person
we would like to make a complaint
I'd like to file a complaint about the property manager
Can somebody help us with the application?
Please contact us
open a ticket
human please
我要投诉物业违反规定乱收费
领导好，我们想请你们派人来厂里看一下
我想和专员聊聊
让专员联系我
叫专员来
请专员回电
找人工客服问一下
我要人工
要人工
需要人工
接入人工
人工客服在吗
有没有人工服务
帮我转一下人工
可以转人工不
转人工可以吗
请帮我们对接一位负责招商的同志
希望园区能派专人跟我们对接
能否安排工作人员与我们面谈
我要找你们负责人
联系一下负责人
我们的申报被卡了，希望有人协调
这件事一直没人理
窗口工作人员态度恶劣
你们的人一直不回我消息，我要投诉
帮我找个专员对接厂房
麻烦安排一位专员跟进一下
有没有专员能帮我对接
我想要人工服务
给我转人工吧谢谢
人工在吗
有人工吗？
能接人工吗
我们想约一位负责人聊聊落户的事
请问可以联系到你们的工作人员吗
能不能给个人联系一下
想让你们派人来厂里看看
可以安排专人对接吗
请派专员上门服务
找个活人跟我说话
我要跟真人说
能否请区科委的同志和我们联系
我想咨询人工
这事能不能找位领导协调一下
帮忙转给相关部门处理一下
请帮我反映给园区管委会处理
我要投诉你们的客服
我们公司要投诉供电问题
投诉：楼上天天施工噪音太大
举报附近工厂夜里偷排废水
催了好几次都没人处理
申请提交一个月了没人管
你们这是踢皮球
回答不了就转人工
答非所问，我要找人
机器人答得不对，给我换人工
这个太复杂了，想请专业老师帮我们看一下材料
有没有老师能指导一下申报书
能不能请人帮我们看看申报材料
希望尽快有人联系我们
请给我们打个电话
麻烦尽快回电给我
我需要人帮忙处理合同纠纷
有没有人可以帮我们处理一下
提一个工单
帮我建个工单，厂房漏水
i want to speak to a human agent
could you please have someone contact us
connect me with an officer please
is there a person I can talk to?
I would like to talk with your staff
please escalate this to a specialist
can you get someone to call me
get me a human
I need to speak with a representative
`;

function lines(table: string): string[] {
  return table.split("\n").filter((line) => line.trim() !== "");
}

describe("words that ask for a person", () => {
  it("has a broad table", () => {
    expect(lines(POSITIVE).length).toBeGreaterThanOrEqual(60);
    expect(lines(NO_HAND_OVER).length).toBeGreaterThanOrEqual(80);
  });

  it.each(lines(POSITIVE))("hands over: %s", (text) => {
    expect(isHandOver(text)).toBe(true);
  });

  it.each(lines(NO_HAND_OVER))("leaves alone: %s", (text) => {
    expect(readHandOver(text)).toBeUndefined();
  });

  it("tells a bare wish from one that says the matter", () => {
    expect(readHandOver("找专员")?.bare).toBe(true);
    expect(readHandOver("能不能找个人对接一下")?.bare).toBe(true);
    expect(readHandOver("你好，有没有老师能帮我看看")?.bare).toBe(true);
    expect(readHandOver("can I talk to a person")?.bare).toBe(true);
    expect(readHandOver("转人工，我想问厂房租金补贴怎么申请")?.bare).toBe(false);
    expect(readHandOver("能不能找个人跟我们对接一下厂房的事")?.bare).toBe(false);
    expect(readHandOver("我要投诉物业乱收费")).toEqual({ kind: "complaint", bare: false });
  });
});

describe("the cost of reading", () => {
  it.each([
    ["wishes", `${"请给我想要希望能".repeat(240)}找`],
    ["measures", "个位一个你们的".repeat(250)],
    ["attributes", `请找${"负责的的的熟悉".repeat(280)}`],
    ["English words", `${"a real live actual human ".repeat(79)}!`],
    ["courtesies", "谢谢你好吗可以吗".repeat(240)],
  ])("stays bounded for many %s", (_name, text) => {
    expect(() => readHandOver(text)).not.toThrow();
  });
});
