import { toCellText } from "../office/table/build-rows.ts";
import type { GridCell, GridRow } from "../office/table/grid.ts";
import { attribute, isElement, type PageElement, type PageNode, styleOf, tidyText } from "./page-dom.ts";
import { cellsOf, rowsOf } from "./table-kind.ts";

const MAX_SPAN = 200;

interface OpenCell {
  cell: GridCell;
  rows: number;
}

/** Rows of a table on a grid: a cell over several rows is repeated in each. */
export function readGrid(table: PageElement): GridRow[] {
  const rows = rowsOf(table);
  let open: OpenCell[] = [];
  return rows.map(({ row, isHead }, index) => {
    const cells = cellsOf(row);
    const read: GridCell[] = open.map(({ cell }) => ({ ...cell, continued: true }));
    const taken = new Set(read.flatMap(columnsOf));
    const started: OpenCell[] = [];
    let column = 0;
    for (const element of cells) {
      while (taken.has(column)) column += 1;
      const cell = readCell(element, column);
      for (const place of columnsOf(cell)) taken.add(place);
      read.push(cell);
      started.push({ cell, rows: readSpan(element, "rowspan", rows.length - index) });
      column += cell.span;
    }
    open = [...open, ...started]
      .map((entry) => ({ ...entry, rows: entry.rows - 1 }))
      .filter(({ rows: left }) => left > 0);
    const isMarked = isHead || (cells.length > 0 && cells.every(({ name }) => name === "th"));
    return { cells: read.toSorted((a, b) => a.column - b.column), marked: isMarked };
  });
}

function columnsOf({ column, span }: GridCell): number[] {
  return Array.from({ length: span }, (_, offset) => column + offset);
}

/** `rowspan="0"`: to the end of the table. */
function readSpan(element: PageElement, name: "rowspan" | "colspan", most: number): number {
  const value = Number.parseInt(attribute(element, name), 10);
  if (value === 0 && name === "rowspan") return most;
  return Number.isFinite(value) ? Math.min(Math.max(1, value), most) : 1;
}

function readCell(element: PageElement, column: number): GridCell {
  return {
    text: toCellText(joinLines(readLines(element))),
    column,
    span: readSpan(element, "colspan", MAX_SPAN),
    continued: false,
    bold: element.name === "th" || isBold(element),
    shaded:
      attribute(element, "bgcolor") !== "" ||
      /background(?:-color)?:(?!none|transparent|#fff)/.test(styleOf(element)),
  };
}

const BREAKS = /^(?:p|div|li|br|tr|h\d|dt|dd|ul|ol|table)$/;

/** The text of a cell, cut where the page breaks it. */
export function readLines(element: PageElement): string[] {
  let text = "";
  const read = (node: PageNode): void => {
    if (node.type === "text")
      text += node.data.replace(/[\r\n\t ]+/g, (blank) => (/[\r\n]/.test(blank) ? "\n" : " "));
    if (!isElement(node)) return;
    if (BREAKS.test(node.name)) text += "\0";
    node.children.forEach(read);
    if (BREAKS.test(node.name)) text += "\0";
    if (node.name === "td" || node.name === "th") text += " ";
  };
  element.children.forEach(read);
  return text.split("\0").map(tidyText).filter(Boolean);
}

const PAUSE = /[，。；：、！？,;:!?（(《“‘—…]$/;

/** As in Word tables: entries below one another are parted by `；`, words that a narrow column breaks stay whole. */
function joinLines(lines: readonly string[]): string {
  if (lines.length > 1 && lines.every((line) => line.length <= 2 && /^\p{Script=Han}+$/u.test(line)))
    return lines.join("");
  return lines.reduce((joined, line) => {
    if (joined === "") return line;
    return PAUSE.test(joined) || /^[，。；：、）)》”]/.test(line) ? joined + line : `${joined}；${line}`;
  }, "");
}

/** All of its text. */
function isBold(element: PageElement): boolean {
  let letters = 0;
  let bold = 0;
  const read = (node: PageNode, isInBold: boolean): void => {
    if (node.type === "text") {
      const count = node.data.trim().length;
      letters += count;
      if (isInBold) bold += count;
    }
    if (isElement(node)) for (const child of node.children) read(child, isInBold || makesBold(node));
  };
  read(element, false);
  return letters > 0 && bold === letters;
}

export function makesBold(element: PageElement): boolean {
  if (/^(?:b|strong|h[1-6]|th)$/.test(element.name)) return true;
  return /font-weight:(?:bold|[6-9]00)/.test(styleOf(element));
}
