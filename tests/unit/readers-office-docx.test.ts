import { expect, test } from "vitest";
import { DEFAULT_READ_LIMITS, type ReadDocument } from "../../src/readers/index.ts";
import { readDocx } from "../../src/readers/office/index.ts";
import { type DocxParts, p, r, writeDocx } from "../support/write-docx.ts";

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
