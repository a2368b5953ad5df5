import type { Cell, CellValue, Workbook } from "exceljs";
import { openArchive } from "../../readers/index.ts";
import { AppError } from "../../shared/index.ts";
import { MAX_COLUMNS, MAX_ROWS, type TableRow } from "./table-row.ts";

const MAX_UNPACKED_BYTES = 150 * 1024 * 1024;

/** The first sheet that is shown and has something in it. Formulas count by their saved results. */
export async function readXlsxRows(bytes: Uint8Array, fileName: string): Promise<TableRow[]> {
  await unpackWithinLimits(bytes);
  const workbook = await load(bytes, fileName);
  const sheet = workbook.worksheets.find(
    ({ state, actualRowCount }) => state === "visible" && actualRowCount > 0,
  );
  if (!sheet) return [];
  const rows: TableRow[] = [];
  sheet.eachRow((row, line) => {
    if (rows.length > MAX_ROWS + 20) return;
    const cells: TableRow["cells"] = [];
    for (let column = 1; column <= Math.min(row.cellCount, MAX_COLUMNS); column += 1) {
      cells.push(readCell(row.getCell(column)));
    }
    if (cells.some((cell) => cell !== "")) rows.push({ line, cells });
  });
  return rows;
}

/** ExcelJS unpacks without limits: everything is unpacked once under ours before. */
async function unpackWithinLimits(bytes: Uint8Array): Promise<void> {
  const archive = await openArchive(bytes, { maxUnpackedBytes: MAX_UNPACKED_BYTES });
  for (const name of archive.names) {
    for await (const _chunk of (await archive.open(name)) ?? []) {
      // Counted where it is unpacked.
    }
  }
}

async function load(bytes: Uint8Array, fileName: string): Promise<Workbook> {
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  try {
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    await workbook.xlsx.load(buffer);
    return workbook;
  } catch (cause) {
    throw new AppError({
      code: "unusable-input",
      message: `cannot read the workbook ${fileName}`,
      safeMessage: `“${fileName}”无法作为表格读取，可能已损坏或不是 Excel 文件。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。`,
      cause,
    });
  }
}

/** Of merged cells only the first holds the value. */
function readCell(cell: Cell): string | number | boolean {
  if (cell.isMerged && cell.master.address !== cell.address) return "";
  return toPlain(cell.value, cell.numFmt ?? "");
}

function toPlain(value: CellValue, format: string): string | number | boolean {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") {
    return format.includes("%") ? `${Number((value * 100).toPrecision(12))}%` : value;
  }
  if (typeof value === "string") return value.trim();
  if (typeof value === "boolean") return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString().slice(0, 10);
  if ("richText" in value)
    return value.richText
      .map(({ text }) => text)
      .join("")
      .trim();
  if ("text" in value) return toPlain(value.text, format);
  if ("result" in value) return toPlain(value.result, format);
  return "";
}
