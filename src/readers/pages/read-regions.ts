import type { PageContent } from "../types.ts";
import { fillGrid, meanConfidence } from "./fill-grid.ts";
import type { Grid } from "./find-grids.ts";
import type { Line, PageParts, Region, RegionItem, Segment, Table } from "./page-types.ts";
import { type Piece, splitColumns } from "./split-columns.ts";
import { findUnruledTables } from "./unruled-tables.ts";

type Content = { kind: "segment"; segment: Segment } | { kind: "table"; table: Table };

/** A page's body → its columns in reading order, each with its lines and tables from top to bottom. */
export function readRegions(page: PageParts, body: readonly Segment[], grids: readonly Grid[]): Region[] {
  const { tables, rest } = takeTables(body, grids, page.page);
  const pieces: (Piece & { content: Content })[] = [
    ...rest.map((segment) => ({
      ...boxOf(segment),
      row: segment.row,
      em: segment.fontSize,
      running: true,
      content: { kind: "segment" as const, segment },
    })),
    ...tables.map((table, index) => ({
      ...boxOf(table),
      row: -1 - index,
      em: 12,
      running: false,
      content: { kind: "table" as const, table },
    })),
  ];
  return splitColumns(pieces).map((part) => ({
    page: page.page,
    place: part.place,
    items: findUnruledTables(
      toItems(
        part.pieces.map(({ content }) => content),
        page,
      ),
    ),
  }));
}

function boxOf({ x, y, right, bottom }: Piece | Segment | Table) {
  return { x, y, right, bottom };
}

export function isInside(grid: Grid, { x, y, right, bottom }: Segment): boolean {
  const [middle, height] = [(x + right) / 2, (y + bottom) / 2];
  return middle > grid.x && middle < grid.right && height > grid.y && height < grid.bottom;
}

function takeTables(
  body: readonly Segment[],
  grids: readonly Grid[],
  page: number,
): { tables: Table[]; rest: Segment[] } {
  let rest = [...body];
  const tables: Table[] = [];
  for (const grid of grids) {
    const inside = rest.filter((segment) => isInside(grid, segment));
    const table = fillGrid(grid, inside, page);
    if (!table) continue;
    tables.push(table);
    rest = rest.filter((segment) => !inside.includes(segment));
  }
  return { tables, rest };
}

function toItems(contents: readonly Content[], page: PageParts): RegionItem[] {
  const rows = new Map<number, Segment[]>();
  const items: { y: number; item: () => RegionItem }[] = [];
  for (const content of contents) {
    if (content.kind === "table") {
      const { table } = content;
      items.push({ y: table.y, item: () => ({ kind: "table", table }) });
      continue;
    }
    const { segment } = content;
    const row = rows.get(segment.row);
    if (row) row.push(segment);
    else {
      const created = [segment];
      rows.set(segment.row, created);
      items.push({ y: segment.y, item: () => ({ kind: "line", line: toLine(created, page) }) });
    }
  }
  return items.sort((a, b) => a.y - b.y).map(({ item }) => item());
}

function toLine(segments: Segment[], page: Pick<PageContent, "page" | "origin">): Line {
  segments.sort((a, b) => a.x - b.x);
  const weights = segments.map(({ text }) => text.length);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bold = segments.reduce((sum, segment) => sum + (segment.bold ? segment.text.length : 0), 0);
  return {
    text: joinSegments(segments),
    segments,
    x: Math.min(...segments.map(({ x }) => x)),
    y: Math.min(...segments.map(({ y }) => y)),
    right: Math.max(...segments.map(({ right }) => right)),
    bottom: Math.max(...segments.map(({ bottom }) => bottom)),
    fontSize: Math.max(...segments.map(({ fontSize }) => fontSize)),
    bold: bold > total / 2,
    confidence: meanConfidence(segments),
    page: page.page,
    origin: page.origin,
  };
}

/** Pieces of a line stand apart, but for words that are spread out, like 通　知. */
function joinSegments(segments: readonly Segment[]): string {
  const short = segments.filter(({ text }) => [...text].length <= 1).length;
  if (segments.length > 1 && short >= segments.length - 1 && segments.length - short <= 1 && short > 0) {
    return segments.map(({ text }) => text).join("");
  }
  return segments.map(({ text }) => text).join(" ");
}
