import { describe, expect, it } from "vitest";
import { mayBeDanger } from "../../src/conversation/tickets/meet-danger.ts";
import { readAskerAction, readAskerWords } from "../../src/conversation/tickets/read-asker-command.ts";
import {
  readThreadWords,
  readWorkAction,
  readWorkWords,
} from "../../src/conversation/tickets/read-work-command.ts";

describe("an asker's words", () => {
  it.each([
    ["提交", { do: "submit", form: {} }],
    ["submit", { do: "submit", form: {} }],
    ["取消", { do: "drop" }],
    [
      "改成：我们想找厂房，三月要用。",
      { do: "edit", change: { edit: "text", text: "我们想找厂房，三月要用" } },
    ],
    ["电话 021-00000000", { do: "edit", change: { edit: "contact", contact: "021-00000000" } }],
    ["不提供企业概况", { do: "edit", change: { edit: "share", share: false } }],
    ["补充到 0007", { do: "add-to", ticket: "0007", form: {} }],
    ["我的工单", { do: "mine" }],
    ["进度", { do: "mine" }],
    ["工单 0007", { do: "show", ticket: "0007" }],
    ["工单２０２６１１２３－0007".replace("－", "-"), { do: "show", ticket: "20261123-0007" }],
    ["20261123-0007", { do: "show", ticket: "20261123-0007" }],
    ["补充 0007 我们的厂房在二楼", { do: "say", ticket: "0007", text: "我们的厂房在二楼" }],
    ["补充 0007", { do: "add", ticket: "0007" }],
    ["撤回 0007", { do: "withdraw", ticket: "0007", reason: "" }],
    ["重新打开 0007 还没解决", { do: "reopen", ticket: "0007", reason: "还没解决" }],
    ["评价 0007 5 很快", { do: "rate", ticket: "0007", score: 5, comment: "很快" }],
    ["rate 0007 4", { do: "rate", ticket: "0007", score: 4, comment: "" }],
    ["问贤策 人才公寓怎么申请？", { do: "ask-bot", question: "人才公寓怎么申请？" }],
    ["问贤策人才公寓怎么申请", { do: "ask-bot", question: "人才公寓怎么申请" }],
    ["问机器人：有哪些基金", { do: "ask-bot", question: "有哪些基金" }],
    ["ask the bot: which funds are there?", { do: "ask-bot", question: "which funds are there?" }],
  ])("%s", (text, command) => {
    expect(readAskerWords(text)).toEqual(command);
  });

  it.each([
    "电话是多少",
    "联系电话是什么号码",
    "进度怎么样",
    "政策进度如何",
    "工单是什么",
    "补充 2024 年的材料要求",
    "补充材料有哪些要求",
    "撤回申请怎么办理",
    "评价标准是什么",
    "贤策是谁",
    "取消资格的情形有哪些",
    "提交什么材料",
    "查看政策",
    "重新打开申报系统要多久",
  ])("leaves alone: %s", (text) => {
    expect(readAskerWords(text)).toBeUndefined();
    expect(readWorkWords(text)).toBeUndefined();
  });

  it("come from buttons, too", () => {
    expect(readAskerAction({ name: "ticket.start", values: { question: "有哪些基金" } })).toEqual({
      do: "start",
      question: "有哪些基金",
    });
    expect(readAskerAction({ name: "match.specialist", values: {} })).toEqual({ do: "start", question: "" });
    expect(readAskerAction({ name: "match.match", values: {} })).toBeUndefined();
    expect(
      readAskerAction({ name: "ticket.submit", values: { request: "k" }, form: { text: "内容" } }),
    ).toEqual({
      do: "submit",
      request: "k",
      form: { text: "内容" },
    });
  });
});

