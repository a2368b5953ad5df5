import ExcelJS from "exceljs";
import { fixTimes } from "./fix-times.ts";
import { type FormOptions, type Source, type SourceTable, spansOf } from "./source.ts";

export async function writeXlsx(source: Source, options: FormOptions): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.created = new Date("2026-01-01T00:00:00Z");
  book.modified = book.created;
  for (const table of Object.values(source.tables)) addSheet(book, table);
  if (options["hidden"] === true) addHiddenSheet(book);
  return fixTimes(Buffer.from(await book.xlsx.writeBuffer()));
}

function addSheet(book: ExcelJS.Workbook, table: SourceTable): void {
  const sheet = book.addWorksheet(table.sheet ?? "Sheet1");
  const width = table.cells[0]?.length ?? 1;
  let top = 1;
  if (table.title) {
    sheet.getCell(1, 1).value = table.title;
    sheet.getCell(1, 1).font = { size: 18, bold: true };
    sheet.getCell(1, 1).alignment = { horizontal: "center" };
    sheet.mergeCells(1, 1, 1, width);
    top = 2;
  }
  for (const { text, x, y, columns, rows } of spansOf(table)) {
    const cell = sheet.getCell(y + top, x + 1);
    fillCell(cell, text);
    cell.border = { top: { style: "thin" }, bottom: { style: "thin" } };
    if (y < table.header) cell.font = { bold: true };
    if (columns > 1 || rows > 1) sheet.mergeCells(y + top, x + 1, y + top + rows - 1, x + columns);
  }
  sheet.columns.forEach((column, index) => {
    column.width = index === 2 || index === 3 ? 32 : 14;
  });
}

/** Numbers and days as a spreadsheet keeps them. */
function fillCell(cell: ExcelJS.Cell, text: string): void {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    cell.value = new Date(`${text}T00:00:00Z`);
    cell.numFmt = "yyyy-mm-dd";
  } else if (/^\d+(?:\.\d+)?$/.test(text)) cell.value = Number(text);
  else if (text !== "") cell.value = text;
}

/** Lists for the choices of a form; nobody sees them. Below the first table: a formula with its result. */
function addHiddenSheet(book: ExcelJS.Workbook): void {
  const hidden = book.addWorksheet("数据字典", { state: "veryHidden" });
  hidden.addRow(["代码", "名称"]);
  hidden.addRow(["01", "隐藏的选项"]);
  const sheet = book.worksheets[0];
  const last = (sheet?.rowCount ?? 2) - 1;
  const width = 5;
  if (!sheet) return;
  sheet.getCell(last + 1, 1).value = "合计";
  for (let column = 2; column <= width; column++) {
    const letter = String.fromCharCode(64 + column);
    if (column === 3) continue;
    const results: Readonly<Record<number, number>> = { 2: 1270, 4: 3395, 5: 175.5 };
    const result = results[column] ?? 0;
    sheet.getCell(last + 1, column).value = { formula: `SUM(${letter}4:${letter}${last})`, result };
  }
}
