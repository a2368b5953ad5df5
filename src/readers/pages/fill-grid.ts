import type { Grid, GridCell } from "./find-grids.ts";
import { joinLines } from "./join-text.ts";
import type { PageParts, Segment, Table, TableRow } from "./page-types.ts";

/** Segments that lie in the grid → its cells' text; a cell that reaches over rows says its text in each of them. */
export function fillGrid(grid: Grid, inside: readonly Segment[], page: PageParts["page"]): Table | undefined {
  const contents = new Map<GridCell, Segment[]>();
  for (const segment of inside) {
    const cell = findCell(grid, segment);
    if (cell) contents.set(cell, [...(contents.get(cell) ?? []), segment]);
  }
  if (contents.size < 2) return undefined;
  const rows: TableRow[] = [];
  const kept: number[] = [];
  for (let row = 0; row < grid.ys.length - 1; row++) {
    const cells = grid.cells.filter(({ top, bottom }) => top <= row && bottom > row);
    // A row that only holds cells from above comes from a stray piece of line.
    if (!cells.some((cell) => cell.top === row && contents.has(cell))) continue;
    kept.push(row);
    rows.push(toRow(cells, contents, page));
  }
  if (rows.length === 0) return undefined;
  const last = kept.at(-1) ?? 0;
  return {
    x: grid.x,
    y: grid.y,
    right: grid.right,
    bottom: grid.bottom,
    rows,
    edges: grid.xs.slice(0, -1),
    headerRows: readHeaderRows(grid.cells, kept),
    openSpans: new Set(
      grid.cells.filter(({ top, bottom }) => top < last && bottom > last).map(({ left }) => left),
    ),
    page,
  };
}

function findCell(grid: Grid, { x, right, y, bottom }: Segment): GridCell | undefined {
  const column = indexOf(grid.xs, (x + right) / 2);
  const row = indexOf(grid.ys, (y + bottom) / 2);
  return grid.cells.find(
    (cell) => cell.left <= column && cell.right > column && cell.top <= row && cell.bottom > row,
  );
}

function indexOf(edges: readonly number[], position: number): number {
  const next = edges.findIndex((edge) => edge > position);
  return next === -1 ? edges.length - 2 : Math.max(0, next - 1);
}

function toRow(
  cells: readonly GridCell[],
  contents: ReadonlyMap<GridCell, Segment[]>,
  page: number,
): TableRow {
  const ordered = [...cells].sort((a, b) => a.left - b.left);
  const segments = ordered.flatMap((cell) => contents.get(cell) ?? []);
  return {
    cells: ordered.map((cell) => joinCell(contents.get(cell) ?? [])),
    spans: ordered.map(({ left, right }) => ({ from: left, to: right })),
    page,
    bold: segments.length > 0 && segments.every(({ bold }) => bold),
    confidence: meanConfidence(segments),
  };
}

/** The lines of a cell; characters below each other (支 持 标 准 in a narrow cell) are read down. */
export function joinCell(segments: readonly Segment[]): string {
  const ordered = [...segments].sort((a, b) => a.row - b.row || a.x - b.x);
  return ordered.reduce((text, segment, index) => {
    const before = ordered[index - 1];
    if (!before) return segment.text;
    return before.row === segment.row ? `${text} ${segment.text}` : joinLines(text, segment.text);
  }, "");
}

export function meanConfidence(parts: readonly { confidence: number | null; text: string }[]): number | null {
  const known = parts.filter(({ confidence }) => confidence !== null);
  const weight = known.reduce((sum, { text }) => sum + text.length, 0);
  if (weight === 0) return null;
  return known.reduce((sum, { confidence, text }) => sum + (confidence ?? 0) * text.length, 0) / weight;
}

/** A first row with merged cells reaches as far down as its cells are parted again below. */
function readHeaderRows(cells: readonly GridCell[], kept: readonly number[]): number | undefined {
  const first = kept[0] ?? 0;
  const top = cells.filter(({ top }) => top === first);
  const parted = top.some((cell) => cell.right - cell.left > 1);
  const tall = top.some((cell) => cell.bottom - cell.top > 1);
  if (!parted || !tall) return undefined;
  const end = Math.max(...top.map(({ bottom }) => bottom));
  const count = kept.filter((row) => row < end).length;
  return count < kept.length && count <= 4 ? count : undefined;
}
