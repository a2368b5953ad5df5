import type { Box } from "./box.ts";
import type { Plane } from "./raster.ts";

/** Beyond it, a box holds characters one above the other: a narrow cell, or text that runs downwards. */
const TALL = 1.5;
const MOST_CHARACTERS = 40;

/** A tall box → one box a character, cut where there is least ink near each even share. Others stay whole. */
export function splitTallBox(box: Box, ink: Plane): Box[] {
  if (box.height < box.width * TALL) return [box];
  const rows = countRows(box, ink);
  const first = rows.findIndex((count) => count > 0);
  const last = rows.findLastIndex((count) => count > 0);
  // A box is wider than its characters by the detector's margin on both sides.
  const count = Math.round((last - first + 1) / (box.width * 0.72));
  if (first < 0 || count < 2 || count > MOST_CHARACTERS) return [box];
  const top = box.y - box.height / 2;
  const cuts = Array.from({ length: count + 1 }, (_, index) => {
    if (index === 0) return Math.max(0, first - 3);
    if (index === count) return Math.min(rows.length, last + 4);
    return findEmptiest(rows, first + ((last - first) * index) / count, box.width * 0.35);
  });
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index] as number;
    return { ...box, angle: 0, y: top + (start + end) / 2, height: end - start };
  });
}

function countRows({ x, y, width, height }: Box, ink: Plane): number[] {
  const [left, right] = [
    Math.max(0, Math.floor(x - width / 2)),
    Math.min(ink.width, Math.ceil(x + width / 2)),
  ];
  return Array.from({ length: Math.ceil(height) }, (_, index) => {
    const row = Math.floor(y - height / 2) + index;
    if (row < 0 || row >= ink.height) return 0;
    return ink.data
      .subarray(row * ink.width + left, row * ink.width + right)
      .reduce((sum, one) => sum + one, 0);
  });
}

function findEmptiest(rows: readonly number[], near: number, within: number): number {
  let best = Math.round(near);
  for (let at = Math.ceil(near - within); at <= near + within; at += 1) {
    const [count, least] = [rows[at] ?? 0, rows[best] ?? 0];
    if (count < least || (count === least && Math.abs(at - near) < Math.abs(best - near))) best = at;
  }
  return best;
}
