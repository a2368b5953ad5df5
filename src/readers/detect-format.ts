import { refuseSpecialHeads } from "./detect/inspect-other-binary.ts";
import { inspectText } from "./detect/inspect-text.ts";
import { refuse } from "./detect/refusals.ts";
import { findSignature } from "./detect/signatures.ts";
import { decodeHtml } from "./html/decode-html.ts";
import { decodeText } from "./text/decode-text.ts";
import type { SourceFormat } from "./types.ts";
import { unusable } from "./unusable.ts";

/** `scan` is not among them: whether a PDF has text shows only when it is read. */
export type DetectedFormat = Exclude<SourceFormat, "scan">;

export interface Detection {
  format: DetectedFormat;
  /** For people, in Chinese: the name's ending says something else. */
  warnings: string[];
}

/**
 * What a file is, by its content; the name only decides between kinds of text. Throws AppError `unusable-input` with what
 * it is and what to do for everything that no reader takes.
 */
export async function detectFormat(bytes: Uint8Array, fileName: string): Promise<Detection> {
  if (bytes.length === 0) refuse("empty");
  const extension = readExtension(fileName);
  const format = (await detectBinary(bytes)) ?? detectText(bytes, extension);
  const expected = EXPECTED[extension];
  const isSurprising = expected !== undefined && expected !== format && !isSameText(expected, format);
  const warnings = isSurprising
    ? [`文件名以 .${extension} 结尾，内容是${FORMAT_NAMES[format]}，已按${FORMAT_NAMES[format]}读取。`]
    : [];
  return { format, warnings };
}

/** Lower case, without the dot; empty when there is none. */
function readExtension(fileName: string): string {
  return /\.([a-z0-9]{1,10})\s*$/i.exec(fileName)?.[1]?.toLowerCase() ?? "";
}

async function detectBinary(bytes: Uint8Array): Promise<DetectedFormat | undefined> {
  refuseSpecialHeads(bytes);
  const signature = findSignature(bytes);
  if (signature === "pdf" || hasLatePdfHeader(bytes)) return "pdf";
  if (signature === "zip") {
    const { inspectArchive } = await import("./detect/inspect-archive.ts");
    return inspectArchive(bytes);
  }
  if (signature === "compound") {
    const { inspectCompound } = await import("./detect/inspect-compound.ts");
    return inspectCompound(bytes);
  }
  if (signature === undefined && isPlainText(bytes)) return undefined;
  const { inspectOtherBinary } = await import("./detect/inspect-other-binary.ts");
  const found = await inspectOtherBinary(bytes);
  if (found || signature === "image") return "image";
  return signature === "archive" ? refuse("archive") : undefined;
}

const PDF_HEAD = 1_024;

/** PDF readers accept the header within the first kilobyte; mail gateways and printers put things before it. */
function hasLatePdfHeader(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(PDF_HEAD, bytes.byteLength));
  const at = head.indexOf("%PDF-");
  if (at < 0) return false;
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return all.lastIndexOf("startxref") > at || all.lastIndexOf("%%EOF") > at;
}

const TEXT_SAMPLE = 8_192;

/** Bytes that no `file-type` signature has to be tried on. */
function isPlainText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16) return true;
  return !bytes.subarray(0, TEXT_SAMPLE).some((byte) => byte < 7 || (byte > 13 && byte < 27));
}

function detectText(bytes: Uint8Array, extension: string): DetectedFormat {
  if (bytes.subarray(0, TEXT_SAMPLE).every((byte) => byte === 0)) refuse("unknown");
  return inspectText(decodeAnyText(takeSample(bytes), extension), extension);
}

const DECODED_SAMPLE = 256 * 1024;

/** Cut behind a line: the second byte of no character in the encodings read is a line feed. UTF-16: at an even place. */
function takeSample(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= DECODED_SAMPLE || (bytes[0] ?? 0) >= 0xfe) return bytes;
  const end = bytes.lastIndexOf(0x0a, DECODED_SAMPLE) + 1;
  return end > 0 ? bytes.subarray(0, end) : bytes;
}

/** A web page may be in an encoding that only its meta element names. */
function decodeAnyText(bytes: Uint8Array, extension: string): string {
  try {
    return decodeText(bytes).text;
  } catch (cause) {
    const page = decodeHtml(bytes);
    if (/<(?:html|head|body|meta)[\s>]/i.test(page.slice(0, 2_000))) return page;
    if (EXPECTED[extension] === undefined || isText(EXPECTED[extension])) throw cause;
    const name = FORMAT_NAMES[EXPECTED[extension]];
    throw unusable(
      `not a ${extension}`,
      `文件名以 .${extension} 结尾，但内容不是${name}，可能已损坏或被改过扩展名。请重新导出，能正常打开后再提交。`,
      cause,
    );
  }
}

function isText(format: DetectedFormat): boolean {
  return format === "txt" || format === "md" || format === "csv" || format === "html";
}

/** Plain text under another text ending is how people save things: nothing to be told. */
function isSameText(expected: DetectedFormat, format: DetectedFormat): boolean {
  return isText(expected) && isText(format) && format !== "html";
}

const EXPECTED: Readonly<Record<string, DetectedFormat>> = {
  docx: "docx",
  docm: "docx",
  dotx: "docx",
  doc: "doc",
  dot: "doc",
  wps: "doc",
  pdf: "pdf",
  jpg: "image",
  jpeg: "image",
  png: "image",
  gif: "image",
  webp: "image",
  bmp: "image",
  html: "html",
  htm: "html",
  shtml: "html",
  mht: "html",
  mhtml: "html",
  xlsx: "xlsx",
  xlsm: "xlsx",
  xls: "xlsx",
  csv: "csv",
  md: "md",
  txt: "txt",
};

const FORMAT_NAMES: Readonly<Record<DetectedFormat, string>> = {
  docx: "Word 文档（docx）",
  doc: "旧版 Word 文档（doc）",
  pdf: "PDF 文件",
  image: "图片",
  html: "网页（HTML）",
  xlsx: "Excel 表格（xlsx）",
  csv: "CSV 表格",
  md: "Markdown 文本",
  txt: "纯文本",
};
