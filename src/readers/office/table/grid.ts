/** A table cell as both word processors and spreadsheets have it. */
export interface GridCell {
  /** One line. In a vertically merged cell the text is repeated in every row. */
  text: string;
  /** 0-based grid column, and how many columns it spans. */
  column: number;
  span: number;
  /** Goes on from the row above. */
  continued: boolean;
  bold: boolean;
  shaded: boolean;
}

export interface GridRow {
  cells: GridCell[];
  /** Marked by the author as a header that repeats on each page. */
  marked: boolean;
}

export function isEmptyRow(row: GridRow): boolean {
  return row.cells.every(({ text }) => text === "");
}

/** One text over the whole width: a title or a section of the table. */
export function soleText(row: GridRow): string | undefined {
  const filled = row.cells.filter(({ text }) => text !== "");
  return filled.length === 1 ? filled[0]?.text : undefined;
}
