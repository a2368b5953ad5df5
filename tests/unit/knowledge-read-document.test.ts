import { describe, expect, it } from "vitest";
import { normalizeDocumentText, parseDocument } from "../../src/knowledge/index.ts";
import type { ReadBlock, ReadDocument } from "../../src/readers/index.ts";

type Short = string | (Partial<ReadBlock> & { text: string });

function read(blocks: Short[], facts: Partial<ReadDocument> = {}): ReadDocument {
  return {
    format: "docx",
    blocks: blocks.map((block) =>
      typeof block === "string"
        ? { kind: "paragraph", text: block, page: null }
        : { kind: "paragraph", page: null, ...block },
    ),
    paragraphs: "whole",
    pages: null,
    fields: {},
    attachments: [],
    warnings: [],
    ocr: null,
    ...facts,
  };
}

const heading = (text: string, level: number): Short => ({ kind: "heading", text, level });
const row = (text: string, at: number, header: string | null = "项目 | 标准 | 责任单位", id = 1): Short => ({
  kind: "row",
  text,
  table: { id, row: at, isHeader: header !== null && at === 0, header },
});

function parse(blocks: Short[], facts: Partial<ReadDocument> = {}) {
  const parsed = parseDocument(read(blocks, facts), { fileName: "某文件.docx" });
  expect(normalizeDocumentText(parsed.text)).toBe(parsed.text);
  for (const { start, end, text } of parsed.clauses) expect(parsed.text.slice(start, end)).toBe(text);
  const sections = parsed.clauses.map(({ section }) => section);
  expect(new Set(sections).size).toBe(sections.length);
  return { ...parsed, sections, outline: parsed.nodes.map(({ section }) => section) };
}

const TITLE = "云川市创新券管理办法";

describe("tables", () => {
  const blocks = [
    TITLE,
    "一、支持内容",
    "（一）支持标准",
    "按照下列标准给予支持。",
    row("项目 | 标准 | 责任单位", 0),
    row("设备购置 | 按投入的20%，最高50万元 | 区科委", 1),
    row("检验检测 | 按费用的30% | 区市场监管局", 2),
    "同一项目不重复支持。",
    "（二）附加支持",
    row("事项 | 时限", 0, "事项 | 时限", 2),
    row("受理 | 5个工作日", 1, "事项 | 时限", 2),
  ];

  it("are read row by row under their header", () => {
    const { clauses, sections, text } = parse(blocks);
    expect(sections).toEqual([
      "标题",
      "一（一）¶1",
      "一（一）表1第1行",
      "一（一）表1第2行",
      "一（一）¶2",
      "一（二）表1第1行",
    ]);
    expect(clauses[2]).toMatchObject({
      text: "设备购置 | 按投入的20%，最高50万元 | 区科委",
      tableHeader: "项目 | 标准 | 责任单位",
      heading: ["一、支持内容", "（一）支持标准", "表：项目 | 标准 | 责任单位"],
    });
    expect(text).toContain("\n项目 | 标准 | 责任单位\n");
  });

  it("stand alone in lists without any text", () => {
    const { sections, metadata } = parse(
      [row("项目 | 标准 | 责任单位", 0), row("甲 | 10万元 | 区科委", 1), row("乙 | 20万元 | 区财政局", 2)],
      { format: "xlsx" },
    );
    expect(sections).toEqual(["表1第1行", "表1第2行"]);
    expect(metadata.title).toBe("某文件");
  });

  it("are one paragraph when they are tiny and have no header", () => {
    const tiny = [row("甲类 | 10万元", 0, null), row("乙类 | 5万元", 1, null)];
    expect(parse([TITLE, "一、标准", "如下。", ...tiny]).sections).toEqual(["标题", "一¶1", "一¶2"]);
  });

  it("of a web page's particulars are metadata, not text", () => {
    const page = [
      row("索引号 | AB-2025-01 | 发布机构 | 云川市科学技术局", 0, null),
      row("成文日期 | 2025年3月1日 | 发布日期 | 2025年3月5日", 1, null),
      TITLE,
      "第一条 为了规范创新券管理，制定本办法。",
      "第二条 本办法自2025年4月1日起施行。",
    ];
    const { metadata, sections } = parse(page, { format: "html" });
    expect(sections).toEqual(["标题", "第一条", "第二条"]);
    expect(metadata).toMatchObject({
      signedOn: "2025-03-01",
      publishedOn: "2025-03-05",
      issuers: ["云川市科学技术局"],
      title: TITLE,
    });
  });

  it("in a frame are paragraphs", () => {
    const framed = (text: string): Short => ({
      kind: "row",
      text,
      table: { id: 1, row: 0, isHeader: false, header: null },
    });
    expect(parse([TITLE, framed("一、总体要求"), framed("坚持创新引领。")]).sections).toEqual([
      "标题",
      "一¶1",
    ]);
  });
});

