import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";

const sections = (text: string) =>
  parseDocument(text, { fileName: "x.txt" }).nodes.map(({ section }) => section);
const clauses = (text: string) =>
  parseDocument(text, { fileName: "x.txt" }).clauses.map(({ section, text: words }) => `${section}|${words}`);

describe("decimal numbering without marks", () => {
  const prose = "由承担单位负责组织实施。";

  it.each([
    ["a blank", "1 总则", "1.1 目的", "2 要求", "2.1 采购", "2.1.1 仪器状态", "2.1.2 人员"],
    ["no blank", "1总则", "1.1目的", "2要求", "2.1采购", "2.1.1仪器状态", "2.1.2人员"],
    ["a full-width point", "1 总则", "1．1 目的", "2 要求", "2．1 采购", "2．1．1 仪器状态", "2．1．2 人员"],
    ["wide blanks", "1　总则", "1.1　目的", "2　要求", "2.1　采购", "2.1.1　仪器状态", "2.1.2　人员"],
  ])("with %s", (_, ...headings) => {
    const text = `某某技术导则\n${headings.map((heading) => `${heading}\n${prose}`).join("\n")}`;
    expect(sections(text)).toEqual(["标题", "1", "1.1", "2", "2.1", "2.1.1", "2.1.2"]);
  });

  it("keeps the mark of 1. and 1、 over decimals", () => {
    expect(sections(`某某预案\n1.总则\n1.1目的\n${prose}\n2.组织\n2.1机构\n${prose}`)).toEqual([
      "标题",
      "1.",
      "1.1",
      "2.",
      "2.1",
    ]);
    expect(sections(`某某规范\n1、范围\n${prose}\n2、要求\n2.1 场地\n${prose}`)).toEqual([
      "标题",
      "1、",
      "2、",
      "2.1",
    ]);
  });

  it("takes the first and the last without decimals of their own for headings, too", () => {
    const text = `某某导则\n1 范围\n${prose}\n2 术语\n${prose}\n3 程序\n3.1 申请\n${prose}\n4 附则\n${prose}`;
    expect(sections(text)).toEqual(["标题", "1", "2", "3", "3.1", "4"]);
  });

  it.each([
    "2026年起执行新台账",
    "3.5万元的应当报批",
    "2 亿元以上的损失由市级处置",
    "2.2 倍以内的据实计算",
    "2 个工作日内报送",
    "2.2米以上的设备另行登记",
  ])("leaves a figure that begins a line: %s", (line) => {
    const text = `某某导则\n1 总则\n1.1 目的\n${prose}\n${line}\n2 要求\n2.1 采购\n${prose}`;
    expect(sections(text)).toEqual(["标题", "1", "1.1", "2", "2.1"]);
  });

  it("does not take items of a list for the next heading", () => {
    const text = `某某导则\n1 总则\n1.1 职责\n1.组织申请；\n2.审阅材料；\n3.形成意见。\n2 程序\n2.1 检查\n（一）现场；\n（二）书面。\n2.2 公示\n（一）名单；\n（二）异议。\n3 附则\n${prose}`;
    expect(sections(text)).toEqual([
      "标题",
      ...["1", "1.1", "1.1 1.", "1.1 2.", "1.1 3."],
      ...["2", "2.1", "2.1（一）", "2.1（二）", "2.2", "2.2（一）", "2.2（二）", "3"],
    ]);
  });

  it("goes on over a number that is missing, and to the annexes", () => {
    const text = `某某导则\n1 总则\n1.1 目的\n${prose}\n2 要求\n2.2 设备\n2.2.1 状态\n${prose}\n4 附则\n4.1 解释\n${prose}\n附录A\n（资料性）\nA.1 检查内容\n${prose}`;
    expect(sections(text)).toEqual(["标题", "1", "1.1", "2", "2.2", "2.2.1", "4", "4.1", "附录A"]);
  });

  it("does not take a plain list for decimals", () => {
    expect(sections("某某通知\n一、材料\n1 份申请表\n2 份合同\n二、时间\n3月底前报送。")).toEqual([
      "标题",
      "一",
      "二",
    ]);
  });
});

