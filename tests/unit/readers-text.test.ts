import { describe, expect, it } from "vitest";
import { DEFAULT_READ_LIMITS } from "../../src/readers/index.ts";
import { readMd, readTxt } from "../../src/readers/text/index.ts";
import { AppError } from "../../src/shared/index.ts";
import { encodeGb18030 } from "../support/gb18030.ts";

const TEXT = "\ufeff关于开展申报的通知\r\n\r\n　　一、申报条件\u2028（一）依法设立；\f2.  信用良好。  \n\n\n";
const context = { fileName: "a.txt", limits: DEFAULT_READ_LIMITS };

describe("readTxt", () => {
  it("hands the text on as it stands, with its lines as blocks", async () => {
    const document = await readTxt(Buffer.from(TEXT), context);
    // TextDecoder takes the byte order mark away; everything else stays for knowledge.
    expect(document.text).toBe(TEXT.slice(1));
    expect(document.blocks.map(({ text }) => text)).toEqual([
      "关于开展申报的通知",
      "一、申报条件",
      "（一）依法设立；",
      "2.  信用良好。",
    ]);
    expect(document).toMatchObject({
      format: "txt",
      paragraphs: "lines",
      pages: null,
      fields: {},
      warnings: [],
    });
  });

  it.each([
    ["GB18030", encodeGb18030("第一条 为了促进科技创新，制定本办法。\n")],
    ["UTF-16", Buffer.from("\ufeff第一条 为了促进科技创新，制定本办法。\n", "utf16le")],
  ])("reads %s", async (_, bytes) => {
    expect((await readTxt(bytes, context)).text).toBe("第一条 为了促进科技创新，制定本办法。\n");
  });

  it("refuses more text than any document has", async () => {
    const thrown = await readTxt(new Uint8Array(20 * 1024 * 1024 + 1).fill(0x61), context).catch(
      (error) => error,
    );
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown.safeMessage).toMatch(/21 MB，超过 20 MB 上限/);
  });
});

describe("readMd", () => {
  it("leaves Markdown as it is written", async () => {
    const text = "# 通知\n\n| 类别 | 标准 |\n|---|---|\n| 甲 | 10万元 |\n";
    const document = await readMd(Buffer.from(text), { ...context, fileName: "a.md" });
    expect(document).toMatchObject({ format: "md", text });
  });
});