describe("headings by style", () => {
  it("without numbers make nodes of their own, nested by level", () => {
    const { outline, sections, clauses } = parse([
      heading(TITLE, 1),
      heading("总体要求", 2),
      "坚持创新引领。",
      heading("支持政策", 2),
      heading("对企业的支持", 3),
      "给予企业支持。",
      heading("附则", 2),
      "自印发之日起施行。",
    ]);
    expect(outline).toEqual([
      "标题",
      "【总体要求】",
      "【支持政策】",
      "【支持政策】【对企业的支持】",
      "【附则】",
    ]);
    expect(sections).toEqual(["标题", "【总体要求】¶1", "【支持政策】【对企业的支持】¶1", "【附则】¶1"]);
    expect(clauses[2]?.heading).toEqual(["支持政策", "对企业的支持"]);
  });

  it("stand with numbered ones in one outline", () => {
    const { outline } = parse([
      heading(TITLE, 1),
      heading("一、总体要求", 2),
      heading("发展目标", 3),
      "到2027年达到目标。",
      heading("二、重点任务", 2),
      "（一）推进创新。开展攻关。",
      "（二）推进改革。深化改革。",
      heading("保障措施", 2),
      "1.加强领导。落实责任。",
    ]);
    expect(outline).toEqual([
      "标题",
      "一",
      "一【发展目标】",
      "二",
      "二（一）",
      "二（二）",
      "【保障措施】",
      "【保障措施】1.",
    ]);
  });

  it("are not made of sentences, and do not break a list that goes on", () => {
    const { outline } = parse([
      TITLE,
      "一、总体要求",
      "坚持。",
      heading("这是一句加粗的话，用来强调。", 2),
      heading("图解", 1),
      "见附图。",
      "二、重点任务",
      "推进。",
    ]);
    expect(outline).toEqual(["标题", "一", "【图解】", "二"]);
  });
});

describe("lines of pages", () => {
  const lines = (page: number, ...texts: string[]): Short[] => texts.map((text) => ({ text, page }));

  it("are joined over lines and pages, with the page on nodes and clauses", () => {
    const { clauses, nodes, text } = parse(
      [
        ...lines(
          1,
          TITLE,
          "　　第一条 为了规范本市科技创新券的使用和管理，支持企业开展",
          "科技创新活动，根据有关规定，结合本市实际情况，制定本管理",
          "办法。",
          "　　第二条 本办法所称创新券，是指由市财政资金安排、向企业发",
          "放的、用于购买科技服务的",
        ),
        { kind: "footnote", text: "①指在本市登记的企业。", page: 1 },
        ...lines(1, "- 1 -"),
        ...lines(2, "电子凭证，有效期一年。", "　　第三条 本办法自2025年1月1日起施行。", "2"),
      ],
      { format: "pdf", paragraphs: "lines", pages: 2 },
    );
    expect(clauses.map(({ section, page }) => [section, page])).toEqual([
      ["标题", 1],
      ["第一条", 1],
      ["第二条", 1],
      ["第二条注1", 1],
      ["第三条", 2],
    ]);
    expect(clauses[2]?.text).toBe(
      "第二条 本办法所称创新券，是指由市财政资金安排、向企业发放的、用于购买科技服务的电子凭证，有效期一年。",
    );
    expect(nodes.find(({ section }) => section === "第三条")?.page).toBe(2);
    expect(text).not.toContain("- 1 -");
  });

  it("of recognised pages keep their outline in spite of noise", () => {
    const seen = (text: string): Short => ({ text, page: 1, confidence: 0.9 });
    const { outline, text, warnings, reading } = parse(
      [
        seen("云川市数字经济 发展行动方案"),
        seen("丶"),
        seen("一，总 体 要 求"),
        seen("（—)基本原则"),
        seen("坚持市场导向。"),
        seen("(二）发展目标"),
        seen("l.产值达到100亿元。"),
        seen("2。企业达到50家。"),
        seen("二。重点任务"),
        seen("推进 产业 数字化。"),
        seen("3"),
      ],
      {
        format: "scan",
        paragraphs: "lines",
        pages: 1,
        ocr: {
          pages: 1,
          characters: 80,
          meanConfidence: 0.9,
          lowConfidence: [{ page: 1, text: "一，总 体 要 求", confidence: 0.6 }],
        },
      },
    );
    expect(outline).toEqual(["标题", "一", "一（一）", "一（二）", "一（二）1.", "一（二）2.", "二"]);
    expect(text).toContain("推进产业数字化。");
    expect(warnings.join()).toMatch(/1 页由图片识别.*1 行把握不大/);
    expect(reading).toMatchObject({ format: "scan", pages: 1, lowConfidence: [{ confidence: 0.6 }] });
  });

  it("that begin a sentence with a number are no numbering", () => {
    const seen = (text: string): Short => ({ text, page: 1, confidence: 0.9 });
    const { outline } = parse(
      [
        seen(TITLE),
        seen("一、总则"),
        seen("三，是要加强领导，落实各方责任，形成工作合力。"),
        seen("二、附则"),
      ],
      { format: "scan", paragraphs: "lines", pages: 1 },
    );
    expect(outline).toEqual(["标题", "一", "二"]);
  });
});

