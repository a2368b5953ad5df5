import type { ReadBlock } from "../../types.ts";
import { buildRows, toCellText } from "../table/build-rows.ts";
import type { GridRow } from "../table/grid.ts";
import { tidyLine } from "../tidy-line.ts";
import { isRow, joinRowLines } from "./join-row-lines.ts";

/** The text of a doc as the library gives it: a paragraph a line; in tables a row a line, a tab after each cell. */
export function toDocBlocks(text: string): ReadBlock[] {
  const blocks: ReadBlock[] = [];
  let grid: GridRow[] = [];
  let tables = 0;
  const closeTable = (): void => {
    if (grid.length > 0) {
      const isTable = grid.length > 1 && grid.some(({ cells }) => cells.length > 1);
      if (isTable) tables += 1;
      blocks.push(...(isTable ? toRowBlocks(grid, tables) : toParagraphs(grid)));
    }
    grid = [];
  };
  for (const line of joinRowLines(text.split("\n"))) {
    if (isRow(line)) {
      grid.push(toGridRow(line));
      continue;
    }
    closeTable();
    const paragraph = tidyLine(line);
    if (paragraph !== "" && !isContentsLine(line))
      blocks.push({ kind: "paragraph", text: paragraph, page: null });
  }
  closeTable();
  return blocks;
}

/** 一、总则→3: a tab and a page number at the end. */
function isContentsLine(line: string): boolean {
  return /\S\t+\s*\d{1,4}\s*$/.test(line);
}

function toGridRow(line: string): GridRow {
  const cells = line.slice(0, -1).split("\t");
  return {
    marked: false,
    cells: cells.map((cell, column) => ({
      text: toCellText(tidyLine(cell)),
      column,
      span: 1,
      continued: false,
      bold: false,
      shaded: false,
    })),
  };
}

/** A single row or column only frames text. */
function toParagraphs(grid: readonly GridRow[]): ReadBlock[] {
  return grid
    .flatMap(({ cells }) => cells)
    .filter(({ text }) => text !== "")
    .map(({ text }) => ({ kind: "paragraph", text, page: null }));
}

function toRowBlocks(grid: readonly GridRow[], id: number): ReadBlock[] {
  const { titles, rows } = buildRows(grid, id);
  return [
    ...titles.map(({ text }): ReadBlock => ({ kind: "paragraph", text, page: null })),
    ...rows.map(({ text, table }): ReadBlock => ({ kind: "row", text, page: null, table })),
  ];
}
