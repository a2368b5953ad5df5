import { describe, expect, it } from "vitest";
import { readMatchCommand } from "../../src/conversation/matching/read-match-command.ts";

const typed = (text: string) => readMatchCommand({ text });

describe("typed commands of the matching part", () => {
  it.each([
    ["匹配", { do: "match" }],
    ["请帮我匹配一下！", { do: "match" }],
    ["/match", { do: "match" }],
    ["What can we apply for?", { do: "match" }],
    ["我们能申请什么？", { do: "match" }],
    ["查看依据", { do: "basis", reference: "" }],
    ["查看依据 P02", { do: "basis", reference: "P02" }],
    ["为什么推荐这个？", { do: "why", reference: "" }],
    ["为什么推荐天使投资引导基金？", { do: "why", reference: "天使投资引导基金" }],
    ["为什么没有天使基金", { do: "why", reference: "天使基金" }],
    ["忘掉营收", { do: "forget", field: "营收" }],
    ["以上都对", { do: "confirm" }],
    ["订阅推送", { do: "subscribe", cadence: "weekly" }],
    ["每天订阅推送", { do: "subscribe", cadence: "daily" }],
    ["退订", { do: "unsubscribe" }],
    ["到时提醒我", { do: "remind", reference: "" }],
    ["提醒我 P02", { do: "remind", reference: "P02" }],
    ["我的资料", { do: "mine" }],
    ["导出我的数据", { do: "export" }],
    ["删除我的数据。", { do: "delete" }],
    ["确认删除我的数据", { do: "delete-now" }],
    ["绑定本群", { do: "bind", code: "" }],
    ["解除绑定", { do: "unbind" }],
    ["我们公司叫青岚示例科技有限公司", { do: "name", name: "青岚示例科技有限公司" }],
    ["企业名称：Acme Demo（上海）有限公司", { do: "name", name: "Acme Demo(上海)有限公司" }],
    ["delete my data", { do: "delete" }],
  ])("%s", (text, command) => expect(typed(text)).toEqual(command));

  it.each([
    "天使基金是什么？",
    "匹配度怎么计算？",
    "政策匹配的范围包括哪些？",
    "订阅推送的频率是多少？",
    "企业信用报告怎么办理",
    "一站式服务包括哪些环节？",
    "公司是什么意思",
    "我们公司是做化妆品的",
  ])("leaves %s to others", (text) => expect(typed(text)).toBeUndefined());
});

describe("buttons of the matching part", () => {
  it("reads what they carry", () => {
    const action = { name: "match.answer", values: { field: "stage", value: "天使期" } };
    expect(readMatchCommand({ text: "", action })).toEqual({ do: "answer", field: "stage", value: "天使期" });
    const form = { name: "match.supply", values: {}, form: { headcount: "30" } };
    expect(readMatchCommand({ text: "", action: form })).toEqual({
      do: "supply",
      fields: { headcount: "30" },
    });
  });

  it("knows none of another part", () => {
    expect(readMatchCommand({ text: "匹配", action: { name: "kb.list", values: {} } })).toBeUndefined();
    expect(readMatchCommand({ text: "", action: { name: "match.no-such", values: {} } })).toBeUndefined();
  });
});
