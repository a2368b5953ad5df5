import { describe, expect, it } from "vitest";
import { parseDocument } from "../../src/knowledge/index.ts";
import type { ReadBlock, ReadDocument } from "../../src/readers/index.ts";

const read = (blocks: ReadBlock[], rest: Partial<ReadDocument> = {}): ReadDocument => ({
  format: "docx",
  blocks,
  paragraphs: "whole",
  pages: null,
  fields: {},
  attachments: [],
  warnings: [],
  ocr: null,
  ...rest,
});
const clauses = (input: string | ReadDocument, fileName = "x.txt") =>
  parseDocument(input, { fileName }).clauses.map(({ section, text }) => `${section}|${text}`);

describe("lines of text", () => {
  it("特此公告 is a paragraph of its own under a short last line", () => {
    const wrapped =
      "关于调整受理窗口的公告\n    因场地调整，自二〇二六年三月一日起，创新券受理窗口迁\n至新址办理，原窗口不再受理，请各单位相互转告并提前做\n好安排，由此带来的不便敬请谅解，如有疑问可以到现场咨\n询或者拨打公布的电话\n特此公告。\n临湖区政务服务中心\n2026年2月20日";
    expect(clauses(wrapped)).toContain("结语|特此公告。");
  });

  it("特此通知 is split from the paragraph over it on a page, and left in a format with paragraphs", () => {
    const blocks: ReadBlock[] = ["关于评估的通知", "现开展评估。特此通知。", "云川市科学技术局"].map(
      (text) => ({
        kind: "paragraph",
        text,
        page: 1,
      }),
    );
    expect(clauses(read(blocks, { format: "pdf", pages: 1 }))).toContain("结语|特此通知。");
    expect(clauses(read(blocks))).toContain("¶1|现开展评估。特此通知。");
  });

  it("a page number in the middle of a sentence is left out of it", () => {
    const text = "某某办法\n第一条 企业应当指定专人 ，\n- 1 -\n负责统计工作 。\n第二条 附则。\n- 2 -";
    const parsed = parseDocument(text, { fileName: "x.txt" });
    expect(parsed.clauses.map(({ text: words }) => words)).toEqual([
      "某某办法",
      "第一条 企业应当指定专人 ，\n负责统计工作 。",
      "第二条 附则。",
    ]);
    for (const { text: words, start, end } of parsed.clauses)
      expect(parsed.text.slice(start, end)).toBe(words);
  });

  it.each([
    "| 费用 | 比例 |\n| --- | :-: |\n| 500万元 | 10% |\n| 800万元 | 8% |",
    "费用 | 比例\n--- | ---\n500万元 | 10%\n800万元 | 8%",
  ])("a table of Markdown becomes rows under their header", (table) => {
    const parsed = parseDocument(`# 某某指南\n\n## 一、标准\n\n${table}\n\n## 二、材料\n\n申请表。`, {
      fileName: "x.md",
    });
    const rows = parsed.clauses.filter(({ tableHeader }) => tableHeader !== undefined);
    expect(rows.map(({ section, text, tableHeader }) => [section, text, tableHeader])).toEqual([
      ["一表1第1行", "500万元 | 10%", "费用 | 比例"],
      ["一表1第2行", "800万元 | 8%", "费用 | 比例"],
    ]);
    for (const { text: words, start, end } of rows) expect(parsed.text.slice(start, end)).toBe(words);
  });
});

describe("specks beside recognised lines", () => {
  const recognised = (text: string): ReadBlock => ({ kind: "paragraph", text, page: 1, confidence: 0.9 });
  const lines = [
    "．云科函〔2025〕88号",
    "关于同意建设中心的函（2024一2026年）",
    "青禾区科学技术委员会：",
    "一、同意建设中心，建设期为三年。",
    "：二、请加强管理，每半年报送一次进展情况。",
    "云川市科学技术局，",
    "2025年9月15日",
  ];

  it("are left out where the line is whole without them", () => {
    const parsed = parseDocument(read(lines.map(recognised), { format: "pdf", pages: 1 }), {
      fileName: "x.pdf",
    });
    expect(parsed.metadata).toMatchObject({
      documentNumber: "云科函〔2025〕88号",
      issuers: ["云川市科学技术局"],
      title: "关于同意建设中心的函（2024—2026年）",
    });
    expect(parsed.nodes.map(({ section }) => section)).toContain("二");
  });

  it("stay in a text that was not recognised", () => {
    const blocks: ReadBlock[] = lines.map((text) => ({ kind: "paragraph", text, page: 1 }));
    const parsed = parseDocument(read(blocks, { format: "pdf", pages: 1 }), { fileName: "x.pdf" });
    expect(parsed.text).toContain("．云科函〔2025〕88号");
    expect(parsed.text).toContain("2024一2026年");
  });
});

describe("sheets", () => {
  const heading = (text: string, level: number): ReadBlock => ({ kind: "heading", text, level, page: null });
  const row = (id: number, index: number, text: string): ReadBlock => ({
    kind: "row",
    text,
    page: null,
    table: { id, row: index, isHeader: index === 0, header: "企业 | 金额" },
  });
  const table = (id: number) => [
    row(id, 0, "企业 | 金额"),
    row(id, 1, "甲公司 | 30"),
    row(id, 2, "乙公司 | 20"),
  ];

  it("go by the title in their first row, the document by that of the first", () => {
    const document = read(
      [
        heading("Sheet1", 1),
        heading("2026年度兑付名单", 2),
        ...table(1),
        heading("Sheet2", 1),
        heading("2026年度退回名单", 2),
        ...table(2),
      ],
      { format: "xlsx" },
    );
    expect(parseDocument(document, { fileName: "x.xlsx" }).metadata.title).toBe("2026年度兑付名单");
    expect(clauses(document)).toEqual([
      ...["标题|2026年度兑付名单", "表1第1行|甲公司 | 30", "表1第2行|乙公司 | 20"],
      ...["【2026年度退回名单】表1第1行|甲公司 | 30", "【2026年度退回名单】表1第2行|乙公司 | 20"],
    ]);
  });

  it("go by their names where they have no title", () => {
    const document = read([heading("一季度", 1), ...table(1), heading("二季度", 1), ...table(2)], {
      format: "xlsx",
    });
    expect(clauses(document, "兑付统计.xlsx")[0]).toBe("【一季度】表1第1行|甲公司 | 30");
    expect(parseDocument(document, { fileName: "兑付统计.xlsx" }).metadata.title).toBe("兑付统计");
  });
});
