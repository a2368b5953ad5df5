import { type Box, enclosePoints, type Point } from "./box.ts";

export interface BoxSettings {
  /** A pixel above it belongs to text. */
  pixelThreshold: number;
  /** Mean of a region's pixels, below which it is no text. */
  regionThreshold: number;
  /** The detector marks the core of a line; by how much to grow it, as DBNet's authors define it. */
  growth: number;
  /** Pixels of the probability map. */
  shortestSide: number;
}

const DEFAULTS: BoxSettings = { pixelThreshold: 0.3, regionThreshold: 0.55, growth: 1.6, shortestSide: 3 };

/** Regions of a probability map → boxes, in pixels of the map, in no particular order. */
export function findBoxes(
  map: { data: Float32Array; width: number; height: number },
  settings: Partial<BoxSettings> = {},
): Box[] {
  const { pixelThreshold, regionThreshold, growth, shortestSide } = { ...DEFAULTS, ...settings };
  const seen = new Uint8Array(map.data.length);
  const boxes: Box[] = [];
  for (let start = 0; start < map.data.length; start += 1) {
    if (seen[start] || (map.data[start] as number) <= pixelThreshold) continue;
    const region = fillRegion(map, start, pixelThreshold, seen);
    if (region.sum / region.count < regionThreshold) continue;
    const box = enclosePoints(region.edge);
    if (Math.min(box.width, box.height) < shortestSide) continue;
    const margin = (box.width * box.height * growth) / (2 * (box.width + box.height));
    boxes.push({ ...box, width: box.width + 2 * margin, height: box.height + 2 * margin });
  }
  return boxes;
}

interface Region {
  /** The first and last pixel of each row, enough for the hull. */
  edge: Point[];
  sum: number;
  count: number;
}

function fillRegion(
  { data, width, height }: { data: Float32Array; width: number; height: number },
  start: number,
  threshold: number,
  seen: Uint8Array,
): Region {
  const rows = new Map<number, [number, number]>();
  const open = [start];
  seen[start] = 1;
  let [sum, count] = [0, 0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)];
    sum += data[at] as number;
    count += 1;
    const row = rows.get(y);
    if (!row) rows.set(y, [x, x]);
    else if (x < row[0]) row[0] = x;
    else if (x > row[1]) row[1] = x;
    for (let rowStep = -1; rowStep <= 1; rowStep += 1) {
      if (y + rowStep < 0 || y + rowStep >= height) continue;
      for (let step = -1; step <= 1; step += 1) {
        if (x + step < 0 || x + step >= width) continue;
        const next = at + rowStep * width + step;
        if (seen[next] || (data[next] as number) <= threshold) continue;
        seen[next] = 1;
        open.push(next);
      }
    }
  }
  const edge = [...rows].flatMap(([y, [left, right]]) => [
    { x: left, y },
    { x: right + 1, y },
    { x: left, y: y + 1 },
    { x: right + 1, y: y + 1 },
  ]);
  return { edge, sum, count };
}
