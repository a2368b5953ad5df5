import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEFAULT_READ_LIMITS, type ReadDocument } from "../../src/readers/index.ts";
import { readDoc } from "../../src/readers/office/index.ts";
import { writeCompound } from "../support/write-compound.ts";
import { writeDoc } from "../support/write-doc.ts";
import { p, writeDocx } from "../support/write-docx.ts";

const read = (bytes: Uint8Array): Promise<ReadDocument> =>
  readDoc(bytes, { fileName: "a.doc", limits: DEFAULT_READ_LIMITS });

test("paragraphs, typed headings, Chinese quotes, breaks, contents lines, notes", async () => {
  const document = await read(
    writeDoc({
      body: "关于“创新券”的通知\r第一章 总则\t1\r第一章 总则\r第一条 为了——规范。\u000b第二条 另行。\r\r",
      footnotes: " 指企业。\r",
    }),
  );
  expect(document.blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ["paragraph", "关于“创新券”的通知"],
    ["heading", "第一章 总则"],
    ["paragraph", "第一条 为了——规范。"],
    ["paragraph", "第二条 另行。"],
    ["footnote", "［1］指企业。"],
  ]);
  expect(document.format).toBe("doc");
  expect(document.warnings).toEqual([]);
});

test("rows of tables with their header", async () => {
  const { blocks, warnings } = await read(
    writeDoc({ body: "附表\r序号\u0007名称\u0007\u00071\u0007甲\u0007\u00072\u0007\u0007\u0007完。\r" }),
  );
  expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
    ["paragraph", "附表"],
    ["row", "序号 | 名称"],
    ["row", "1 | 甲"],
    ["row", "2 | "],
    ["paragraph", "完。"],
  ]);
  expect(blocks[2]?.table).toEqual({ id: 1, row: 1, isHeader: false, header: "序号 | 名称" });
  expect(warnings.join()).toContain("合并单元格");
});

test("cells of several paragraphs; text between tables stays outside", async () => {
  const { blocks } = await read(
    writeDoc({
      body: "序号\u0007名称\u0007\u00071\u0007甲\r乙\u0007\u0007长\r名\u0007丙\u0007\u0007表2 其他。\r序号\u0007类别\u0007\u00071\u0007丁\u0007\u0007",
    }),
  );
  expect(blocks.map(({ kind, text, table }) => `${kind}${table?.id ?? ""} ${text}`)).toEqual([
    "row1 序号 | 名称",
    "row1 1 | 甲；乙",
    "row1 长；名 | 丙",
    "paragraph 表2 其他。",
    "row2 序号 | 类别",
    "row2 1 | 丁",
  ]);
});

test("generated numbers that may be missing are said", async () => {
  expect((await read(writeDoc({ body: "文。\r", listBytes: 64 }))).warnings.join()).toContain("自动编号");
});

test("locked, very old, broken and empty files; a docx under the name is read", async () => {
  await expect(read(writeDoc({ body: "文。\r", encrypted: true }))).rejects.toMatchObject({
    code: "unusable-input",
    safeMessage: expect.stringContaining("密码"),
  });
  const old = new Uint8Array(4096).fill(0xa5, 0, 1);
  await expect(read(writeCompound({ WordDocument: old }))).rejects.toMatchObject({
    safeMessage: expect.stringContaining("Word 95"),
  });
  const whole = writeDoc({ body: "文。\r" });
  await expect(read(whole.subarray(0, 3_000))).rejects.toMatchObject({ code: "unusable-input" });
  await expect(read(writeDoc({ body: "\r" }))).rejects.toMatchObject({
    safeMessage: expect.stringContaining("没有文字"),
  });
  expect((await read(writeDocx({ body: p("文。") }))).format).toBe("docx");
});

const numbered = new Uint8Array(readFileSync(join(import.meta.dirname, "../fixtures/readers/numbered.doc")));

test("generated numbers, heading styles, merged cells, notes in their place, no deleted text", async () => {
  const { blocks, warnings } = await read(numbered);
  expect(blocks.map(({ kind, level, text }) => `${kind}${level ?? ""} ${text}`)).toEqual([
    "paragraph 云溪市创新空间管理办法",
    "paragraph （试行）",
    "paragraph 云科规〔2026〕1号",
    "heading1 一、总则",
    "heading2 （一）适用范围",
    "paragraph 为规范管理，制定本办法。",
    "paragraph 本办法适用于云溪市行政区域内由企业、高校、科研机构建设并经市科技局登记的各类创新空间，以及为创新空间提供服务的机构。",
    "heading2 （二）管理分工",
    "paragraph 市科技局负责统筹。",
    "heading1 二、支持",
    "heading2 （一）支持标准",
    "paragraph 支持标准见附表。",
    "footnote ［1］以当年公布的为准。",
    "paragraph 附表",
    "row 序号 | 方向 | 标准",
    "row 序号 | 方向 | 比例 | 上限（万元）",
    "row 1 | 研发 | 10% | 100",
    "row 2 | 研发 | 20% | 200",
    "paragraph 完。",
  ]);
  expect(blocks.at(-2)?.table?.header).toBe("序号 | 方向 | 标准/比例 | 标准/上限（万元）");
  expect(warnings).toEqual([]);
});

test("a doc with damaged bytes is read or refused, nothing else", async () => {
  for (let at = 0; at < numbered.length; at += 97) {
    const damaged = numbered.slice();
    damaged.fill(0xff, at, at + 9);
    const outcome = await read(damaged).then(
      ({ blocks }) => blocks.length > 0,
      (error: { code?: string }) => error.code === "unusable-input",
    );
    expect(outcome, `bytes from ${at}`).toBe(true);
  }
});
