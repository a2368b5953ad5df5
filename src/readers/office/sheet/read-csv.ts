import { parse } from "csv-parse/sync";
import { decodeText } from "../../text/decode-text.ts";
import type { FormatReader, ReadBlock } from "../../types.ts";
import { unusable } from "../../unusable.ts";
import { toCellText } from "../table/build-rows.ts";
import type { GridRow } from "../table/grid.ts";
import { tidyLine } from "../tidy-line.ts";
import { checkSize } from "../zip/open-package.ts";
import { MAX_ROWS, tooManyRows } from "./limits.ts";
import { toSheetBlocks } from "./to-sheet-blocks.ts";

/** Lists as text: comma, semicolon or tab, UTF-8 or GB18030, uneven rows. */
export const readCsv: FormatReader = async (bytes, { limits }) => {
  checkSize(bytes, limits.maxBytes);
  const { text } = decodeText(bytes);
  const records = parseRecords(text);
  const warnings = records.length > MAX_ROWS ? [tooManyRows("文件")] : [];
  const blocks: ReadBlock[] = toSheetBlocks(records.slice(0, MAX_ROWS).map(toGridRow), 1, 1);
  if (blocks.length === 0) throw unusable("no rows", "表格里没有内容。请确认导出完整后重新提交。");
  return {
    format: "csv",
    blocks,
    paragraphs: "whole",
    pages: null,
    fields: {},
    attachments: [],
    warnings,
    ocr: null,
  };
};

function parseRecords(text: string): string[][] {
  const options = {
    bom: true,
    delimiter: findDelimiter(text),
    relax_column_count: true,
    skip_empty_lines: true,
    to: MAX_ROWS + 1,
  };
  try {
    return parse(text, options);
  } catch {
    // Quotes that do not pair are taken as characters, not as an end of the reading.
    try {
      return parse(text, { ...options, quote: null });
    } catch (thrown) {
      throw unusable(
        "broken csv",
        "表格格式有误，无法读取。请用 Excel 或 WPS 打开，另存为 xlsx 后再提交。",
        thrown,
      );
    }
  }
}

const DELIMITERS = [",", "\t", ";", "，"] as const;
const SAMPLE_LINES = 30;

/** What divides the most lines, and into like numbers of fields. */
function findDelimiter(text: string): string {
  const lines = text
    .split(/\r\n?|\n/, SAMPLE_LINES)
    .map((line) => line.replace(/"[^"]*"/g, ""))
    .filter((line) => line.trim() !== "");
  let best: { delimiter: string; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    const score = usual === 0 ? 0 : counts.filter((count) => count === usual).length;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function toGridRow(record: readonly string[]): GridRow {
  return {
    marked: false,
    cells: record.map((value, column) => ({
      text: toCellText(tidyLine(value)),
      column,
      span: 1,
      continued: false,
      bold: false,
      shaded: false,
    })),
  };
}
