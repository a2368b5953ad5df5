import { joinCellParagraphs } from "../../docx/join-cell.ts";
import { toCellText } from "../../table/build-rows.ts";
import type { GridCell, GridRow } from "../../table/grid.ts";
import type { DocParagraph } from "./read-paragraphs.ts";

const DEFINITION = 0xd608;
const VERTICAL_MERGE = 0xd62b;
const HEADER = 0x3404;
const CELL_BYTES = 20;
/** Edges of cells within 1/100 inch are the same. */
const SAME_EDGE = 15;

/** A cell with its edges in twips, as its row defines it (MS-DOC 2.9.314, 2.9.321). */
interface DefinedCell {
  left: number;
  right: number;
  /** Goes on from the cell above, or begins such a cell. */
  vertical: "continues" | "begins" | undefined;
  /** Merged into the cell before. */
  isMerged: boolean;
}

export interface DocRow {
  cells: DocParagraph[][];
  end: DocParagraph;
}

/** Rows as the document defines them → one grid: cells in columns, what is merged repeated. */
export function toGrid(rows: readonly DocRow[]): GridRow[] {
  const defined = rows.map(({ end, cells }) => readDefinition(end, cells.length));
  const edges = findEdges(defined.flat());
  const above = new Map<number, GridCell>();
  return rows.map(({ cells, end }, row) => ({
    marked: hasFlag(end, HEADER),
    cells: (defined[row] ?? []).flatMap((definition, index) => {
      if (definition.isMerged) return [];
      const column = columnOf(edges, definition.left);
      const right = findRight(defined[row] ?? [], index);
      const span = Math.max(1, columnOf(edges, right) - column);
      const own = toCell(cells[index] ?? [], column, span, row === 0);
      const over = above.get(column);
      if (definition.vertical === "continues" && over) return [{ ...over, span, continued: true }];
      if (definition.vertical === undefined) above.delete(column);
      else above.set(column, own);
      return [own];
    }),
  }));
}

function toCell(
  paragraphs: readonly DocParagraph[],
  column: number,
  span: number,
  isHead: boolean,
): GridCell {
  const printed = paragraphs.filter(({ lines }) => lines.length > 0);
  const place = { rendered: 0, written: 0 };
  const blocks = printed.flatMap(({ lines }) =>
    lines.map((text) => ({ kind: "paragraph" as const, text, place })),
  );
  return {
    text: toCellText(joinCellParagraphs(blocks, isHead)),
    column,
    span,
    continued: false,
    bold: printed.length > 0 && printed.every(({ bold }) => bold),
    shaded: false,
  };
}

/** Cells that are merged into this one lie to its right. */
function findRight(cells: readonly DefinedCell[], index: number): number {
  let last = index;
  while (cells[last + 1]?.isMerged) last += 1;
  return cells[last]?.right ?? 0;
}

function readDefinition({ modifiers }: DocParagraph, count: number): DefinedCell[] {
  const definition = modifiers.findLast(({ code }) => code === DEFINITION);
  const cells: DefinedCell[] = [];
  if (!definition) {
    for (let index = 0; index < count; index += 1)
      cells.push({ left: index * 100, right: index * 100 + 100, vertical: undefined, isMerged: false });
    return cells;
  }
  const { view, at } = definition;
  const end = at + view.getUint16(at, true) + 1;
  const size = view.getUint8(at + 2);
  const flagsAt = at + 3 + (size + 1) * 2;
  for (let index = 0; index < Math.min(size, count); index += 1) {
    const place = flagsAt + index * CELL_BYTES;
    const flags = place + 2 <= end ? view.getUint16(place, true) : 0;
    cells.push({
      left: view.getInt16(at + 3 + index * 2, true),
      right: view.getInt16(at + 5 + index * 2, true),
      vertical: toVertical((flags >>> 5) & 3),
      isMerged: (flags & 2) !== 0,
    });
  }
  for (const merge of modifiers.filter(({ code }) => code === VERTICAL_MERGE)) {
    const cell = cells[merge.view.getUint8(merge.at + 1)];
    if (cell) cell.vertical = toVertical(merge.view.getUint8(merge.at + 2) & 3);
  }
  return cells;
}

function toVertical(value: number): DefinedCell["vertical"] {
  return value === 1 ? "continues" : value === 3 || value === 2 ? "begins" : undefined;
}

function findEdges(cells: readonly DefinedCell[]): number[] {
  const edges: number[] = [];
  for (const edge of cells.flatMap(({ left, right }) => [left, right]).sort((a, b) => a - b)) {
    if (edge - (edges.at(-1) ?? Number.NEGATIVE_INFINITY) > SAME_EDGE) edges.push(edge);
  }
  return edges;
}

function columnOf(edges: readonly number[], edge: number): number {
  return Math.max(
    0,
    edges.findLastIndex((one) => one <= edge),
  );
}

function hasFlag({ modifiers }: DocParagraph, code: number): boolean {
  const found = modifiers.findLast((modifier) => modifier.code === code);
  return found !== undefined && found.view.getUint8(found.at) === 1;
}
