import { expect, test } from "vitest";
import { DEFAULT_READ_LIMITS, type FormatReader, type ReadDocument } from "../../src/readers/index.ts";
import { readCsv, readXlsx } from "../../src/readers/office/index.ts";
import { formatValue } from "../../src/readers/office/sheet/format-value.ts";
import { sheetRow, type WorkbookParts, writeXlsx } from "../support/write-xlsx.ts";

const run = (reader: FormatReader, bytes: Uint8Array): Promise<ReadDocument> =>
  reader(bytes, { fileName: "a", limits: DEFAULT_READ_LIMITS });
const read = (parts: WorkbookParts): Promise<ReadDocument> => run(readXlsx, writeXlsx(parts));
const outline = ({ blocks }: ReadDocument): string[] =>
  blocks.map(({ kind, level, text }) => `${kind}${level ?? ""} ${text}`);
const merges = (...ranges: string[]): string =>
  `<mergeCells>${ranges.map((range) => `<mergeCell ref="${range}"/>`).join("")}</mergeCells>`;

test("title, unit line, two header rows with merges, merged body cells, empty rows", async () => {
  const document = await read({
    sheets: [
      {
        name: "Sheet1",
        rows: [
          sheetRow(1, ["支持项目一览表", null, null, null]),
          sheetRow(2, [null, null, null, "单位：万元"]),
          sheetRow(3, ["序号", "补贴", null, "责任单位"]),
          sheetRow(4, [null, "国家级", "市级", null]),
          sheetRow(5, [1, 100, 50, "区科委"]),
          sheetRow(6, [2, 80, null, null]),
          sheetRow(7, [null, null, null, null]),
          sheetRow(9, [3, "不设", null, "区财政局"]),
        ].join(""),
        after: merges("A1:D1", "A3:A4", "B3:C3", "D3:D4", "D5:D6", "B9:C9"),
      },
    ],
  });
  expect(outline(document)).toEqual([
    "heading1 支持项目一览表",
    "paragraph 单位：万元",
    "row 序号 | 补贴 | 责任单位",
    "row 序号 | 国家级 | 市级 | 责任单位",
    "row 1 | 100 | 50 | 区科委",
    "row 2 | 80 |  | 区科委",
    "row 3 | 不设 | 区财政局",
  ]);
  expect(document.blocks.at(-1)?.table).toEqual({
    id: 1,
    row: 4,
    isHeader: false,
    header: "序号 | 补贴/国家级 | 补贴/市级 | 责任单位",
  });
});

test("sheets are headings when there are several; hidden sheets, rows and columns are left out and said", async () => {
  const list = (name: string): string => sheetRow(1, ["序号", "名称"]) + sheetRow(2, [1, name]);
  const document = await read({
    sheets: [
      { name: "甲表", rows: list("甲") + sheetRow(3, [2, "藏"], 'hidden="1"') },
      { name: "空表", rows: "" },
      { name: "密表", rows: list("密"), state: "veryHidden" },
      { name: "乙表", rows: list("乙"), before: '<cols><col min="1" max="1" hidden="1"/></cols>' },
    ],
    more: [{ name: "xl/vbaProject.bin", content: "x" }],
  });
  expect(outline(document)).toEqual([
    "heading1 甲表",
    "row 序号 | 名称",
    "row 1 | 甲",
    "heading1 乙表",
    "paragraph 名称",
    "paragraph 乙",
  ]);
  expect(document.warnings).toEqual([
    "文件带有宏，已忽略，未执行。",
    "隐藏的工作表未读取：“密表”。",
    "工作表“甲表”有 1 行隐藏，未读取。",
    "工作表“乙表”有 1 列隐藏，未读取。",
  ]);
});

test("shared and rich strings, formulas by their saved results, booleans, errors, dates by style", async () => {
  const document = await read({
    strings: ["名称", "<r><t>第一</t></r><r><t>批</t></r><rPh sb='0' eb='1'><t>ディ</t></rPh>"],
    styles:
      '<numFmts><numFmt numFmtId="176" formatCode="0.0&quot;万元&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="10"/></cellXfs>',
    sheets: [
      {
        name: "a",
        rows: `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>批次类型</t></is></c></row><row r="2"><c t="s"><v>1</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>${sheetRow(
          3,
          [
            { value: 45408, style: 1 },
            { value: 12.34, style: 2, formula: "A1*2" },
            { value: 0.125, style: 3 },
          ],
        )}<row r="4"><c t="d"><v>2024-04-26T00:00:00</v></c><c t="str"><f>X</f><v>果</v></c></row>`,
      },
    ],
  });
  expect(outline(document)).toEqual([
    "row 名称 | 批次类型 | ",
    "row 第一批 | 是 | ",
    "row 2024-04-26 | 12.3万元 | 12.50%",
    "row 2024-04-26 | 果 | ",
  ]);
});

