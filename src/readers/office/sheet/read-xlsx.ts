import type { FormatReader, ReadBlock } from "../../types.ts";
import { unusable } from "../../unusable.ts";
import { isEmptyRow } from "../table/grid.ts";
import type { Archive } from "../zip/open-archive.ts";
import { openPackage } from "../zip/open-package.ts";
import { MAX_ROWS, tooManyRows } from "./limits.ts";
import { readSheet, type SheetContent } from "./read-sheet.ts";
import { readWorkbook, type Workbook } from "./read-workbook.ts";
import { toSheetBlocks } from "./to-sheet-blocks.ts";

/**
 * Excel workbooks, read over the same archive and XML readers as Word files: rows stream, unpacking is counted, and
 * numbers appear as the sheet shows them. Formulas are never calculated, nothing outside the file is fetched.
 */
export const readXlsx: FormatReader = async (bytes, { limits, onProgress }) => {
  const archive = await openPackage(bytes, limits, "sheet");
  const workbook = await readWorkbook(archive);
  const warnings = describeWorkbook(archive, workbook);
  const contents: { name: string; content: SheetContent }[] = [];
  const shown = workbook.sheets.filter(({ hidden }) => !hidden);
  let left = MAX_ROWS;
  for (const [index, sheet] of shown.entries()) {
    const content = await readSheet(archive, sheet, workbook, left);
    content.rows = content.rows.filter((row) => !isEmptyRow(row));
    warnings.push(...describeSheet(sheet.name, content));
    left -= content.rows.length;
    if (content.rows.length > 0) contents.push({ name: sheet.name, content });
    onProgress?.({ page: index + 1, pages: shown.length });
  }
  if (contents.length === 0) {
    throw unusable("no rows", "表格里没有可读取的内容（空表或全部隐藏）。请确认内容、取消隐藏后重新提交。");
  }
  return {
    format: "xlsx",
    blocks: toBlocks(contents),
    paragraphs: "whole",
    pages: null,
    fields: {},
    attachments: archive.names
      .filter((name) => /^xl\/embeddings\/[^/]+$/i.test(name))
      .map((name) => ({ name: name.slice(name.lastIndexOf("/") + 1) })),
    warnings,
    ocr: null,
  };
};

function toBlocks(contents: readonly { name: string; content: SheetContent }[]): ReadBlock[] {
  const named = contents.length > 1;
  return contents.flatMap(({ name, content }, index): ReadBlock[] => [
    ...(named
      ? [{ kind: "heading" as const, text: name.trim() || `工作表${index + 1}`, page: null, level: 1 }]
      : []),
    ...toSheetBlocks(content.rows, index + 1, named ? 2 : 1),
  ]);
}

function describeWorkbook(archive: Archive, { sheets, relations }: Workbook): string[] {
  const warnings: string[] = [];
  if (archive.names.some((name) => /(?:^|\/)vbaProject\.bin$/i.test(name))) {
    warnings.push("文件带有宏，已忽略，未执行。");
  }
  const hidden = sheets.filter((sheet) => sheet.hidden).map(({ name }) => `“${name}”`);
  if (hidden.length > 0) warnings.push(`隐藏的工作表未读取：${hidden.join("、")}。`);
  if (relations.some(({ type, external }) => external || type === "externalLink")) {
    warnings.push("文件引用了外部资源，未访问；公式按保存时的结果读取。");
  }
  if (archive.names.some((name) => /^xl\/(?:media|charts)\/[^/]+$/i.test(name))) {
    warnings.push("文件含有图片或图表，其中的文字未读取，请核对。");
  }
  return warnings;
}

function describeSheet(name: string, { hiddenRows, hiddenColumns, cut }: SheetContent): string[] {
  const warnings: string[] = [];
  if (hiddenRows > 0) warnings.push(`工作表“${name}”有 ${hiddenRows} 行隐藏，未读取。`);
  if (hiddenColumns > 0) warnings.push(`工作表“${name}”有 ${hiddenColumns} 列隐藏，未读取。`);
  if (cut) warnings.push(tooManyRows(`工作簿（读到工作表“${name}”）`));
  return warnings;
}
