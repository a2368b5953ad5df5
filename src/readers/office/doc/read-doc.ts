import WordExtractor from "word-extractor";
import { AppError } from "../../../shared/index.ts";
import { refuse } from "../../detect/refusals.ts";
import type { FormatReader, ReadBlock } from "../../types.ts";
import { unusable } from "../../unusable.ts";
import { readDocx } from "../docx/read-docx.ts";
import { findDocumentNumber } from "../find-document-number.ts";
import { markNumberedHeadings } from "../mark-headings.ts";
import { tidyLine } from "../tidy-line.ts";
import { checkSize } from "../zip/open-package.ts";
import { recogniseContainer } from "../zip/recognise-container.ts";
import { readBody } from "./binary/read-body.ts";
import { inspectDoc } from "./inspect-doc.ts";
import { toDocBlocks } from "./to-doc-blocks.ts";

/**
 * Word 97–2003. The body with generated numbers, styles, merged cells and notes as the file notes them; where it does not, what
 * the library gives: the text, with headings that are typed with numbers.
 */
export const readDoc: FormatReader = async (bytes, context) => {
  checkSize(bytes, context.limits.maxBytes);
  const container = recogniseContainer(bytes);
  if (container === "zip") return await readDocx(bytes, context);
  if (container === "rtf" || container === "program") return refuse(container);
  if (container !== "compound") return refuse("brokenCompound");
  const { hasLists } = inspectDoc(bytes);
  const text = await extractText(bytes);
  const body = tryBody(bytes, text.body);
  const blocks = markNumberedHeadings(assemble(text, body));
  if (blocks.length === 0) {
    throw unusable("no text", "文档里没有文字。若内容是图片，请另存为 PDF 后再提交，系统会按扫描件识别。");
  }
  const documentNumber = findDocumentNumber(text.heads, blocks);
  const hasTables = blocks.some(({ kind }) => kind === "row");
  return {
    format: "doc",
    blocks,
    paragraphs: "whole",
    pages: null,
    fields: documentNumber === undefined ? {} : { documentNumber },
    attachments: [],
    warnings: [
      ...(hasLists && !body
        ? ["旧版 doc 的自动编号可能没有读出；请核对编号，缺失时用 Word 或 WPS 另存为 docx 再提交。"]
        : []),
      ...(hasTables && !body
        ? ["旧版 doc 表格的合并单元格无法还原，请核对表格；不符时另存为 docx 再提交。"]
        : []),
    ],
    ocr: null,
  };
};

interface DocText {
  body: string;
  notes: string;
  boxes: string;
  heads: string;
}

async function extractText(bytes: Uint8Array): Promise<DocText> {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const document = await new WordExtractor().extract(buffer);
    const asPrinted = { filterUnicode: false };
    return {
      body: document.getBody(asPrinted),
      notes: `${document.getFootnotes(asPrinted)}\n${document.getEndnotes(asPrinted)}`,
      heads: document.getHeaders(asPrinted),
      boxes: document.getTextboxes({ ...asPrinted, includeHeadersAndFooters: false }),
    };
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown;
    throw unusable(
      "broken doc",
      "文件已损坏，或不是 Word 97 以来的文档，无法读取。请用 Word 或 WPS 打开，另存为 .docx 后再提交。",
      thrown,
    );
  }
}

/** Where a box or a note stands is not known: letterheads go first, other boxes and the notes last. */
function assemble({ body, notes, boxes }: DocText, read: ReadBlock[] | undefined): ReadBlock[] {
  const boxLines = toLines(boxes);
  const isHead = (line: string): boolean =>
    /文\s*件$|[〔［[]\s*(?:19|20)\d\d\s*[〕］\]]\s*\d+\s*号/.test(line);
  const toParagraph = (text: string): ReadBlock => ({ kind: "paragraph", text, page: null });
  return [
    ...boxLines.filter(isHead).map(toParagraph),
    ...(read ?? toDocBlocks(body)),
    ...boxLines.filter((line) => !isHead(line)).map(toParagraph),
    ...(read ? [] : toNotes(notes)),
  ];
}

function toNotes(notes: string): ReadBlock[] {
  return toLines(notes).map(
    (line, index): ReadBlock => ({ kind: "footnote", text: `［${index + 1}］${line}`, page: null }),
  );
}

/** Of the library's letters: what the body has to hold to be believed. Deleted text and contents pages may be missing. */
const MIN_SHARE = 0.8;

function tryBody(bytes: Uint8Array, text: string): ReadBlock[] | undefined {
  try {
    const blocks = readBody(bytes);
    const letters = (whole: string) => whole.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
    const found = (blocks ?? []).reduce((sum, block) => sum + letters(block.text), 0);
    return found >= MIN_SHARE * letters(text) ? blocks : undefined;
  } catch (thrown) {
    if (thrown instanceof RangeError || thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}

function toLines(text: string): string[] {
  return text
    .split("\n")
    .map(tidyLine)
    .filter((line) => line !== "");
}
