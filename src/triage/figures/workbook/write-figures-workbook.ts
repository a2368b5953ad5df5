import type { Worksheet } from "exceljs";
import type { Department, Ticket } from "../../types.ts";
import type { DeskFigures } from "../figure-types.ts";
import { toGoalSheet } from "../goals/goal-sheet.ts";
import type { Goal } from "../goals/goal-types.ts";
import { toDepartmentSheet, toPersonSheet } from "./group-sheets.ts";
import { toOverviewSheet } from "./overview-sheet.ts";
import { toSafeCell } from "./safe-cell.ts";
import type { Cell, SheetContent } from "./sheet-content.ts";
import { toTicketSheet } from "./ticket-sheet.ts";

export interface WorkbookRequest {
  figures: DeskFigures;
  tickets: Iterable<Ticket> | AsyncIterable<Ticket>;
  departments: readonly Department[];
  /** What was asked, answered and commented. Contacts never go in. Default: without. */
  withTexts?: boolean;
  /** Adds a sheet 规划目标. */
  goals?: readonly Goal[];
}

const HEADER_FILL = "FFDCE6F2";

/** Sheets 概览, 部门, 人员, 工单 (and 规划目标 when goals are given) as an .xlsx file. */
export async function writeFiguresWorkbook(request: WorkbookRequest): Promise<Uint8Array> {
  const { figures, departments, withTexts = false, goals = [] } = request;
  const names = new Map(departments.map(({ id, name }) => [id, name]));
  const asOf = new Date(figures.asOf);
  const { default: exceljs } = await import("exceljs");
  const workbook = new exceljs.Workbook();
  workbook.created = asOf;
  workbook.modified = asOf;
  const overview = toOverviewSheet(figures);
  const tickets = await toTicketSheet(request.tickets, {
    withTexts,
    nameOf: (id) => names.get(id) ?? id,
    asOf,
  });
  const beside = goals.length === 0 ? [] : [toGoalSheet(goals)];
  for (const content of [overview, toDepartmentSheet(figures), toPersonSheet(figures), tickets, ...beside]) {
    const frozen = content === overview ? {} : { xSplit: 1 };
    const sheet = workbook.addWorksheet(content.name, { views: [{ state: "frozen", ySplit: 1, ...frozen }] });
    fillSheet(sheet, content);
  }
  formatOverview(workbook.getWorksheet(overview.name), overview.rowFormats);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function toCell(cell: Cell): Cell {
  return typeof cell === "string" ? toSafeCell(cell) : cell;
}

function fillSheet(sheet: Worksheet, { columns, rows, notes = [] }: SheetContent): void {
  sheet.columns = columns.map(({ header, width, format }) => ({
    header,
    width,
    style: {
      alignment: { vertical: "top", wrapText: true },
      ...(format !== undefined && { numFmt: format }),
    },
  }));
  const header = sheet.getRow(1);
  header.height = 30;
  header.eachCell((cell) => {
    cell.font = { bold: true };
    cell.fill = { type: "pattern", pattern: "solid", fgColor: { argb: HEADER_FILL } };
    cell.alignment = { vertical: "middle", wrapText: true };
    cell.border = { bottom: { style: "thin" } };
  });
  for (const row of rows) sheet.addRow(row.map(toCell));
  if (rows.length > 0) {
    sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: columns.length } };
  }
  for (const note of notes) {
    const row = sheet.addRow([toSafeCell(note)]);
    row.font = { color: { argb: "FF666666" } };
    row.getCell(1).alignment = { wrapText: false };
  }
}

function formatOverview(sheet: Worksheet | undefined, formats: readonly (string | null)[]): void {
  formats.forEach((format, index) => {
    const row = sheet?.getRow(index + 2);
    for (const column of [2, 3]) {
      const cell = row?.getCell(column);
      if (cell === undefined) continue;
      cell.alignment = { horizontal: "left", vertical: "top" };
      if (format !== null) cell.numFmt = format;
    }
  });
}