describe("words of those who work on tickets", () => {
  it.each([
    ["认领 0007", { do: "act", act: "claim", ticket: "0007", text: "" }],
    ["认领工单 20261123-0007", { do: "act", act: "claim", ticket: "20261123-0007", text: "" }],
    ["放回 0007 出差", { do: "act", act: "release", ticket: "0007", text: "出差" }],
    [
      "回复 0007：您好！\n请先报名。",
      { do: "act", act: "reply", ticket: "0007", text: "您好！\n请先报名。" },
    ],
    ["追问 0007 融资金额？", { do: "act", act: "ask", ticket: "0007", text: "融资金额？" }],
    ["办结 0007", { do: "act", act: "close", ticket: "0007", text: "" }],
    ["撤销办结 0007", { do: "act", act: "undo-close", ticket: "0007", text: "" }],
    ["退回 0007 不属本部门", { do: "act", act: "return", ticket: "0007", text: "不属本部门" }],
    ["备注 0007 待核", { do: "act", act: "note", ticket: "0007", text: "待核" }],
    [
      "转派 0007 区经委 原因：涉及技改",
      { do: "transfer", ticket: "0007", target: "区经委", reason: "涉及技改" },
    ],
    ["转派 0007 给 @李四 你更熟", { do: "transfer", ticket: "0007", target: "李四", reason: "你更熟" }],
    ["协办 0007 区财政局 请核资金", { do: "add-task", ticket: "0007", target: "区财政局", text: "请核资金" }],
    ["改紧急 0007 高 本周截止", { do: "set-urgency", ticket: "0007", urgency: "高", reason: "本周截止" }],
    ["合并 0007 到 0005", { do: "merge", ticket: "0007", into: "0005" }],
    ["工单列表", { do: "list", words: "" }],
    ["工单列表 待认领", { do: "list", words: "待认领" }],
    ["我的待办", { do: "my-work" }],
    ["模板 0007", { do: "templates", ticket: "0007", template: "" }],
    ["模板 0007 2", { do: "templates", ticket: "0007", template: "2" }],
    ["我下周一到周三休假，由李四代", { do: "absence", words: "我下周一到周三休假，由李四代" }],
    ["销假", { do: "absence", words: "销假" }],
  ])("%s", (text, command) => {
    expect(readWorkWords(text)).toEqual(command);
  });

  it.each([
    "受理 2024 年申报的部门",
    "回复时限是多久",
    "我休假期间社保怎么办？",
    "转派制度是什么",
    "待办",
    "模板在哪里下载",
  ])("leaves alone: %s", (text) => {
    expect(readWorkWords(text)).toBeUndefined();
  });

  it("come from the card's form, each button with the same fields", () => {
    const values = { ticket: "t", task: "k" };
    const form = { text: " 内容 ", target: "space" };
    expect(readWorkAction({ name: "ticket.do", values: { ...values, do: "reply" }, form })).toEqual({
      ...{ do: "act", act: "reply", ticket: "t", task: "k", text: "内容" },
    });
    expect(readWorkAction({ name: "ticket.do", values: { ...values, do: "transfer" }, form })).toEqual({
      ...{ do: "transfer", ticket: "t", task: "k", target: "space", reason: "内容" },
    });
    expect(readWorkAction({ name: "ticket.do", values: { ...values, do: "tick" } })).toBeUndefined();
  });

  it.each([
    ["请先报名。", { do: "answer", text: "请先报名。" }],
    ["办结了吗？还有什么要补充？", { do: "answer", text: "办结了吗？还有什么要补充？" }],
    ["备注：待核", { do: "act", act: "note", text: "待核" }],
    ["追问 融资金额？", { do: "act", act: "ask", text: "融资金额？" }],
    ["办结", { do: "act", act: "close", text: "" }],
    ["转派 区经委 涉及技改", { do: "transfer", target: "区经委", reason: "涉及技改" }],
  ])("under a card: %s", (text, words) => {
    expect(readThreadWords(text)).toEqual(words);
  });
});

describe("suspicion of danger", () => {
  it.each(["车间着火了", "氨气泄漏，有人晕倒", "There is a gas leak in our lab", "仓库冒烟，现在怎么办"])(
    "%s",
    (text) => {
      expect(mayBeDanger(text)).toBe(true);
    },
  );
  it.each(["消防改造有补贴吗", "人才公寓怎么申请", "火灾报警产品有什么政策"])("not: %s", (text) => {
    expect(mayBeDanger(text)).toBe(false);
  });
});
