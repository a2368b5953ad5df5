import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { decodeDocument, normalizeDocumentText } from "../../src/knowledge/index.ts";
import { AppError } from "../../src/shared/index.ts";

const TEXT = "云川市科技创新条例\n第一条 为了促进科技创新，根据有关法律，结合本市实际，制定本条例。\n";
const encode = (text: string) => new TextEncoder().encode(text);

function refusal(bytes: Uint8Array): AppError {
  try {
    decodeDocument(bytes);
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error("was accepted");
}

function utf16(text: string, bigEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, unit] of [0xfeff, ...[...text].map((character) => character.charCodeAt(0))].entries()) {
    view.setUint16(index * 2, unit, !bigEndian);
  }
  return bytes;
}

/** GB18030 bytes by Python when there is one; Node only decodes it. */
function gb18030(text: string): Uint8Array | undefined {
  try {
    const script =
      "import sys;sys.stdout.buffer.write(sys.stdin.buffer.read().decode('utf8').encode('gb18030'))";
    return execFileSync("python3", ["-c", script], { input: text, stdio: ["pipe", "pipe", "ignore"] });
  } catch {
    return undefined;
  }
}

describe("decodeDocument", () => {
  it.each([
    ["UTF-8", encode(TEXT), "utf-8"],
    ["UTF-8 with BOM", encode(`\ufeff${TEXT}`), "utf-8"],
    ["UTF-16 little-endian", utf16(TEXT, false), "utf-16le"],
    ["UTF-16 big-endian", utf16(TEXT, true), "utf-16be"],
  ])("reads %s", (_, bytes, encoding) => {
    const decoded = decodeDocument(bytes);
    expect(decoded.encoding).toBe(encoding);
    expect(normalizeDocumentText(decoded.text)).toBe(TEXT);
  });

  it("reads GB18030", (context) => {
    const bytes = gb18030(TEXT);
    if (!bytes) return context.skip();
    expect(decodeDocument(bytes)).toEqual({ text: TEXT, encoding: "gb18030" });
  });

  it("keeps a UTF-8 text that was cut in the middle of a character", () => {
    const bytes = encode(TEXT.repeat(20)).slice(0, -2);
    expect(decodeDocument(bytes).encoding).toBe("utf-8");
  });

  it.each([
    ["empty", new Uint8Array(), /空的/],
    ["blank", encode(" \n\u3000\n"), /空白/],
    ["a PDF", encode("%PDF-1.7\n..."), /PDF.*文本文件/],
    ["a Word file", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), /docx/],
    ["NUL bytes", new Uint8Array([0x61, 0, 0x62, 0]), /二进制/],
    ["a web page", encode("<!DOCTYPE html><html><body>第一条</body></html>"), /网页/],
    ["too large", new Uint8Array(20 * 1024 * 1024 + 1).fill(0x61), /20 MB/],
    ["no plausible text", new Uint8Array(4000).map((_, index) => 0x81 + ((index * 37) % 120)), /编码/],
  ])("refuses what is %s and says the next step", (_, bytes, expected) => {
    const error = refusal(bytes);
    expect(error.code).toBe("unusable-input");
    expect(error.safeMessage).toMatch(expected);
  });
});

describe("normalizeDocumentText", () => {
  it("unifies line ends, drops invisible characters and trailing blanks, and nothing else", () => {
    const printed = "\ufeff一、“人才招牌” \u3000\r\n（2023-2025》\u200b\t \r\n\u0007Ａ，B";
    expect(normalizeDocumentText(printed)).toBe("一、“人才招牌”\n（2023-2025》\nＡ，B");
  });

  it("is idempotent", () => {
    const once = normalizeDocumentText("é\r第一条\u2028\u3000\u3000正文  ");
    expect(normalizeDocumentText(once)).toBe(once);
  });
});