test.each([
  [45408, "yyyy/m/d", "2024-04-26"],
  [45408.5, "yyyy-mm-dd hh:mm", "2024-04-26 12:00"],
  [45408, 'yyyy"年"m"月"', "2024-04"],
  [45408, '[$-804]yyyy"年"m"月"d"日"', "2024-04-26"],
  [1, "yyyy-m-d", "1900-01-01"],
  [0.75, "h:mm", "18:00"],
  [1234567.891, "#,##0.00", "1,234,567.89"],
  [0.3, "0%", "30%"],
  [0.1 + 0.2, "General", "0.3"],
  [1234567, '#,##0,"千元"', "1,235千元"],
  [12345, '0!.0,"万元"', "1.2万元"],
  [12345, "0!.0000", "1.2345"],
  [-5, "0.0;(0.0)", "(5.0)"],
  [0, '0;-0;"无"', "0"],
  [7, '"第"0"批"', "第7批"],
  [7, "000", "007"],
  [3.5, "0.##", "3.5"],
  [3, "¥#,##0", "¥3"],
  [3, "[$¥-804]#,##0.00", "¥3.00"],
  [2024, "@", "2024"],
])("%f as %s is %s", (value, format, printed) => {
  expect(formatValue(value, format, false)).toBe(printed);
});

test("days of the 1904 system", async () => {
  expect(formatValue(43946, "yyyy-m-d", true)).toBe("2024-04-26");
});

test("no more rows than the limit, and it is said", async () => {
  const rows = Array.from({ length: 20_005 }, (_, index) => sheetRow(index + 1, [index + 1, "甲"])).join("");
  const document = await read({ sheets: [{ name: "大表", rows }] });
  expect(document.blocks).toHaveLength(20_000);
  expect(document.warnings.join()).toContain("20,000");
});

test("merges and columns out of all measure cost nothing", async () => {
  const document = await read({
    sheets: [
      {
        name: "a",
        rows: `${sheetRow(1, ["序号", "名称"])}${sheetRow(2, [1, "甲"])}<row r="3"><c r="XFD3"><v>9</v></c></row>`,
        after: merges("C1:XFD1048576", "ZZZ1:A1", "nonsense"),
      },
    ],
  });
  expect(outline(document)).toEqual(["row 序号 | 名称", "row 1 | 甲"]);
});

test("an empty workbook says so", async () => {
  await expect(read({ sheets: [{ name: "a", rows: "" }] })).rejects.toMatchObject({
    code: "unusable-input",
    safeMessage: expect.stringContaining("没有可读取的内容"),
  });
});

const csv = async (content: string | Uint8Array): Promise<string[]> =>
  outline(await run(readCsv, typeof content === "string" ? new TextEncoder().encode(content) : content));

test("csv: delimiters, quotes with breaks, a byte order mark, uneven rows, bars", async () => {
  const rows = ["row 序号 | 名称 | 备注", "row 1 | 甲，乙 | a b", "row 2 | 丙"];
  expect(await csv('\ufeff序号,名称,备注\r\n1,"甲，乙","a\nb"\r\n\r\n2,丙\r\n')).toEqual(rows);
  expect(await csv("序号;名称;备注\n1;甲，乙;a b\n2;丙")).toEqual(rows);
  expect(await csv("序号\t名称\t备注\n1\t甲，乙\ta b\n2\t丙")).toEqual(rows);
  expect(await csv('序号,名称\n1,甲|乙\n2,未"闭合')).toEqual([
    "row 序号 | 名称",
    "row 1 | 甲｜乙",
    'row 2 | 未"闭合',
  ]);
});

test("csv in GB18030", async () => {
  const bytes = [0xd0, 0xf2, 0xba, 0xc5, 0x2c, 0xb5, 0xc4, 0x0a, 0x31, 0x2c, 0xd2, 0xbb, 0xb8, 0xf6];
  expect(await csv(new Uint8Array(bytes))).toEqual(["row 序号 | 的", "row 1 | 一个"]);
});

test("a csv with a title above its header", async () => {
  expect(await csv("申报名单,,\n序号,企业名称,类别\n1,甲公司,新兴产业\n")).toEqual([
    "heading1 申报名单",
    "row 序号 | 企业名称 | 类别",
    "row 1 | 甲公司 | 新兴产业",
  ]);
});
