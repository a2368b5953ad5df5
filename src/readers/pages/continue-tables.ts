import { joinLines } from "./join-text.ts";
import { endsSentence } from "./line-roles.ts";
import type { Table, TableRow } from "./page-types.ts";
import { countHeaderRows } from "./table-header.ts";

/** Points by which columns may be off on the next page. */
const SAME_EDGE = 8;
/** Characters: shorter cells fit on one line and are not cut. */
const MIN_CUT = 8;

/** Whether `next`, the first thing on its page, is the rest of `table`, the last thing on the page before. */
export function isContinuation(table: Table, next: Table): boolean {
  const lastPage = table.rows.at(-1)?.page ?? table.page;
  if (next.page !== lastPage + 1) return false;
  if (table.edges.length === next.edges.length) {
    const shift = (next.edges[0] ?? 0) - (table.edges[0] ?? 0);
    return table.edges.every((edge, index) => Math.abs((next.edges[index] ?? 0) - edge - shift) <= SAME_EDGE);
  }
  // Merged cells hide some of the columns.
  const [few, many] = table.edges.length < next.edges.length ? [table, next] : [next, table];
  const near = few.edges.filter((edge) => many.edges.some((other) => Math.abs(other - edge) <= SAME_EDGE));
  return near.length === few.edges.length && Math.abs(table.right - next.right) <= SAME_EDGE;
}

/** Adds the rows of the next page: its repeated header is dropped, and a row that the page break cut is put together. */
export function continueTable(table: Table, next: Table): Table {
  const header = table.rows.slice(0, Math.max(countHeaderRows(table), 1));
  let skip = 0;
  while (skip < header.length && skip < next.rows.length - 1 && sameCells(header[skip], next.rows[skip]))
    skip += 1;
  const rows = table.rows.map((row) => ({ ...row, cells: [...row.cells] }));
  const added = next.rows.slice(skip);
  const [first] = added;
  const last = rows.at(-1);
  if (first && last && isCut(last, first)) {
    last.cells = last.cells.map((cell, column) => joinLines(cell, first.cells[column] ?? ""));
    added.shift();
  }
  rows.push(...fillSpans(added, last, table.openSpans));
  return { ...table, rows, openSpans: next.openSpans };
}

function sameCells(a: TableRow | undefined, b: TableRow | undefined): boolean {
  const plain = (row: TableRow | undefined) => (row?.cells ?? []).join("|").replace(/\s/g, "");
  return a !== undefined && b !== undefined && plain(a) !== "" && plain(a) === plain(b);
}

/**
 * The second half of a row: its first cell and some other are done on the page before, and what it says goes on in the middle
 * of a sentence. When all other cells say something it is a row of its own.
 */
function isCut(last: TableRow, row: TableRow): boolean {
  if (last.cells.length !== row.cells.length || (row.cells[0] ?? "") !== "") return false;
  const going = [...row.cells.keys()].filter((column) => row.cells[column] !== "");
  if (going.length === 0 || (going.length === row.cells.length - 1 && going.length > 1)) return false;
  return going.every((column) => {
    const before = last.cells[column] ?? "";
    return before.length >= MIN_CUT && !endsSentence(before);
  });
}

/** A cell that reached over several rows goes on on the next page, where nothing is printed in it. */
function fillSpans(
  rows: readonly TableRow[],
  last: TableRow | undefined,
  open: ReadonlySet<number>,
): TableRow[] {
  const going = new Set(open);
  return rows.map((row, index) => {
    if (!last || last.cells.length !== row.cells.length) return row;
    const partly = index === 0 && row.cells.some((cell) => cell !== "");
    const cells = row.cells.map((cell, column) => {
      if (cell !== "") going.delete(column);
      return cell === "" && (going.has(column) || (column === 0 && partly))
        ? (last.cells[column] ?? "")
        : cell;
    });
    return { ...row, cells };
  });
}
