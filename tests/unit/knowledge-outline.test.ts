import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";

const sections = (text: string) =>
  parseDocument(text, { fileName: "x.txt" }).nodes.map(({ section }) => section);
const clauses = (text: string) => parseDocument(text, { fileName: "x.txt" }).clauses;
const clauseSections = (text: string) => clauses(text).map(({ section }) => section);

describe("numbering that is none", () => {
  it.each([
    ["a year", "2024.年底前完成全部任务"],
    ["a decimal", "3.5亿元用于奖励"],
    ["a date", "2026年3月1日前提交"],
    ["numbers in a sentence", "一、二等奖各3名"],
    ["a list of items", "（一）至（三）项规定的情形除外"],
    ["a building", "1、2号楼均可使用"],
    ["a lone letter", "C.认证情况"],
  ])("%s at the start of a line", (_, line) => {
    expect(sections(`某某办法\n一、总则\n正文在此。\n${line}\n二、附则\n正文在此。`)).toEqual([
      "标题",
      "一",
      "二",
    ]);
  });

  it("a reference to another article, with or without blanks", () => {
    const text =
      "某某办法\n第一条为规范。\n第二条本办法适用于本市。\n第一条所称企业，是指法人。\n第三条本办法由某局解释。";
    expect(clauseSections(text)).toEqual(["标题", "第一条", "第二条", "第二条¶2", "第三条"]);
  });

  it("does not lose an article when a number is missing", () => {
    expect(sections("某某办法\n第一条 甲。\n第三条 乙。\n第九条 丙。")).toEqual([
      "标题",
      "第一条",
      "第三条",
      "第九条",
    ]);
  });
});

describe("levels follow the document", () => {
  it("一、→1. without （一）", () => {
    const text = "某某通知\n一、条件\n1.甲条件；\n2.乙条件。\n二、材料\n1.甲材料；\n2.乙材料。";
    expect(sections(text)).toEqual(["标题", "一", "一1.", "一2.", "二", "二1.", "二2."]);
  });

  it("1.→（一） against the usual order", () => {
    const text = "某某流程\n1.申请\n（一）线上；\n（二）线下。\n2.受理\n（一）窗口；\n（二）邮寄。";
    expect(sections(text)).toEqual(["标题", "1.", "1.（一）", "1.（二）", "2.", "2.（一）", "2.（二）"]);
  });

  it("articles counted through a text that is divided by 一、 and （一）", () => {
    const text =
      "某某意见\n一、总则\n第 1 条 甲。\n二、奖励\n(一)投资\n第 2 条 乙。\n(二)人才\n第 3 条 丙。\n三、附则\n第 4 条 丁。";
    expect(sections(text)).toEqual([
      "标题",
      "一",
      "一第1条",
      "二",
      "二（一）",
      "二（一）第2条",
      "二（二）",
      "二（二）第3条",
      "三",
      "三第4条",
    ]);
  });

  it("a chapter never stands inside an article, also when the first chapter has no heading", () => {
    const text = "某某办法\n第一条 甲。\n第二条 乙。\n第二章 认定\n第三条 丙。\n第三章 附则\n第四条 丁。";
    expect(sections(text)).toEqual([
      "标题",
      "第一条",
      "第二条",
      "第二章",
      "第二章第三条",
      "第三章",
      "第三章第四条",
    ]);
  });

  it("calls for projects divided by 专题 and 方向", () => {
    const text =
      "申报指南\n一、征集范围\n专题一、新材料\n方向1：膜材料\n研究目标：突破关键技术。\n方向2：树脂\n研究目标：完成验证。\n专题二、装备\n方向1：机器人\n研究目标：研制样机。\n二、申报要求\n按时申报。";
    expect(sections(text)).toEqual([
      "标题",
      "一",
      "一专题一",
      "一专题一方向1",
      "一专题一方向2",
      "一专题二",
      "一专题二方向1",
      "二",
    ]);
  });

  it("a second list in the same article stands under the paragraph that introduces it", () => {
    const text =
      "某某办法\n第一条 下列事项应当审批：\n（一）甲；\n（二）乙。\n下列事项应当备案：\n（一）丙；\n（二）丁。";
    expect(sections(text)).toEqual([
      "标题",
      "第一条",
      "第一条（一）",
      "第一条（二）",
      "第一条¶2（一）",
      "第一条¶2（二）",
    ]);
  });
});

