import { countHeaderRows, mergeHeader } from "./find-header.ts";
import { type GridRow, isEmptyRow, soleText } from "./grid.ts";

export interface TableRow {
  text: string;
  table: { id: number; row: number; isHeader: boolean; header: string | null };
}

export interface BuiltTable<Row extends GridRow> {
  /** Lines above the header: a title, 单位：万元. With the row that they come from. */
  titles: { text: string; from: Row }[];
  rows: (TableRow & { from: Row })[];
}

const MAX_TITLE_ROWS = 5;

/** Rows of a grid → rows with their header; empty rows are dropped, lines above the header become titles. */
export function buildRows<Row extends GridRow>(grid: readonly Row[], id: number): BuiltTable<Row> {
  const filled = grid.filter((row) => !isEmptyRow(row));
  const titles: { text: string; from: Row }[] = [];
  const first = filled.findIndex((row) => soleText(row) === undefined);
  if (first > 0 && first <= MAX_TITLE_ROWS) {
    for (const row of filled.splice(0, first)) titles.push({ text: soleText(row) ?? "", from: row });
  }
  const height = countHeaderRows(filled);
  const header = height === 0 ? null : mergeHeader(filled.slice(0, height));
  const rows = filled.map((row, index) => ({
    from: row,
    text: sectionText(row) ?? row.cells.map(({ text }) => text).join(" | "),
    table: { id, row: index, isHeader: index < height, header },
  }));
  return { titles, rows };
}

const SECTION = /^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十]{1,3}[章节类批])/;

/** The name of a section stands over all columns, or in the first with the others blank. */
function sectionText(row: GridRow): string | undefined {
  const [first] = row.cells;
  if (!first || first.text === "") return undefined;
  return row.cells.length === 1 || first.span > 1 || SECTION.test(first.text) ? soleText(row) : undefined;
}

/** ` | ` parts cells; a bar inside a cell is printed full-width. */
export function toCellText(text: string): string {
  return text.replaceAll("|", "｜");
}
