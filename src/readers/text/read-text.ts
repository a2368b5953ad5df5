import type { FormatReader, ReadBlock, ReadDocument } from "../types.ts";
import { toMegabytes, unusable } from "../unusable.ts";
import { decodeText, MAX_DOCUMENT_BYTES } from "./decode-text.ts";

/** Plain text, in any common encoding. The text goes on whole, its lines as blocks. */
export const readTxt: FormatReader = async (bytes) => readPlain(bytes, "txt");

/** Markdown stays as it is written. */
export const readMd: FormatReader = async (bytes) => readPlain(bytes, "md");

function readPlain(bytes: Uint8Array, format: "txt" | "md"): ReadDocument {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw unusable(
      `text of ${bytes.length} bytes`,
      `文本文件有 ${toMegabytes(bytes.length)}，超过 20 MB 上限。请拆分成多个文件，或只保留正文文本。`,
    );
  }
  const { text } = decodeText(bytes);
  return {
    format,
    text,
    blocks: toBlocks(text),
    paragraphs: "lines",
    pages: null,
    fields: {},
    attachments: [],
    warnings: [],
    ocr: null,
  };
}

function toBlocks(text: string): ReadBlock[] {
  const blocks: ReadBlock[] = [];
  for (const line of text.split(/\r\n|[\n\r\f\v\u0085\u2028\u2029]/)) {
    const trimmed = line.replace(/^\ufeff/, "").trim();
    if (trimmed !== "") blocks.push({ kind: "paragraph", text: trimmed, page: null });
  }
  return blocks;
}
