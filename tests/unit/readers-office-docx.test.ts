import { expect, test } from "vitest";
import { DEFAULT_READ_LIMITS, type ReadDocument } from "../../src/readers/index.ts";
import { readDocx } from "../../src/readers/office/index.ts";
import { type DocxParts, p, r, tbl, tc, tr, writeDocx } from "../support/write-docx.ts";

async function read(parts: DocxParts): Promise<ReadDocument> {
  return await readDocx(writeDocx(parts), { fileName: "a.docx", limits: DEFAULT_READ_LIMITS });
}

async function readTexts(parts: DocxParts | string): Promise<string[]> {
  const { blocks } = await read(typeof parts === "string" ? { body: parts } : parts);
  return blocks.map(({ text }) => text);
}

const style = (id: string, name: string, more = "", basedOn?: string): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/>${
    basedOn === undefined ? "" : `<w:basedOn w:val="${basedOn}"/>`
  }${more}</w:style>`;

test("headings by style: English and Chinese names, outline levels, chains", async () => {
  const styles = [
    style("1", "heading 1"),
    style("2", "标题 2"),
    style("mine", "正文大标题", "", "1"),
    style("outline", "章节", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'),
    style("loop1", "环一", "", "loop2"),
    style("loop2", "环二", "", "loop1"),
    style("plain", "普通", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', "1"),
  ].join("");
  const use = (id: string): string => p(`样式${id}`, `<w:pStyle w:val="${id}"/>`);
  const ids = ["1", "2", "mine", "outline", "loop1", "plain"];
  const { blocks } = await read({
    styles,
    body: ids.map(use).join("") + p("直接级别", '<w:outlineLvl w:val="3"/>') + use("Heading4"),
  });
  expect(blocks.map(({ kind, level }) => (kind === "heading" ? level : 0))).toEqual([1, 2, 1, 3, 0, 0, 4, 4]);
  expect(blocks.every(({ page }) => page === null)).toBe(true);
});

test("a text of sentences in a heading style is text", async () => {
  const { blocks } = await read({
    styles: style("1", "heading 1"),
    body: p("（一）支持研发。对符合条件的企业给予支持。", '<w:pStyle w:val="1"/>'),
  });
  expect(blocks[0]?.kind).toBe("paragraph");
});

test("typed chapters are headings where no style says so", async () => {
  const { blocks } = await read({
    body: ["第一章　总则", "第一条 为了规范管理，制定本办法。", "第二章 附则", "一、说明"]
      .map((text) => p(text))
      .join(""),
  });
  expect(blocks.map(({ kind, level }) => [kind, level])).toEqual([
    ["heading", 1],
    ["paragraph", undefined],
    ["heading", 1],
    ["heading", 2],
  ]);
});

const lvl = (index: number, format: string, text: string, more = "", suffix = "nothing"): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/><w:suff w:val="${suffix}"/></w:lvl>`;
const abstract = (id: number, ...levels: string[]): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels.join("")}</w:abstractNum>`;
const num = (id: number, abstractId: number, more = ""): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${abstractId}"/>${more}</w:num>`;
const item = (text: string, numId: number, level = 0): string =>
  p(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`);

test("generated numbers of three levels, with restarts and a second list", async () => {
  const numbering =
    abstract(
      0,
      lvl(0, "japaneseCounting", "%1、"),
      lvl(1, "chineseCounting", "（%2）"),
      lvl(2, "decimal", "%3.", "", "tab"),
    ) +
    num(1, 0) +
    num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>');
  const body = [
    item("总体", 1),
    item("甲", 1, 1),
    item("子", 1, 2),
    item("2024年", 1, 2),
    item("乙", 1, 1),
    item("丑", 1, 2),
    item("措施", 1),
    item("丙", 1, 1),
    item("另起", 2),
    item("再来", 2),
    item("接着", 1),
  ].join("");
  expect(await readTexts({ body, numbering })).toEqual([
    "一、总体",
    "（一）甲",
    "1.子",
    "2. 2024年",
    "（二）乙",
    "1.丑",
    "二、措施",
    "（一）丙",
    "一、另起",
    "二、再来",
    "三、接着",
  ]);
});

test("numbers by style, by linked level, with isLgl, restarts and formats", async () => {
  const numbering =
    abstract(
      0,
      lvl(0, "chineseCountingThousand", "第%1章", '<w:pStyle w:val="chapter"/>', "space"),
      lvl(1, "decimal", "%1.%2", '<w:isLgl/><w:pStyle w:val="section"/>', "space"),
      lvl(2, "decimalEnclosedCircle", "%3", '<w:lvlRestart w:val="0"/>'),
    ) +
    num(1, 0) +
    '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="listStyle"/></w:abstractNum>' +
    num(5, 5);
  const styles =
    style(
      "chapter",
      "章",
      '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>',
    ) +
    style("section", "节", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') +
    '<w:style w:type="numbering" w:styleId="listStyle"><w:name w:val="列表"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
  const chapter = (text: string): string => p(text, '<w:pStyle w:val="chapter"/>');
  const section = (text: string, more = ""): string => p(text, `<w:pStyle w:val="section"/>${more}`);
  const body = [
    chapter("总则"),
    section("目的"),
    item("甲", 1, 2),
    section("范围"),
    item("乙", 1, 2),
    section("不编号", '<w:numPr><w:numId w:val="0"/></w:numPr>'),
    chapter("附则"),
    section("解释"),
    item("经样式", 5, 0),
  ].join("");
  expect(await readTexts({ body, numbering, styles })).toEqual([
    "第一章 总则",
    "1.1 目的",
    "①甲",
    "1.2 范围",
    "②乙",
    "不编号",
    "第二章 附则",
    "2.1 解释",
    "第三章 经样式",
  ]);
});

test.each([
  ["decimal", 12, "12"],
  ["chineseCounting", 10, "十"],
  ["chineseCounting", 21, "二十一"],
  ["chineseCountingThousand", 105, "一百零五"],
  ["chineseCountingThousand", 110, "一百一十"],
  ["japaneseCounting", 14, "十四"],
  ["ideographDigital", 10, "一〇"],
  ["chineseLegalSimplified", 12, "壹拾贰"],
  ["ideographTraditional", 3, "丙"],
  ["ideographZodiac", 1, "子"],
  ["lowerLetter", 28, "bb"],
  ["upperRoman", 14, "XIV"],
  ["lowerRoman", 4, "iv"],
  ["decimalEnclosedCircle", 21, "㉑"],
  ["decimalEnclosedCircleChinese", 3, "③"],
  ["decimalEnclosedParen", 2, "⑵"],
  ["decimalFullWidth", 12, "１２"],
  ["decimalZero", 5, "05"],
  ["ordinal", 22, "22nd"],
  ["none", 7, ""],
  ["constructor", 7, "7"],
])("numFmt %s of %i prints %s", async (format, value, printed) => {
  const numbering = `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="${value}"/><w:numFmt w:val="${format}"/><w:lvlText w:val="〈%1〉"/><w:suff w:val="nothing"/></w:lvl></w:abstractNum>${num(1, 0)}`;
  expect(await readTexts({ body: item("文", 1), numbering })).toEqual([`〈${printed}〉文`]);
});

test("bullets carry no number; numbers in revised paragraphs count once", async () => {
  const numbering =
    abstract(0, lvl(0, "bullet", "\uf06c")) + num(1, 0) + abstract(1, lvl(0, "decimal", "%1．")) + num(2, 1);
  const deletedMark = '<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>';
  const listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>';
  const body =
    item("点", 1) +
    p("前半", `${listed}${deletedMark}`) +
    p("后半", listed) +
    p("", listed) +
    p("第二", listed);
  expect(await readTexts({ body, numbering })).toEqual(["点", "1．前半后半", "2．第二"]);
});

test("tracked changes as final text, with a warning", async () => {
  const body = [
    p(
      `${r("支持")}<w:del w:id="1"><w:r><w:delText>五十</w:delText></w:r></w:del><w:ins w:id="2">${r("一百")}</w:ins>${r("万元")}`,
    ),
    p(`<w:moveFrom w:id="3">${r("移走的")}</w:moveFrom>`),
    p(`<w:moveTo w:id="4">${r("移来的")}</w:moveTo>`),
    tbl([
      tr([tc("甲"), tc("乙")]),
      tr([tc("删"), tc("去")], '<w:del w:id="5"/>'),
      tr([tc("丙"), tc("丁")], '<w:ins w:id="6"/>'),
    ]),
  ].join("");
  const document = await read({ body });
  expect(document.blocks.map(({ text }) => text)).toEqual(["支持一百万元", "移来的", "甲 | 乙", "丙 | 丁"]);
  expect(document.warnings.filter((warning) => warning.includes("修订"))).toHaveLength(1);
});

test("footnotes and endnotes follow their paragraph", async () => {
  const note = (id: number, text: string): string =>
    `<w:footnote w:id="${id}">${p(`<w:r><w:footnoteRef/></w:r>${r(text)}`)}</w:footnote>`;
  const document = await read({
    body:
      p(`${r("高新技术企业")}<w:r><w:footnoteReference w:id="2"/></w:r>${r("可以申报。")}`) +
      p(`${r("另见附件。")}<w:r><w:endnoteReference w:id="1"/></w:r>`) +
      p("完。"),
    footnotes: `<w:footnote w:type="separator" w:id="0">${p("分隔")}</w:footnote>${note(2, "指在有效期内的企业。")}`,
    endnotes: `<w:endnote w:id="1">${p("附件另发。")}</w:endnote>`,
  });
  expect(document.blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ["paragraph", "高新技术企业可以申报。"],
    ["footnote", "［1］指在有效期内的企业。"],
    ["paragraph", "另见附件。"],
    ["footnote", "［尾注1］附件另发。"],
    ["paragraph", "完。"],
  ]);
});

test("text boxes once, in both spellings; hidden text, comments and placeholders not at all", async () => {
  const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
  const document = await read({
    body: [
      p(
        `${r("正文")}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box("框内")}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box("框内")}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
      ),
      p(`<w:r><w:pict><v:shape><v:textbox>${box("旧式框")}</v:textbox></v:shape></w:pict></w:r>`),
      p(
        `${r("可见")}${r("隐藏", "<w:vanish/>")}${r("也可见", '<w:vanish w:val="0"/>')}<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
      ),
      `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p("单击此处输入文字")}</w:sdtContent></w:sdt>`,
      `<w:sdt><w:sdtContent>${p("控件里的正文")}</w:sdtContent></w:sdt>`,
    ].join(""),
  });
  expect(document.blocks.map(({ text }) => text)).toEqual([
    "正文",
    "框内",
    "旧式框",
    "可见也可见",
    "控件里的正文",
  ]);
  expect(document.warnings).toEqual(["文件带有批注，批注内容未读取。", "文件含有隐藏文字，未读取。"]);
});

test("fields by their results, links, symbols, formulas, raised figures", async () => {
  const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const instruction = (text: string): string => `<w:r><w:instrText>${text}</w:instrText></w:r>`;
  const body = [
    p(
      `${r("见第")}${mark("begin")}${instruction(" REF a ")}${mark("separate")}${r("三")}${mark("end")}${r("条")}`,
    ),
    p(`${mark("begin")}${instruction("eq \\o\\ac(○,3)")}${mark("end")}${r("项目")}`),
    p(
      `<w:hyperlink r:id="l1">${r("申报指南")}</w:hyperlink><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:tab/><w:t>是</w:t></w:r>`,
    ),
    p(`${r("10")}${r("8", '<w:vertAlign w:val="superscript"/>')}${r("元")}`),
    p(
      `<m:oMath><m:f><m:num><m:r><m:t>研发费</m:t></m:r></m:num><m:den><m:r><m:t>营收</m:t></m:r></m:den></m:f></m:oMath>`,
    ),
    p(`${mark("begin")}${instruction(" BROKEN ")}`),
    p("后文不丢"),
  ].join("");
  const document = await read({
    body,
    relations:
      '<Relationship Id="l1" Type="http://x/hyperlink" Target="https://example.invalid/%E6%8C%87%E5%8D%97.pdf" TargetMode="External"/><Relationship Id="l2" Type="http://x/image" Target="file:///etc/passwd" TargetMode="External"/>',
  });
  expect(document.blocks.map(({ text }) => text)).toEqual([
    "见第三条",
    "③项目",
    "申报指南☑ 是",
    "10⁸元",
    "研发费/营收",
    "后文不丢",
  ]);
  expect(document.attachments).toEqual([
    { name: "申报指南", url: "https://example.invalid/%E6%8C%87%E5%8D%97.pdf" },
  ]);
  expect(document.warnings).toEqual(["文件引用了外部资源（图片、模板或链接的文件），未访问。"]);
});

test("breaks by hand: sentences and numbers apart, words together, titles on one line", async () => {
  const broken = (...lines: string[]): string => p(lines.map((line) => r(line)).join("<w:r><w:br/></w:r>"));
  expect(
    await readTexts(
      broken("关于印发《细则》", "的通知") +
        broken("一、目标。", "二、任务", "（一）研发") +
        broken("某某委员会", "2024年4月26日") +
        broken("上文", "", "下文"),
    ),
  ).toEqual([
    "关于印发《细则》的通知",
    "一、目标。",
    "二、任务",
    "（一）研发",
    "某某委员会",
    "2024年4月26日",
    "上文",
    "下文",
  ]);
});

test("tables of contents and their title are left out", async () => {
  const mark = (type: string): string => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const body = [
    p("目  录"),
    p(
      `${mark("begin")}<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>${mark("separate")}${r("一、总则 1")}`,
    ),
    p("二、附则 2"),
    p(mark("end")),
    p("三、样式 3", '<w:pStyle w:val="T1"/>'),
    `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>${p("目录")}${p("四、部件 4")}</w:sdtContent></w:sdt>`,
    p("正文开始。"),
    p(`${mark("begin")}<w:r><w:instrText>TOC</w:instrText></w:r>${mark("separate")}${r("没有结束的目录")}`),
    p("一、标题", '<w:pStyle w:val="1"/>'),
  ].join("");
  const styles = style("T1", "toc 1") + style("1", "heading 1");
  expect(await readTexts({ body, styles })).toEqual(["正文开始。", "一、标题"]);
});

test("pages by rendered breaks, by written breaks, or not at all", async () => {
  const pages = async (parts: DocxParts): Promise<[(number | null)[], number | null]> => {
    const document = await read(parts);
    return [document.blocks.map(({ page }) => page), document.pages];
  };
  const app = (count: number) => ({
    name: "docProps/app.xml",
    content: `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Pages>${count}</Pages></Properties>`,
  });
  const written = p("一") + p('<w:r><w:br w:type="page"/></w:r>') + p("二") + p("三", "<w:pageBreakBefore/>");
  const rendered =
    p("一") + p('<w:r><w:br w:type="page"/></w:r>') + p("<w:r><w:lastRenderedPageBreak/><w:t>二</w:t></w:r>");
  expect(await pages({ body: rendered })).toEqual([[1, 2], 2]);
  expect(await pages({ body: written })).toEqual([[1, 2, 3], 3]);
  expect(await pages({ body: written, more: [app(3)] })).toEqual([[1, 2, 3], 3]);
  expect(await pages({ body: written, more: [app(9)] })).toEqual([[null, null, null], null]);
  expect(await pages({ body: p("一") })).toEqual([[null], null]);
});

test("a document number in the running head, other heads left out", async () => {
  const body = p("正文。");
  const head = await read({ body, header: p("某区政策汇编　某科规〔2024〕3号") });
  expect(head.fields).toEqual({ documentNumber: "某科规〔2024〕3号" });
  expect(head.blocks).toHaveLength(1);
  expect((await read({ body, header: p("某区政策汇编") })).fields).toEqual({});
});

test("embedded files are named, macros ignored, both said", async () => {
  const document = await read({
    body: p("正文。"),
    more: [
      { name: "word/embeddings/预算表.xlsx", content: "x" },
      { name: "word/vbaProject.bin", content: "x" },
    ],
  });
  expect(document.attachments).toEqual([{ name: "预算表.xlsx" }]);
  expect(document.warnings).toEqual(["文件带有宏，已忽略，未执行。"]);
});
