import { expect, test } from "vitest";
import { DEFAULT_READ_LIMITS, type ReadBlock } from "../../src/readers/index.ts";
import { readDocx } from "../../src/readers/office/index.ts";
import { p, r, tbl, tc, tr, writeDocx } from "../support/write-docx.ts";

async function readBlocks(body: string, footnotes?: string): Promise<ReadBlock[]> {
  const bytes = writeDocx({ body, ...(footnotes === undefined ? {} : { footnotes }) });
  return (await readDocx(bytes, { fileName: "a.docx", limits: DEFAULT_READ_LIMITS })).blocks;
}

const START = '<w:vMerge w:val="restart"/>';
const GOES_ON = "<w:vMerge/>";
const span = (count: number): string => `<w:gridSpan w:val="${count}"/>`;
const bold = (text: string): string => p(r(text, "<w:b/>"));

test("merged cells: repeated downwards, once sideways; header rows merged", async () => {
  const body =
    p("前文") +
    tbl([
      tr([tc(bold("序号"), START), tc(bold("支持标准"), span(2)), tc(bold("责任单位"), START)]),
      tr([tc("", GOES_ON), tc(bold("国家级")), tc(bold("市级")), tc("", GOES_ON)]),
      tr([tc("1", START), tc("100万元"), tc("50万元"), tc("区科委")]),
      tr([tc("", GOES_ON), tc("不重复享受", span(2)), tc("区财政局")]),
      tr([tc("", GOES_ON), tc("80万元"), tc("40万元"), tc("")]),
      tr([tc(""), tc(""), tc(""), tc("")]),
    ]) +
    tbl([tr([tc("名称", ""), tc("金额", "")], "<w:tblHeader/>"), tr([tc("甲"), tc("5")])]);
  const blocks = await readBlocks(body);
  expect(blocks.map(({ text }) => text)).toEqual([
    "前文",
    "序号 | 支持标准 | 责任单位",
    "序号 | 国家级 | 市级 | 责任单位",
    "1 | 100万元 | 50万元 | 区科委",
    "1 | 不重复享受 | 区财政局",
    "1 | 80万元 | 40万元 | ",
    "名称 | 金额",
    "甲 | 5",
  ]);
  const header = "序号 | 支持标准/国家级 | 支持标准/市级 | 责任单位";
  expect(blocks[2]).toEqual({
    kind: "row",
    text: "序号 | 国家级 | 市级 | 责任单位",
    page: null,
    table: { id: 1, row: 1, isHeader: true, header },
  });
  expect(blocks[3]?.table).toEqual({ id: 1, row: 2, isHeader: false, header });
  expect(blocks[7]?.table).toEqual({ id: 2, row: 1, isHeader: false, header: "名称 | 金额" });
});

const headerOf = async (rows: readonly string[]): Promise<string | null | undefined> =>
  (await readBlocks(tbl(rows))).at(-1)?.table?.header;

test("a header is recognised by its look, its words, or not at all", async () => {
  const plain = (...texts: string[]): string => tr(texts.map((text) => tc(text)));
  const shade = '<w:shd w:val="clear" w:fill="D9D9D9"/>';
  expect(await headerOf([plain("序号", "项目名称"), plain("1", "甲")])).toBe("序号 | 项目名称");
  expect(await headerOf([plain("材料名称", "份数要求", "来源"), plain("申请书", "1", "自备")])).toBe(
    "材料名称 | 份数要求 | 来源",
  );
  expect(await headerOf([tr([tc("档", shade), tc("奖", shade)]), plain("一", "大")])).toBe("档 | 奖");
  // A form: labels at the left, values at the right.
  expect(await headerOf([plain("项目名称", "某项目"), plain("办理依据", "某办法")])).toBeNull();
  expect(
    await headerOf([tr([tc(bold("甲")), tc(bold("乙"))]), tr([tc(bold("丙")), tc(bold("丁"))])]),
  ).toBeNull();
  expect(await headerOf([plain("100万元", "50万元"), plain("80万元", "40万元")])).toBeNull();
});

test("a title row over the whole table is a paragraph; a section row inside keeps its row", async () => {
  const blocks = await readBlocks(
    tbl([
      tr([tc("支持项目一览表", span(2))]),
      tr([tc("序号"), tc("名称")]),
      tr([tc("一、生物医药", span(2))]),
      tr([tc("1"), tc("甲")]),
    ]),
  );
  expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ["paragraph", "支持项目一览表"],
    ["row", "序号 | 名称"],
    ["row", "一、生物医药"],
    ["row", "1 | 甲"],
  ]);
  expect(blocks.map(({ table }) => table?.row)).toEqual([undefined, 0, 1, 2]);
});

test("frames are paragraphs, a letterhead is one line", async () => {
  const frame = tbl([tr([tc(p("某市科学技术委员会文件") + p("某科规〔2024〕3号"))])]);
  const column = tbl([tr([tc("一、上")]), tr([tc("二、下")])]);
  const letterhead = tbl([
    tr([tc("某市科学技术委员会"), tc("文 件", START)]),
    tr([tc("某市财政局"), tc("", GOES_ON)]),
  ]);
  const blocks = await readBlocks(frame + column + letterhead);
  expect(blocks.every(({ kind }) => kind !== "row")).toBe(true);
  expect(blocks.map(({ text }) => text)).toEqual([
    "某市科学技术委员会文件",
    "某科规〔2024〕3号",
    "一、上",
    "二、下",
    "某市科学技术委员会 某市财政局文件",
  ]);
});

test("cells on one line: entries parted, broken words and sentences whole, bars full-width, inner tables flat", async () => {
  const blocks = await readBlocks(
    tbl([
      tr([tc(p("序") + p("号")), tc(p("区科委") + p("区财政局"))]),
      tr([tc(p("申请书，") + p("一式两份。") + p("加盖公章")), tc("A|B")]),
      tr([tc(p("经信") + p("财政")), tc(p("合") + p("计"))]),
      tr([tc("甲"), tc(`${tbl([tr([tc("内一"), tc("内二")]), tr([tc("内三"), tc("内四")])])}<w:p/>`)]),
    ]),
  );
  expect(blocks.map(({ text }) => text)).toEqual([
    "序号 | 区科委；区财政局",
    "申请书，一式两份。加盖公章 | A｜B",
    "经信；财政 | 合计",
    "甲 | 内一 内二；内三 内四",
  ]);
});

test("notes of a table follow their row; rows and cells inside controls; offset rows", async () => {
  const cell = tc(`<w:p>${r("甲")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>`);
  const inControl = (content: string): string => `<w:sdt><w:sdtContent>${content}</w:sdtContent></w:sdt>`;
  const blocks = await readBlocks(
    tbl([
      inControl(tr([tc("序号"), inControl(tc("名称")), tc("备注", START)])),
      tr([tc("1"), cell, tc("无", START)]),
      tr([tc("后移"), tc("", GOES_ON)], '<w:gridBefore w:val="1"/>'),
    ]),
    `<w:footnote w:id="2">${p("甲类。")}</w:footnote>`,
  );
  expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ["row", "序号 | 名称 | 备注"],
    ["row", "1 | 甲 | 无"],
    ["footnote", "［1］甲类。"],
    ["row", "后移 | 无"],
  ]);
});