describe("clauses", () => {
  it("a heading alone is no clause, unless nothing stands under it", () => {
    const text = "某某方案\n一、目标\n（一）规模\n达到100亿元。\n（二）企业\n二、保障";
    expect(clauseSections(text)).toEqual(["标题", "一（一）¶1", "一（二）", "二"]);
  });

  it("headings that share a paragraph with their text", () => {
    const [, clause] = clauses("某某方案\n1、提升产业能级。聚焦重点方向，布局创新平台。\n2、其他。");
    expect(clause?.heading).toEqual(["1、提升产业能级"]);
    expect(clause?.text).toBe("1、提升产业能级。聚焦重点方向，布局创新平台。");
  });

  it("closes up numbers and headings that a converter spaced out, but not the clause", () => {
    const parsed = parseDocument("某某办法\n第 一 章  总  则\n第 1 条 鼓励创新。对 企业给予奖励。", {
      fileName: "x",
    });
    expect(parsed.nodes.map(({ heading }) => heading)).toEqual(["某某办法", "第一章 总则", "第1条"]);
    expect(parsed.clauses.at(-1)?.text).toBe("第 1 条 鼓励创新。对 企业给予奖励。");
  });

  it("captions without numbers are headings over what follows", () => {
    const found = clauses(
      "办事指南\n1、开办补贴\n申请条件：\n（1）注册满6个月；\n（2）有员工。\n补贴标准：8000元。",
    );
    expect(found.find(({ section }) => section === "1、（1）")?.heading).toEqual([
      "1、开办补贴",
      "申请条件",
      "（1）注册满6个月",
    ]);
    expect(found.at(-1)).toMatchObject({ section: "1、¶2", heading: ["1、开办补贴"] });
  });

  it("drops a table of contents and says so", () => {
    const parsed = parseDocument(
      "某某规划\n目  录\n一、现状......1\n二、任务......5\n一、现状\n现状良好。\n二、任务\n完成任务。",
      {
        fileName: "x",
      },
    );
    expect(parsed.clauses.map(({ section }) => section)).toEqual(["标题", "一¶1", "二¶1"]);
    expect(parsed.warnings).toContain("已略去目录，只保留正文。");
  });

  it("counts paragraphs and warns when nothing is numbered", () => {
    const parsed = parseDocument("公开信\n各位企业家：\n感谢支持。\n祝事业兴旺。", { fileName: "x.txt" });
    expect(parsed.clauses.map(({ section }) => section)).toEqual(["标题", "主送", "¶1", "¶2"]);
    expect(parsed.warnings.join()).toContain("编号");
  });

  it("tells texts in one file apart", () => {
    const text = "甲办法\n第一条 一。\n第二条 二。\n第三条 三。\n乙管理办法\n第一条 四。\n第二条 五。";
    expect(sections(text)).toEqual([
      "标题",
      "第一条",
      "第二条",
      "第三条",
      "附文1",
      "附文1 标题",
      "附文1 第一条",
      "附文1 第二条",
    ]);
  });
});

describe("attachments", () => {
  it("a mark and a title on one line name the part once", () => {
    const text =
      "关于申报的通知\n各单位：\n现将有关事项通知如下。\n一、对象\n企业。\n附件1 支持标准一览表\n一、研发投入\n按10%支持。";
    const part = parseDocument(text, { fileName: "x.txt" }).nodes.find(({ section }) => section === "附件1");
    expect(part?.heading).toBe("附件1支持标准一览表");
  });
});
