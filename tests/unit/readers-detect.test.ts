import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { detectFormat } from "../../src/readers/index.ts";
import { AppError } from "../../src/shared/index.ts";
import { encodeGb18030 } from "../support/gb18030.ts";
import { packZip } from "../support/pack-zip.ts";
import { writeCompound } from "../support/write-compound.ts";

function storeZip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return packZip(Object.entries(files).map(([name, content]) => ({ name, content, deflate: false })));
}

const TEXT = "云川市科技创新条例\n第一条 为了促进科技创新，根据有关法律，结合本市实际，制定本条例。\n";
const PAGE = `<!DOCTYPE html><html><head><title>通知</title></head><body><p>${TEXT}</p></body></html>`;
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));
const latin = (text: string, padding = 64) =>
  new Uint8Array(Buffer.from(text.padEnd(padding, "\0"), "latin1"));
const ooxml = (main: string, extra: Record<string, string> = {}) =>
  storeZip({
    "[Content_Types].xml": `<Types><Override PartName="/x.xml" ContentType="application/vnd.${main}"/></Types>`,
    ...extra,
  });
/** Of the given streams only the names are looked at. */
const compound = (names: readonly string[]) =>
  writeCompound(Object.fromEntries(names.map((name) => [name, new Uint8Array(8)])));
const DOCX = ooxml("openxmlformats-officedocument.wordprocessingml.document.main+xml");
const XLSX = ooxml("openxmlformats-officedocument.spreadsheetml.sheet.main+xml");