describe("lists that start again", () => {
  it("stand under the paragraph that introduces them", () => {
    const text =
      "某某办法\n第二条 下列事项可以支持：\n（一）检测；\n（二）咨询。\n有下列情形之一的，不予支持：\n（一）重复申报；\n（二）弄虚作假。\n第三条 附则。";
    expect(clauses(text)).toEqual([
      "标题|某某办法",
      "第二条|第二条 下列事项可以支持：",
      "第二条（一）|（一）检测；",
      "第二条（二）|（二）咨询。",
      "第二条¶2|有下列情形之一的，不予支持：",
      "第二条¶2（一）|（一）重复申报；",
      "第二条¶2（二）|（二）弄虚作假。",
      "第三条|第三条 附则。",
    ]);
  });

  it("also where the last item was divided, twice over", () => {
    const text =
      "某某办法\n第二条 应当具备下列条件：\n（一）依法设立；\n（二）具有下列能力之一的：\n1.检测能力；\n2.研发能力。\n高校还应当提交下列材料：\n（一）承诺书；\n（二）项目清单，包括：\n1.在研项目；\n2.结题项目。\n符合以下要求的，优先支持：\n（一）首次申请；\n（二）区内单位。";
    expect(sections(text)).toEqual([
      ...["标题", "第二条", "第二条（一）", "第二条（二）", "第二条（二）1.", "第二条（二）2."],
      ...["第二条¶2（一）", "第二条¶2（二）", "第二条¶2（二）1.", "第二条¶2（二）2."],
      ...["第二条¶3（一）", "第二条¶3（二）"],
    ]);
  });

  it("in a section with 1. 2.; a blank keeps the figures apart", () => {
    const text =
      "某某方案\n一、任务\n（一）平台\n重点建设：\n1.验证平台；\n2.中试平台。\n同时做好：\n1.人才引进；\n2.场地供给。\n二、保障\n加强领导。";
    expect(sections(text)).toEqual([
      ...["标题", "一", "一（一）", "一（一）1.", "一（一）2.", "一（一）¶2 1.", "一（一）¶2 2.", "二"],
    ]);
  });

  it("beside the items whose own lists are over, of whatever style", () => {
    const text =
      "某某办法\n第五条 应当符合下列条件：\n（一）具备下列能力之一：\n1.检测；\n2.研发。\n（二）具有下列资质：\n1.甲级；\n2.乙级。\n应当提交下列材料：\n1.申请表；\n2.合同。\n申请单位对材料负责。";
    expect(clauses(text).slice(-3)).toEqual([
      "第五条¶2 1.|1.申请表；",
      "第五条¶2 2.|2.合同。",
      "第五条¶3|申请单位对材料负责。",
    ]);
  });

  it("a paragraph that introduces nothing stays with the item", () => {
    const text =
      "某某方案\n一、任务\n（一）平台\n1.甲平台。\n甲平台由区建设。\n2.乙平台。\n乙平台由市建设。\n（二）服务\n1.咨询。\n咨询免费。";
    expect(clauses(text)).toContain("一（一）2.¶2|乙平台由市建设。");
  });
});

describe("numbering that recognition misread, in a text that does not say that it was recognised", () => {
  it.each([
    ["（—）", "（一）", ["（—）平台建设", "建设平台。", "（二）人才引进", "引进人才。"]],
    ["（-)", "（一）", ["（-)平台建设", "建设平台。", "（二）人才引进", "引进人才。"]],
    ["l、", "1、", ["l、建设平台；", "2、引进人才。"]],
    ["I.", "1.", ["I.建设平台；", "2.引进人才。"]],
    ["|.", "1.", ["|.建设平台；", "2.引进人才。"]],
  ])("%s", (_, mark, lines) => {
    const found = sections(`某某方案\n一、任务\n${lines.join("\n")}\n二、保障\n加强领导。`);
    expect(found).toEqual([
      "标题",
      "一",
      `一${mark}`,
      `一${mark.replace(/[一1]/, mark.includes("一") ? "二" : "2")}`,
      "二",
    ]);
  });

  it("三, and 三， go on from 二、", () => {
    for (const mark of [",", "，", "."])
      expect(sections(`某某方案\n一、甲\n正文。\n二、乙\n正文。\n三${mark}保障措施\n正文。`)).toEqual([
        ...["标题", "一", "二", "三"],
      ]);
  });

  it.each([
    "1,200万元以上的为大型。",
    "二,三类产品除外。",
    "I.型产品适用。",
    "l.升为单位。",
    "— 以上为全部内容",
  ])("clean text stays: %s", (line) =>
    expect(sections(`某某方案\n一、甲\n正文。\n${line}\n二、乙\n正文。`)).toEqual(["标题", "一", "二"]),
  );

  it("letters stay letters", () => {
    const letters = [..."abcdefghijklm"].map((letter) => `${letter}.事项${letter}；`).join("\n");
    expect(sections(`某某方案\n一、甲\n${letters}`)).toContain("一l.");
  });

  it("the dash between the years of a title", () => {
    const { metadata } = parseDocument("云川市创新行动方案（2024一2026年）\n一、甲\n正文。", {
      fileName: "x.txt",
    });
    expect(metadata.period).toEqual({ from: 2024, to: 2026 });
  });
});
