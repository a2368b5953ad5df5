import type { PageRule } from "../types.ts";
import type { Box } from "./page-types.ts";

/** A cell of a ruled table: rows `top` to `bottom - 1`, columns `left` to `right - 1`. */
export interface GridCell {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Grid extends Box {
  /** Positions of the lines, outer ones included. */
  xs: number[];
  ys: number[];
  cells: GridCell[];
}

/** Points: lines that are meant to meet do not always. */
const TOUCH = 3;

interface Stroke {
  /** Where it stands across its direction. */
  at: number;
  from: number;
  to: number;
}

/** Lines that meet → grids of cells; a missing piece of line merges two cells. Frames around one cell are no grid. */
export function findGrids(rules: readonly PageRule[]): Grid[] {
  const level: Stroke[] = [];
  const upright: Stroke[] = [];
  for (const { x1, y1, x2, y2 } of rules) {
    if (Math.abs(x2 - x1) >= Math.abs(y2 - y1))
      level.push({ at: (y1 + y2) / 2, from: Math.min(x1, x2), to: Math.max(x1, x2) });
    else upright.push({ at: (x1 + x2) / 2, from: Math.min(y1, y2), to: Math.max(y1, y2) });
  }
  const [rows, columns] = [mergeStrokes(level), mergeStrokes(upright)];
  return groupStrokes(rows, columns)
    .map(toGrid)
    .filter((grid): grid is Grid => grid !== undefined)
    .sort((a, b) => a.y - b.y);
}

/** Pieces of one line, drawn cell by cell or twice, become one. */
function mergeStrokes(strokes: readonly Stroke[]): Stroke[] {
  const merged: Stroke[] = [];
  const sorted = [...strokes].sort((a, b) => a.at - b.at || a.from - b.from);
  for (const group of clusterBy(sorted, ({ at }) => at)) {
    const at = group.reduce((sum, stroke) => sum + stroke.at, 0) / group.length;
    let last: Stroke | undefined;
    for (const stroke of group.sort((a, b) => a.from - b.from)) {
      if (last && stroke.from <= last.to + TOUCH) last.to = Math.max(last.to, stroke.to);
      else {
        last = { ...stroke, at };
        merged.push(last);
      }
    }
  }
  return merged;
}

function clusterBy<T>(sorted: readonly T[], position: (item: T) => number): T[][] {
  const clusters: T[][] = [];
  for (const item of sorted) {
    const cluster = clusters.at(-1);
    const last = cluster?.at(-1);
    if (cluster && last !== undefined && position(item) - position(last) <= TOUCH) cluster.push(item);
    else clusters.push([item]);
  }
  return clusters;
}

interface Group {
  rows: Stroke[];
  columns: Stroke[];
}

/** Lines that touch each other, directly or through others. */
function groupStrokes(rows: readonly Stroke[], columns: readonly Stroke[]): Group[] {
  const owner = [...rows, ...columns].map((_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (owner[root] !== root) root = owner[root] ?? root;
    owner[index] = root;
    return root;
  };
  for (const [r, row] of rows.entries()) {
    for (const [c, column] of columns.entries()) {
      if (!meet(row, column)) continue;
      owner[find(rows.length + c)] = find(r);
    }
  }
  const groups = new Map<number, Group>();
  const groupOf = (index: number): Group => {
    const root = find(index);
    const group = groups.get(root) ?? { rows: [], columns: [] };
    groups.set(root, group);
    return group;
  };
  for (const [r, row] of rows.entries()) groupOf(r).rows.push(row);
  for (const [c, column] of columns.entries()) groupOf(rows.length + c).columns.push(column);
  return [...groups.values()].filter((group) => group.rows.length >= 2 && group.columns.length >= 1);
}

function meet(row: Stroke, column: Stroke): boolean {
  return (
    column.at >= row.from - TOUCH &&
    column.at <= row.to + TOUCH &&
    row.at >= column.from - TOUCH &&
    row.at <= column.to + TOUCH
  );
}

/** Tables without lines at their left and right ends are common: the level lines' ends close them. */
function toGrid({ rows, columns }: Group): Grid | undefined {
  const left = Math.min(...rows.map(({ from }) => from));
  const right = Math.max(...rows.map(({ to }) => to));
  const xs = distinct([left, right, ...columns.map(({ at }) => at)]);
  const top = Math.min(...columns.map(({ from }) => from));
  const bottom = Math.max(...columns.map(({ to }) => to));
  const ys = distinct([top, bottom, ...rows.map(({ at }) => at)]);
  if (xs.length < 3 || ys.length < 2) return undefined;
  const cells = mergeCells({ xs, ys, rows, columns });
  if (new Set(cells.map((cell) => cell.left)).size < 2) return undefined;
  return { x: xs[0] ?? 0, right: xs.at(-1) ?? 0, y: ys[0] ?? 0, bottom: ys.at(-1) ?? 0, xs, ys, cells };
}

function distinct(positions: readonly number[]): number[] {
  const sorted = [...positions].sort((a, b) => a - b);
  return clusterBy(sorted, (position) => position).map(
    (cluster) => cluster.reduce((sum, position) => sum + position, 0) / cluster.length,
  );
}

function mergeCells(parts: { xs: number[]; ys: number[]; rows: Stroke[]; columns: Stroke[] }): GridCell[] {
  const { xs, ys, rows, columns } = parts;
  const height = ys.length - 1;
  const width = xs.length - 1;
  const done = new Set<number>();
  const cells: GridCell[] = [];
  const hasUpright = (column: number, row: number) =>
    covers(columns, xs[column] ?? 0, ys[row] ?? 0, ys[row + 1] ?? 0);
  const hasLevel = (row: number, column: number) =>
    covers(rows, ys[row] ?? 0, xs[column] ?? 0, xs[column + 1] ?? 0);
  for (let top = 0; top < height; top++) {
    for (let left = 0; left < width; left++) {
      if (done.has(top * width + left)) continue;
      let right = left + 1;
      while (right < width && !done.has(top * width + right) && !hasUpright(right, top)) right += 1;
      let bottom = top + 1;
      while (bottom < height && !hasLevel(bottom, left)) bottom += 1;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) done.add(row * width + column);
      }
      cells.push({ top, bottom, left, right });
    }
  }
  return cells;
}

/** Whether a line at `at` covers most of the way. */
function covers(strokes: readonly Stroke[], at: number, from: number, to: number): boolean {
  let covered = 0;
  for (const stroke of strokes) {
    if (Math.abs(stroke.at - at) > TOUCH) continue;
    covered += Math.max(0, Math.min(stroke.to, to) - Math.max(stroke.from, from));
  }
  return covered > 0.6 * (to - from);
}
