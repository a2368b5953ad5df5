import type { ReadBlock } from "../../types.ts";
import { buildRows } from "../table/build-rows.ts";
import { type GridRow, isEmptyRow, soleText } from "../table/grid.ts";

const MAX_TITLE = 60;

/** A sheet's rows: the title row above the header as a heading, other lines above it as paragraphs. */
export function toSheetBlocks(grid: readonly GridRow[], tableId: number, titleLevel: number): ReadBlock[] {
  const filled = grid.filter((row) => !isEmptyRow(row));
  if (filled.every((row) => soleText(row) !== undefined)) {
    return filled.map((row) => ({ kind: "paragraph", text: soleText(row) ?? "", page: null }));
  }
  const { titles, rows } = buildRows(filled, tableId);
  return [
    ...titles.map(({ text }, index): ReadBlock => {
      const isTitle = index === 0 && text.length <= MAX_TITLE && !/[。：:；]/.test(text);
      return isTitle
        ? { kind: "heading", text, page: null, level: titleLevel }
        : { kind: "paragraph", text, page: null };
    }),
    ...rows.map(({ text, table }): ReadBlock => ({ kind: "row", text, page: null, table })),
  ];
}
