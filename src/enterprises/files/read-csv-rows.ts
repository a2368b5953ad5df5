import { parse } from "csv-parse/sync";
import { decodeDocument } from "../../readers/index.ts";
import { AppError } from "../../shared/index.ts";
import { MAX_COLUMNS, MAX_ROWS, type TableRow } from "./table-row.ts";

const DELIMITERS = [",", "\t", ";", "，"] as const;

/** UTF-8, UTF-16 or GB 18030; comma, tab or semicolon, whichever parts the first line most often. */
export function readCsvRows(bytes: Uint8Array, fileName: string): TableRow[] {
  const { text } = decodeDocument(bytes);
  return parseRecords(text, fileName).map(({ record, info }) => ({
    line: info.lines,
    cells: record.slice(0, MAX_COLUMNS).map((cell) => cell.trim()),
  }));
}

function parseRecords(text: string, fileName: string): { record: string[]; info: { lines: number } }[] {
  const first = text.split(/\r\n?|\n/, 1)[0] ?? "";
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: first.split(delimiter).length }));
  const { delimiter } = counts.reduce((best, each) => (each.count > best.count ? each : best));
  try {
    // One more than allowed, with heads and a title, so that a longer file is seen to be longer.
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 20,
    }) as unknown as { record: string[]; info: { lines: number } }[];
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `broken csv ${fileName}`,
      safeMessage: `“${fileName}”的格式有误（多半是引号没有成对），无法读取。请用 Excel 或 WPS 打开，另存为 xlsx 后重新上传。`,
      cause,
    });
  }
}