describe("facts beside the text", () => {
  it("fill what the text does not say; a word processor's title is not trusted", () => {
    const body = ["第一条 为了规范，制定本办法。"];
    const fields = {
      title: "关于开展检查的通知_云川市科技局",
      documentNumber: "云科规[2025] 3号",
      publishedOn: "2025-03-05 10:00",
    };
    expect(parse([TITLE, ...body], { format: "docx", fields }).metadata).toMatchObject({
      title: TITLE,
      documentNumber: "云科规〔2025〕3号",
      publishedOn: "2025-03-05",
    });
    expect(parse(body, { format: "html", fields }).metadata.title).toBe("关于开展检查的通知");
    expect(parse(body, { format: "docx", fields }).metadata.title).toBe("某文件");
  });

  it("carry the reader's warnings and the files linked", () => {
    const { warnings, reading } = parse([TITLE, "一、总则"], {
      warnings: ["已按接受修订后的文字读取。"],
      attachments: [{ name: "申请表.docx" }],
    });
    expect(warnings[0]).toBe("已按接受修订后的文字读取。");
    expect(reading?.attachments).toEqual([{ name: "申请表.docx" }]);
  });
});

it("plain text in a read document is read as plain text", () => {
  const text = "云川市甲办法\n第一条 为了规范，\n制定本办法。\n\n第二条 本办法自2025年1月1日起施行。\n";
  const { reading, ...parsed } = parseDocument(read([], { format: "txt", text }), { fileName: "甲.txt" });
  expect(parsed).toEqual(parseDocument(text, { fileName: "甲.txt" }));
  expect(reading?.format).toBe("txt");
});

it("numbers without a mark count over their decimals or as headings, and nowhere else", () => {
  const guide = [
    "云川市平台服务指南",
    "1 总则",
    "1.1 目的",
    "为了规范服务，制定本指南。",
    "1.2 范围",
    "本市各类平台。",
    "2 服务内容",
    "2.1 开放",
    "向企业开放。",
    "3 个工作日内办结的事项",
  ];
  const expected = ["标题", "1", "1.1", "1.2", "2", "2.1"];
  expect(parse(guide).outline).toEqual(expected);
  const plain = parseDocument(guide.join("\n"), { fileName: "x.txt" });
  expect(plain.nodes.map(({ section }) => section)).toEqual(expected);
  expect(plain.nodes[1]?.heading).toBe("1 总则");
  expect(parse([heading("云川市平台服务指南", 1), heading("1 总则", 2), "规范服务。"]).outline).toEqual([
    "标题",
    "1",
  ]);
});

it("names of sheets are headings, the file's name is the title", () => {
  const sheets = [
    heading("支持目录", 1),
    row("项目 | 标准", 0, "项目 | 标准"),
    row("设备购置 | 按投入的20%", 1, "项目 | 标准"),
    heading("联系方式", 1),
    row("科室 | 电话", 0, "科室 | 电话", 2),
    row("创新科 | 见官网", 1, "科室 | 电话", 2),
  ];
  const { outline, sections, metadata } = parse(sheets, { format: "xlsx" });
  expect(outline).toEqual(["【支持目录】", "【联系方式】"]);
  expect(sections).toEqual(["【支持目录】表1第1行", "【联系方式】表1第1行"]);
  expect(metadata.title).toBe("某文件");
});
