import { toCellText } from "../table/build-rows.ts";
import type { GridCell, GridRow } from "../table/grid.ts";
import { tidyLine } from "../tidy-line.ts";
import { childrenNamed, findChild, textOf } from "../xml/query-xml.ts";
import { readXmlUnits, type XmlElement } from "../xml/read-xml.ts";
import type { Archive } from "../zip/open-archive.ts";
import { formatValue, toPlainNumber } from "./format-value.ts";
import { MAX_COLUMNS } from "./limits.ts";
import { readRichText, type Sheet, type Workbook } from "./read-workbook.ts";

export interface SheetContent {
  rows: GridRow[];
  hiddenRows: number;
  hiddenColumns: number;
  /** More rows than allowed were there. */
  cut: boolean;
}

interface SheetRow {
  /** 1-based, as the sheet counts. */
  index: number;
  cells: Map<number, GridCell>;
}

interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** A sheet's rows that are shown, with merged cells resolved. `maxRows` counts rows with content. */
export async function readSheet(
  archive: Archive,
  sheet: Sheet,
  workbook: Workbook,
  maxRows: number,
): Promise<SheetContent> {
  const rows: SheetRow[] = [];
  const merges: Range[] = [];
  const hidden = new Set<number>();
  const content: SheetContent = { rows: [], hiddenRows: 0, hiddenColumns: 0, cut: false };
  let index = 0;
  const addRow = (element: XmlElement): void => {
    index = Number(element.attributes.get("r") ?? index + 1);
    const row: SheetRow = { index, cells: readCells(element, workbook) };
    if ([...row.cells.values()].every(({ text }) => text === "")) {
      if (rows.length <= maxRows && !isTrue(element.attributes.get("hidden"))) rows.push(row);
      return;
    }
    if (isTrue(element.attributes.get("hidden"))) content.hiddenRows += 1;
    else if (rows.length >= maxRows) content.cut = true;
    else rows.push(row);
  };
  const chunks = await archive.open(sheet.part);
  if (!chunks) return content;
  await readXmlUnits(chunks, sheet.part, {
    isUnit: (name, parent) =>
      (name === "s:row" && parent === "s:sheetData") ||
      (name === "s:mergeCell" && parent === "s:mergeCells") ||
      (name === "s:col" && parent === "s:cols"),
    onUnit(unit) {
      if (unit.name === "s:row") addRow(unit);
      else if (unit.name === "s:col") addHiddenColumns(unit, hidden);
      else merges.push(...readRange(unit.attributes.get("ref") ?? ""));
    },
  });
  for (const merge of merges) applyMerge(rows, merge);
  content.hiddenColumns = countHidden(rows, hidden);
  content.rows = toGrid(rows, hidden);
  return content;
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}

function readCells(row: XmlElement, workbook: Workbook): Map<number, GridCell> {
  const cells = new Map<number, GridCell>();
  let column = -1;
  for (const element of childrenNamed(row, "s:c")) {
    column = readColumn(element.attributes.get("r") ?? "") ?? column + 1;
    if (column >= MAX_COLUMNS) continue;
    const look = workbook.looks[Number(element.attributes.get("s") ?? 0)];
    cells.set(column, {
      text: toCellText(tidyLine(readText(element, look?.format ?? "General", workbook))),
      column,
      span: 1,
      continued: false,
      bold: look?.bold ?? false,
      shaded: look?.shaded ?? false,
    });
  }
  return cells;
}

/** `AB12` → 27 */
function readColumn(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d/i.exec(reference)?.[1]?.toUpperCase();
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Formulas by the value that was saved with them. */
function readText(cell: XmlElement, format: string, { strings, from1904 }: Workbook): string {
  const value = textOf(findChild(cell, "s:v"));
  switch (cell.attributes.get("t") ?? "n") {
    case "s":
      return strings[Number(value)] ?? "";
    case "inlineStr":
      return readRichText(findChild(cell, "s:is"));
    case "str":
      return value;
    case "b":
      return value === "1" ? "是" : "否";
    case "e":
      return "";
    case "d":
      return value.replace(/T00:00:00.*$/, "").replace("T", " ");
    default: {
      const number = Number(value);
      if (value === "" || Number.isNaN(number)) return value;
      return format === "General" ? toPlainNumber(number) : formatValue(number, format, from1904);
    }
  }
}

function addHiddenColumns(column: XmlElement, hidden: Set<number>): void {
  if (!isTrue(column.attributes.get("hidden"))) return;
  const first = Number(column.attributes.get("min") ?? 1) - 1;
  const last = Math.min(MAX_COLUMNS, Number(column.attributes.get("max") ?? 1)) - 1;
  for (let index = first; index <= last; index += 1) hidden.add(index);
}

function countHidden(rows: readonly SheetRow[], hidden: ReadonlySet<number>): number {
  return [...hidden].filter((column) => rows.some(({ cells }) => (cells.get(column)?.text ?? "") !== ""))
    .length;
}

function readRange(reference: string): Range[] {
  const match = /^\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(reference);
  if (!match) return [];
  const [, left = "", top = "", right = "", bottom = ""] = match;
  const range = {
    left: readColumn(`${left}1`) ?? 0,
    right: Math.min(MAX_COLUMNS - 1, readColumn(`${right}1`) ?? 0),
    top: Number(top),
    bottom: Number(bottom),
  };
  return range.right < range.left || range.bottom < range.top ? [] : [range];
}

/** The first cell's text in every row that it covers, once a row. */
function applyMerge(rows: readonly SheetRow[], { top, bottom, left, right }: Range): void {
  let at = firstFrom(rows, top);
  const first = rows[at];
  const origin = first?.index === top ? first.cells.get(left) : undefined;
  if (!origin) return;
  const filled = origin.text !== "";
  for (; at < rows.length; at += 1) {
    const row = rows[at];
    if (!row || row.index > bottom) return;
    for (const column of [...row.cells.keys()]) {
      if (column > left && column <= right) row.cells.delete(column);
    }
    const continued = row.index > top;
    if (filled || !continued) row.cells.set(left, { ...origin, span: right - left + 1, continued });
  }
}

/** Rows are in order: the first at or after an index. */
function firstFrom(rows: readonly SheetRow[], index: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every row over the columns that hold anything; what a merged cell covers is not there. */
function toGrid(rows: readonly SheetRow[], hidden: ReadonlySet<number>): GridRow[] {
  const used = new Set<number>();
  for (const { cells } of rows) {
    for (const { column, text } of cells.values()) if (text !== "" && !hidden.has(column)) used.add(column);
  }
  const columns = [...used].sort((a, b) => a - b);
  return rows.map(({ cells }) => {
    const shown: GridCell[] = [];
    let covered = -1;
    for (const column of columns) {
      const cell = cells.get(column);
      if (column <= covered && !cell) continue;
      shown.push(cell ?? { text: "", column, span: 1, continued: false, bold: false, shaded: false });
      covered = Math.max(covered, column + (cell?.span ?? 1) - 1);
    }
    return { cells: shown, marked: false };
  });
}