describe("detectFormat", () => {
  it.each<[string, Uint8Array, string, string]>([
    ["Word", DOCX, "a.docx", "docx"],
    ["Word with macros", ooxml("ms-word.document.macroEnabled.main+xml"), "a.docm", "docx"],
    ["Word without content types", storeZip({ "word/document.xml": "<w/>" }), "a.docx", "docx"],
    ["Excel", XLSX, "a.xlsx", "xlsx"],
    ["Word 97", compound(["1Table", "Data", "Ole", "x", "WordDocument"]), "a.doc", "doc"],
    ["a WPS file that is Word 97 inside", compound(["WordDocument"]), "a.wps", "doc"],
    ["PDF", bytesOf("%PDF-1.7\n1 0 obj\nstartxref\n0\n%%EOF"), "a.pdf", "pdf"],
    ["PDF behind junk", bytesOf("HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\nstartxref\n0\n%%EOF"), "a.pdf", "pdf"],
    [
      "PNG",
      new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...new Uint8Array(64)]),
      "a",
      "image",
    ],
    ["JPEG", new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new Uint8Array(64)]), "a.jpg", "image"],
    ["HTML", bytesOf(PAGE), "a.html", "html"],
    ["HTML in GB18030", encodeGb18030(PAGE), "a.htm", "html"],
    [
      "tags pasted into a text file",
      bytesOf(`<div><p>${TEXT}</p><p>${TEXT}</p></div><p>a</p>`),
      "a.txt",
      "html",
    ],
    [
      "a page saved in one file",
      bytesOf(`From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b`),
      "a.mht",
      "html",
    ],
    ["text", bytesOf(TEXT), "a.txt", "txt"],
    ["text in GB18030", encodeGb18030(TEXT.repeat(3)), "a.txt", "txt"],
    ["text in UTF-16", new Uint8Array(Buffer.from(`\ufeff${TEXT}`, "utf16le")), "a.txt", "txt"],
    ["text without an ending", bytesOf(TEXT), "通知", "txt"],
    ["text that quotes a tag", bytesOf(`${TEXT}填写</p>标签时注意格式。`), "a.txt", "txt"],
    ["Markdown", bytesOf("# 通知\n\n- 一\n- 二\n"), "a.md", "md"],
    ["Markdown without an ending", bytesOf("# 通知\n\n正文。\n"), "通知", "md"],
    ["CSV", bytesOf("序号,名称\n1,甲\n2,乙\n"), "a.csv", "csv"],
    ["CSV without an ending", bytesOf("序号,名称,金额\n1,甲,3\n2,乙,4\n"), "名单", "csv"],
    ["prose called .csv", bytesOf(TEXT.repeat(3)), "a.csv", "txt"],
  ])("knows %s", async (_, bytes, name, format) => {
    expect(await detectFormat(bytes, name)).toEqual({
      format,
      warnings: name === "a.wps" ? [] : expect.any(Array),
    });
  });

  it("takes a wrong ending for a remark, not an error", async () => {
    expect(await detectFormat(DOCX, "通知.doc")).toEqual({
      format: "docx",
      warnings: ["文件名以 .doc 结尾，内容是Word 文档（docx），已按Word 文档（docx）读取。"],
    });
    expect((await detectFormat(bytesOf(PAGE), "通知.doc")).format).toBe("html");
    expect((await detectFormat(DOCX, "通知.docx")).warnings).toEqual([]);
    expect((await detectFormat(bytesOf(TEXT), "通知.md")).warnings).toEqual([]);
  });

  it.each<[string, Uint8Array, string, RegExp]>([
    ["an empty file", new Uint8Array(), "a.docx", /空的/],
    ["a program called .docx", latin("MZ\x90\0\x03"), "a.docx", /可执行程序.*未被运行/],
    ["a Linux program", latin("\x7fELF\x02\x01\x01"), "a.txt", /可执行程序/],
    ["a shell script", bytesOf("#!/bin/sh\nrm -rf /\n"), "a.txt", /脚本/],
    ["a batch file", bytesOf("echo off\n"), "通知.bat", /脚本/],
    ["a ZIP", storeZip({ "通知.docx": "x" }), "a.zip", /压缩包.*先解压/],
    ["a RAR", latin("Rar!\x1a\x07\x01\0"), "a.rar", /压缩包/],
    ["a 7z", latin("7z\xbc\xaf\x27\x1c"), "a.7z", /压缩包/],
    ["a gzip", new Uint8Array(gzipSync("x")), "a.gz", /压缩包/],
    ["an OFD", storeZip({ "OFD.xml": "<ofd/>", "Doc_0/Document.xml": "" }), "a.ofd", /OFD.*PDF/],
    [
      "a presentation",
      ooxml("openxmlformats-officedocument.presentationml.presentation.main+xml"),
      "a.pptx",
      /演示文稿/,
    ],
    ["a binary workbook", ooxml("ms-excel.sheet.binary.macroEnabled.main"), "a.xlsb", /另存为 \.xlsx/],
    [
      "an OpenDocument",
      storeZip({ mimetype: "application/vnd.oasis", "content.xml": "" }),
      "a.odt",
      /OpenDocument/,
    ],
    ["a Works file", compound(["MatOST"]), "a.wps", /WPS.*另存为 \.docx/],
    ["an old workbook", compound(["Workbook"]), "a.xls", /另存为 \.xlsx/],
    ["a locked document", compound(["EncryptionInfo", "EncryptedPackage"]), "a.docx", /打开密码.*取消密码/],
    ["a mail", compound(["__properties_version1.0"]), "a.msg", /邮件/],
    ["an RTF called .doc", bytesOf("{\\rtf1\\ansi \\u20113?}"), "a.doc", /RTF.*另存为 \.docx/],
    ["a CAJ", latin("CAJ\0"), "a.caj", /CAJ/],
    ["a film", latin("\0\0\0\x18ftypisom\0\0\0\0isomavc1"), "a.mp4", /音频或视频/],
    ["a HEIC photograph", latin("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "a.heic", /HEIC.*JPG/],
    ["a TIFF", latin("II*\0\x08\0\0\0", 200), "a.tif", /图片格式.*JPG/],
    [
      "Word XML",
      bytesOf('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
      "a.doc",
      /XML 格式的 Word/,
    ],
    [
      "a drawing",
      bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      "a.svg",
      /矢量图/,
    ],
    ["a guarded file", latin("%TSD-Header-###%\x01\x02"), "a.docx", /加密软件.*解密/],
    ["a Word file cut short", DOCX.slice(0, 80), "a.docx", /损坏/],
    ["a compound file cut short", compound(["WordDocument"]).slice(0, 700), "a.doc", /损坏/],
    ["zeros", new Uint8Array(5000), "a.pdf", /认不出/],
    [
      "noise called .docx",
      new Uint8Array(5000).map((_, index) => 1 + ((index * 7919) % 251)),
      "a.docx",
      /内容不是Word/,
    ],
  ])("refuses %s and says what to do", async (_, bytes, name, expected) => {
    const error = await detectFormat(bytes, name).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    if (!(error instanceof AppError)) return;
    expect(error.code).toBe("unusable-input");
    expect(error.safeMessage).toMatch(expected);
  });
});
