import type { Raster } from "./raster.ts";

/** Where the ink of a line's picture lies, in its pixels; ends are exclusive. */
export interface InkExtent {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Of the row with most ink: a row with less has dust only. */
const SPECKS = 0.05;

/** Null when there is no ink. Table rules at the picture's edges are left out. */
export function measureInk(line: Raster, from: number, to: number): InkExtent | null {
  const dark = findDark(line);
  const [left, right] = [Math.max(0, Math.floor(from)), Math.min(line.width, Math.ceil(to))];
  const span = right - left;
  const rows = new Uint32Array(line.height);
  const columns = new Uint32Array(line.width);
  for (let y = 0; y < line.height; y += 1) {
    for (let x = left; x < right; x += 1) {
      if (!dark[y * line.width + x]) continue;
      rows[y] = (rows[y] as number) + 1;
      columns[x] = (columns[x] as number) + 1;
    }
  }
  const most = rows.reduce((left, right) => Math.max(left, right), 0);
  const rule = (count: number) => count > span * 0.9 && span > line.height * 2;
  const [top, bottom] = findEnds(
    Array.from(rows, (count) => count > most * SPECKS && !rule(count)),
    2,
  );
  const [first, last] = findEnds(
    Array.from(columns, (count) => count > 0 && count < line.height * 0.95),
    3,
  );
  return top < bottom && first < last ? { left: first, right: last, top, bottom } : null;
}

/** From the first to the last stretch of ink that is longer than a speck; the end is exclusive. */
function findEnds(inked: readonly boolean[], least: number): [number, number] {
  let [first, last, length] = [inked.length, 0, 0];
  for (const [at, ink] of inked.entries()) {
    length = ink ? length + 1 : 0;
    if (length < least) continue;
    first = Math.min(first, at + 1 - length);
    last = at + 1;
  }
  return [first, last];
}

/** Against the middle between the paper, which is most of the picture, and the darkest twentieth. */
function findDark({ width, height, data }: Raster): Uint8Array {
  const levels = new Uint32Array(256);
  const plane = new Uint8Array(width * height);
  for (let index = 0; index < plane.length; index += 1) {
    const level = Math.min(
      data[index * 4] as number,
      data[index * 4 + 1] as number,
      data[index * 4 + 2] as number,
    );
    plane[index] = level;
    levels[level] = (levels[level] as number) + 1;
  }
  const levelAt = (share: number) => {
    let sum = 0;
    for (let level = 0; level < 256; level += 1) {
      sum += levels[level] as number;
      if (sum >= plane.length * share) return level;
    }
    return 255;
  };
  const middle = (levelAt(0.03) + levelAt(0.85)) / 2;
  return plane.map((level) => (level < middle ? 1 : 0));
}
