import type { FormatReader, ReadBlock, ReadDocument } from "../../types.ts";
import { unusable } from "../../unusable.ts";
import { markNumberedHeadings } from "../mark-headings.ts";
import { type Relation, readRelations } from "../xml/read-relations.ts";
import { readXmlUnits } from "../xml/read-xml.ts";
import type { Archive } from "../zip/open-archive.ts";
import { openPackage } from "../zip/open-package.ts";
import { createState } from "./create-state.ts";
import { describeSeen, listAttachments } from "./describe-document.ts";
import type { DraftBlock } from "./draft-block.ts";
import { finishBlocks, readBlock } from "./read-blocks.ts";
import { readHeaderNumber } from "./read-header-number.ts";
import type { ReadingState } from "./reading-state.ts";
import { setPages } from "./set-pages.ts";

/** Word documents (docx, docm, those that WPS writes), in reading order. Nothing outside the file is fetched, nothing run. */
export const readDocx: FormatReader = async (bytes, { limits, onProgress }) => {
  const archive = await openPackage(bytes, limits, "word");
  const part = await findMainPart(archive);
  const relations = await readRelations(archive, part);
  const state = await createState(archive, relations);
  const drafts = await readBody(archive, part, state);
  const marked = markNumberedHeadings(drafts);
  const { blocks, pages } = await setPages(marked, state, archive);
  if (blocks.length === 0) throw noText(state);
  checkPages(blocks, pages, limits.maxPages);
  const documentNumber = await readHeaderNumber(archive, relations, state, blocks);
  onProgress?.({ page: pages ?? 1, pages: pages ?? 1 });
  const document: ReadDocument = {
    format: "docx",
    blocks,
    paragraphs: "whole",
    pages,
    fields: documentNumber === undefined ? {} : { documentNumber },
    attachments: listAttachments(archive, relations, state),
    warnings: describeSeen(archive, relations, state),
    ocr: null,
  };
  return document;
};

async function findMainPart(archive: Archive): Promise<string> {
  const root = await readRelations(archive, "");
  const named = root.find((relation: Relation) => relation.type === "officeDocument" && !relation.external);
  const part = named && archive.has(named.target) ? named.target : "word/document.xml";
  if (part.startsWith("xl/")) {
    throw unusable("a spreadsheet", "这是 Excel 表格，扩展名不符。请把扩展名改为 .xlsx 后重新上传。");
  }
  if (archive.has(part) && /\.xml$/i.test(part)) return part;
  throw unusable(
    "no main document part",
    "压缩包里没有 Word 正文（word/document.xml），不是 Word 文档或已损坏。请用 Word 或 WPS 打开原件，另存为 docx 后重新上传。",
  );
}

async function readBody(archive: Archive, part: string, state: ReadingState): Promise<DraftBlock[]> {
  const drafts: DraftBlock[] = [];
  const chunks = await archive.open(part);
  if (!chunks) return drafts;
  await readXmlUnits(chunks, part, {
    isUnit: (_name, parent) => parent === "w:body",
    onUnit(unit) {
      const before = state.contentsSeen;
      const blocks = readBlock(unit, state);
      if (state.contentsSeen > before) dropContentsTitle(drafts);
      drafts.push(...blocks);
    },
  });
  drafts.push(...finishBlocks(state));
  return drafts;
}

/** 目录, 目　次 above a table of contents that was left out. */
function dropContentsTitle(drafts: DraftBlock[]): void {
  const last = drafts.at(-1);
  if (last && /^(?:目[\s\u3000]*[录錄次]|contents)$/i.test(last.text)) drafts.pop();
}

const CHARACTERS_OF_PAGE = 1_800;

/** By the pages that are known, else by what a full page holds. */
function checkPages(blocks: readonly ReadBlock[], pages: number | null, maxPages: number): void {
  const characters = blocks.reduce((sum, { text }) => sum + text.length, 0);
  const counted = pages ?? Math.ceil(characters / CHARACTERS_OF_PAGE);
  if (counted <= maxPages) return;
  throw unusable(
    `${counted} pages`,
    `文档约 ${counted} 页，超过 ${maxPages} 页上限。请拆成几个文件后分别提交。`,
  );
}

function noText(state: ReadingState): Error {
  if (state.seen.pictures > 0) {
    return unusable(
      "pictures only",
      "文档里只有图片，没有文字。请把它另存为 PDF 或图片上传，系统会按扫描件识别文字。",
    );
  }
  return unusable("no text", "文档里没有文字。请确认上传的是正文，保存后重新上传。");
}
