import ExcelJS from "exceljs";
import { fixTimes } from "./fix-times.ts";
import { type Source, type SourceTable, spansOf } from "./source.ts";

export async function writeXlsx(source: Source): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.created = new Date("2026-01-01T00:00:00Z");
  book.modified = book.created;
  for (const table of Object.values(source.tables)) addSheet(book, table);
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
