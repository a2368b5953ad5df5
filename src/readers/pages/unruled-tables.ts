import { joinCell, meanConfidence } from "./fill-grid.ts";
import type { Line, RegionItem, Segment, Table } from "./page-types.ts";

const MIN_ROWS = 3;
/** Of the font size: between columns there is more white than between words. */
const MIN_GAP = 1.5;
const ALIGNED = 0.7;

/** Lines whose pieces stand below each other, three at least, become a table; what is not evident stays lines. */
export function findUnruledTables(items: readonly RegionItem[]): RegionItem[] {
  const result: RegionItem[] = [];
  let block: Line[] = [];
  const flush = () => {
    result.push(...readBlock(block));
    block = [];
  };
  for (const item of items) {
    if (item.kind === "line") block.push(item.line);
    else {
      flush();
      result.push(item);
    }
  }
  flush();
  return result;
}

function readBlock(lines: readonly Line[]): RegionItem[] {
  const result: RegionItem[] = [];
  for (let index = 0; index < lines.length; ) {
    const line = lines[index];
    if (!line) break;
    const rows = isRow(line) ? takeRows(lines.slice(index)) : undefined;
    if (rows) {
      result.push({ kind: "table", table: toTable(rows.table) });
      index += rows.lines;
    } else {
      result.push({ kind: "line", line });
      index += 1;
    }
  }
  return result;
}

/** At least two pieces, clearly apart. */
function isRow({ segments, fontSize }: Line): boolean {
  return (
    segments.length >= 2 &&
    segments.every((segment, index) => {
      const before = segments[index - 1];
      return !before || segment.x - before.right >= MIN_GAP * fontSize;
    })
  );
}

type Row = Segment[][];

/** As many rows as share the first one's columns; a line that stands in one column goes on with its cell. */
function takeRows(
  lines: readonly Line[],
): { table: { rows: Row[]; lines: Line[] }; lines: number } | undefined {
  const first = lines[0];
  if (!first) return undefined;
  const columns = first.segments.map((segment) => ({ ...segment }));
  const rows: Row[] = [];
  let used = 0;
  let full = 0;
  for (const line of lines) {
    const row = placeInColumns(line, columns, first.fontSize);
    if (!row) break;
    const last = rows.at(-1);
    const filled = row.filter((cell) => cell.length > 0).length;
    const goesOn = filled < columns.length && (row[0]?.length ?? 0) === 0;
    if (goesOn && !last) break;
    if (goesOn && last) for (const [index, cell] of row.entries()) last[index]?.push(...cell);
    else if (filled < 2) break;
    else {
      rows.push(row);
      full += filled === columns.length ? 1 : 0;
    }
    used += 1;
  }
  if (full < MIN_ROWS || rows.length < MIN_ROWS) return undefined;
  return { table: { rows, lines: lines.slice(0, used) }, lines: used };
}

/** Each piece under the column that it begins, ends or is centred with. */
function placeInColumns(line: Line, columns: Segment[], em: number): Row | undefined {
  const row: Row = columns.map(() => []);
  for (const segment of line.segments) {
    const index = columns.findIndex((column, position) => {
      const next = columns[position + 1];
      const aligned =
        Math.abs(segment.x - column.x) <= ALIGNED * em ||
        Math.abs(segment.right - column.right) <= ALIGNED * em ||
        Math.abs(segment.x + segment.right - column.x - column.right) <= 2 * ALIGNED * em;
      return aligned && (!next || segment.right < next.x - 0.5 * em || segment.x < next.x - em);
    });
    if (index === -1 || (row[index]?.length ?? 0) > 0) return undefined;
    const next = columns[index + 1];
    if (next && segment.right > next.x + ALIGNED * em && line.segments.length > 1) return undefined;
    row[index]?.push(segment);
  }
  return row;
}

function toTable({ rows, lines }: { rows: Row[]; lines: Line[] }): Table {
  const page = lines[0]?.page ?? 1;
  return {
    x: Math.min(...lines.map(({ x }) => x)),
    y: Math.min(...lines.map(({ y }) => y)),
    right: Math.max(...lines.map(({ right }) => right)),
    bottom: Math.max(...lines.map(({ bottom }) => bottom)),
    rows: rows.map((row) => {
      const segments = row.flat();
      return {
        cells: row.map(joinCell),
        page,
        bold: segments.length > 0 && segments.every(({ bold }) => bold),
        confidence: meanConfidence(segments),
      };
    }),
    edges: rows[0]?.map((cell) => cell[0]?.x ?? 0) ?? [],
    headerRows: undefined,
    openSpans: new Set(),
    page,
  };
}
