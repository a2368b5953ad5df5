import { describeSignature, findSignature } from "../detect/signatures.ts";
import { toMegabytes, unusable } from "../unusable.ts";
import { looksLikeHtml } from "./looks-like-html.ts";
import { MOST_COMMON_CHARACTERS } from "./most-common-characters.ts";

/** Of a text file: more plain text than any document has. */
export const MAX_DOCUMENT_BYTES = 20 * 1024 * 1024;

export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

export interface DecodedDocument {
  text: string;
  encoding: TextEncoding;
}

/**
 * Bytes of a plain text file → text. Throws AppError `unusable-input` for empty, oversized, binary and undecodable input
 * and for the source of a web page.
 */
export function decodeDocument(bytes: Uint8Array): DecodedDocument {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw unusable(
      `text of ${bytes.length} bytes`,
      `文件有 ${toMegabytes(bytes.length)}，超过 20 MB 上限。请拆分成多个文件，或只保留正文文本。`,
    );
  }
  const signature = findSignature(bytes);
  if (signature) {
    throw unusable(
      `binary: ${signature}`,
      `这是${describeSignature(signature)}，不是文本文件。请把正文复制粘贴或另存为文本文件（.txt）后重试。`,
    );
  }
  const decoded = decodeText(bytes);
  if (looksLikeHtml(decoded.text)) {
    throw unusable(
      "an HTML page",
      "这是网页源代码（HTML）。请在浏览器中复制正文，粘贴为文本文件（.txt）后重试。",
    );
  }
  return decoded;
}

/**
 * The encoding is decided by validity first (a byte order mark, then strict UTF-8) and by plausibility second (GB18030
 * accepts almost any bytes, so its result must look like Chinese). Throws AppError `unusable-input`.
 */
export function decodeText(bytes: Uint8Array): DecodedDocument {
  if (bytes.length === 0) throw unusable("empty file", "文件是空的。请确认导出或保存完整后重试。");
  const decoded =
    decodeByMark(bytes) ?? decodeUtf8(bytes) ?? decodeGb18030(bytes) ?? decodeDamagedUtf8(bytes);
  if (!decoded) {
    throw unusable(
      "no plausible encoding",
      "无法识别文件编码。请另存为 UTF-8 编码的文本文件（.txt）后重试。",
    );
  }
  if (decoded.text.trim() === "") throw unusable("blank file", "文件里只有空白。请确认文件内容后重试。");
  return decoded;
}

function decodeByMark(bytes: Uint8Array): DecodedDocument | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decodeUtf16(bytes, "utf-16le");
  if (first === 0xfe && second === 0xff) return decodeUtf16(bytes, "utf-16be");
  if (bytes.includes(0)) {
    throw unusable(
      "NUL bytes",
      "文件含有二进制内容，不是文本文件。请把正文另存为 UTF-8 编码的文本文件（.txt）后重试。",
    );
  }
  return undefined;
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): DecodedDocument {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    throw unusable(`broken ${encoding}`, "文件的 UTF-16 编码不完整。请重新导出，或另存为 UTF-8 编码后重试。");
  }
}

function decodeStrictly(bytes: Uint8Array, encoding: "utf-8" | "gb18030"): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeUtf8(bytes: Uint8Array): DecodedDocument | undefined {
  const text = decodeStrictly(bytes, "utf-8");
  if (text === undefined) return undefined;
  return isMostlyControl(text) ? undefined : { text, encoding: "utf-8" };
}

function decodeGb18030(bytes: Uint8Array): DecodedDocument | undefined {
  const text = decodeStrictly(bytes, "gb18030");
  if (text === undefined || isMostlyControl(text) || !looksChinese(text)) return undefined;
  return { text, encoding: "gb18030" };
}

/** A few broken bytes (a file cut in the middle of a character) must not cost the whole document. */
function decodeDamagedUtf8(bytes: Uint8Array): DecodedDocument | undefined {
  const text = new TextDecoder("utf-8").decode(bytes);
  const broken = text.split("\ufffd").length - 1;
  if (broken > Math.max(3, text.length / 2000) || !looksChinese(text)) return undefined;
  return { text, encoding: "utf-8" };
}

const PLAUSIBILITY_SAMPLE = 20_000;
const MIN_COMMON_SHARE = 0.15;

/** Running Chinese text consists of common characters to about a half; text decoded with the wrong table to a few per cent. */
function looksChinese(text: string): boolean {
  let chinese = 0;
  let common = 0;
  for (const character of text.slice(0, PLAUSIBILITY_SAMPLE)) {
    if (character < "\u0080") continue;
    chinese += 1;
    if (MOST_COMMON_CHARACTERS.has(character)) common += 1;
  }
  return chinese > 0 && common / chinese >= MIN_COMMON_SHARE;
}

function isMostlyControl(text: string): boolean {
  const sample = text.slice(0, PLAUSIBILITY_SAMPLE);
  const controls = sample.match(/[\u0001-\u0008\u000e-\u001f\u007f]/g)?.length ?? 0;
  return controls > sample.length / 50;
}
