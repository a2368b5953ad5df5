import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedDocument, parseDocument } from "../../src/knowledge/index.ts";

/** Pieces that official texts are made of, in no order. */
const piece = fc.constantFrom(
  "一、",
  "二、",
  "三、总体要求",
  "（一）",
  "（二）支持方向",
  "(三)",
  "1.",
  "2、",
  "1．1",
  "1.1 范围",
  "（1）",
  "①",
  "a.",
  "第一条",
  "第二条 ",
  "第 三 条",
  "第一章 总则",
  "第二节",
  "第一部分",
  "专题一、",
  "方向1：",
  "附件",
  "附件1",
  "附件：1.表格.docx",
  "目录",
  "关于印发《办法》的通知",
  "《办法》",
  "（征求意见稿）",
  "云科规〔2025〕2号",
  "各有关单位：",
  "云川市科学技术局",
  "2025年4月11日",
  "二〇二五年",
  "特此通知。",
  "问：怎么申请？",
  "答：网上申请。",
  "记者：为什么？",
  "为规范管理，制定本办法。",
  "支持企业创新，",
  "（",
  "》",
  "。",
  "　　",
  "\t",
  " ",
  "2024.",
  "3.5亿",
  "发布日期：2025-04-11",
  "【打印】",
  "扫一扫",
  "— 3 —",
  "🙂",
  "\ufffd",
  "\u200b",
  "ﬁ",
  "abc",
  "\r",
);
const document = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: piece },
      { weight: 3, arbitrary: fc.constant("\n") },
      { weight: 1, arbitrary: fc.string() },
    ),
    {
      maxLength: 120,
    },
  )
  .map((pieces) => pieces.join(""));

/** The first thing that is wrong, or nothing. Plain comparisons: the assertion library is too slow for 100,000 clauses. */
function findFault({ text, nodes, clauses }: ParsedDocument): string | undefined {
  let end = 0;
  for (const [index, clause] of clauses.entries()) {
    if (clause.ordinal !== index) return `ordinal of clause ${index}`;
    if (text.slice(clause.start, clause.end) !== clause.text) return `text of ${clause.section}`;
    if (clause.text.trim() !== clause.text || clause.text === "") return `blanks around ${clause.section}`;
    if (clause.start < end) return `${clause.section} overlaps or is out of order`;
    end = clause.end;
  }
  if (new Set(clauses.map(({ section }) => section)).size !== clauses.length)
    return "sections of clauses repeat";
  if (new Set(nodes.map(({ section }) => section)).size !== nodes.length) return "sections of nodes repeat";
  const outside = nodes.find((node) => node.start > node.end || node.end > text.length);
  return outside && `extent of ${outside.section}`;
}

function expectSound(parsed: ParsedDocument): void {
  expect(findFault(parsed)).toBeUndefined();
}

describe("whatever the text", () => {
  it("clauses are exact, ordered and disjoint, sections unique", () => {
    fc.assert(
      fc.property(document, (text) => expectSound(parseDocument(text, { fileName: "x.txt" }))),
      { numRuns: 1500 },
    );
  });

  it("reading the normalised text again gives the same", () => {
    fc.assert(
      fc.property(document, (text) => {
        const once = parseDocument(text, { fileName: "x.txt" });
        expect(parseDocument(once.text, { fileName: "x.txt" })).toEqual(once);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["100,000 times 一、", "一、\n".repeat(100_000)],
    ["100,000 articles", Array.from({ length: 100_000 }, (_, index) => `第${index + 1}条 内容。`).join("\n")],
    [
      "100,000 items without end",
      Array.from({ length: 100_000 }, (_, index) => `${(index % 90) + 1}.项目`).join("\n"),
    ],
    ["brackets that never close", "（《【".repeat(100_000)],
    ["one line of blanks", `甲${" ".repeat(1_000_000)}乙`],
    ["one paragraph of a million characters", "本办法自2025年1月1日起施行，".repeat(70_000)],
    ["cells of a table", "单元格\n".repeat(100_000)],
    ["page furniture", "首页 > 政务公开\n".repeat(50_000)],
    ["dates", "2025年1月1日\n".repeat(50_000)],
    ["attachments", "附件1\n标题\n".repeat(20_000)],
  ])("is read to the end: %s", (_, text) => expectSound(parseDocument(text, { fileName: "x.txt" })));
});
