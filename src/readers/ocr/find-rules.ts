import type { Plane } from "./raster.ts";

/** A straight line, in pixels. Horizontal ones have the same y, vertical ones the same x at both ends. */
export interface Rule {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Inches. Strokes of a headline's characters are shorter. */
const SHORTEST_ACROSS = 0.5;
const SHORTEST_DOWN = 0.3;
const THICKEST = 0.06;
/** What is nearer is the rim of the paper or of the scanner's lid. */
const FROM_EDGE = 0.12;
/** Pixels: gaps that noise makes, and steps of a line that is not quite straight. */
const GAP = 3;
const STEP = 2;

/** Ink is dark against the lightest part of its neighbourhood: shadows and grey paper are none. 1 is ink. */
export function findInk({ width, height, data }: Plane, share = 0.72): Plane {
  const side = 32;
  const columns = Math.ceil(width / side);
  const lightest = findPaperLevels({ width, height, data }, side);
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const light = lightest[Math.floor(y / side) * columns + Math.floor(x / side)] as number;
      if (light > 60 && (data[y * width + x] as number) < light * share) ink[y * width + x] = 1;
    }
  }
  return { width, height, data: ink };
}

/** Of each square, the level that a tenth of its pixels exceed: paper, not a bright speck. */
function findPaperLevels({ width, height, data }: Plane, side: number): Uint8Array {
  const columns = Math.ceil(width / side);
  const levels = new Uint8Array(columns * Math.ceil(height / side));
  const counts = new Uint16Array(64);
  for (let square = 0; square < levels.length; square += 1) {
    const [left, top] = [(square % columns) * side, Math.floor(square / columns) * side];
    counts.fill(0);
    let total = 0;
    for (let y = top; y < Math.min(height, top + side); y += 2) {
      for (let x = left; x < Math.min(width, left + side); x += 2) {
        const bin = (data[y * width + x] as number) >> 2;
        counts[bin] = (counts[bin] as number) + 1;
        total += 1;
      }
    }
    let [bin, lighter] = [63, 0];
    for (; bin > 0; bin -= 1) {
      lighter += counts[bin] as number;
      if (lighter > total * 0.1) break;
    }
    levels[square] = bin * 4 + 3;
  }
  return levels;
}

/** Long straight lines of ink, of tables mostly. */
export function findRules(ink: Plane, dpi: number): Rule[] {
  const across = findAcross(ink, dpi, SHORTEST_ACROSS * dpi);
  const turned = turnPlane(ink);
  const down = findAcross(turned, dpi, SHORTEST_DOWN * dpi).map(({ x1, y1, x2, y2 }) => ({
    x1: y1,
    y1: x1,
    x2: y2,
    y2: x2,
  }));
  const edge = dpi * FROM_EDGE;
  return [...across, ...down.filter((rule) => rule.y2 - rule.y1 > dpi || touches(rule, across))].filter(
    ({ x1, y1, x2, y2 }) =>
      !(x1 === x2 && (x1 < edge || x1 > ink.width - edge)) &&
      !(y1 === y2 && (y1 < edge || y1 > ink.height - edge)),
  );
}

/** Short upright lines count only in a table: a stroke of a large character stands alone. */
function touches(upright: Rule, across: readonly Rule[]): boolean {
  return across.some(
    ({ x1, x2, y1 }) =>
      upright.x1 > x1 - 8 &&
      upright.x1 < x2 + 8 &&
      (Math.abs(y1 - upright.y1) < 8 || Math.abs(y1 - upright.y2) < 8),
  );
}

interface Strip {
  from: number;
  to: number;
  top: number;
  bottom: number;
  /** Sum over rows of the length: its thickness is that over its own length. */
  area: number;
}

function findAcross({ width, height, data }: Plane, dpi: number, shortest: number): Rule[] {
  const done: Strip[] = [];
  let open: Strip[] = [];
  for (let y = 0; y < height; y += 1) {
    for (const { from, to } of findStretches(data, y * width, width, shortest / 3)) {
      const strip = open.find((one) => from <= one.to + GAP && to >= one.from - GAP);
      if (!strip) {
        open.push({ from, to, top: y, bottom: y, area: to - from });
        continue;
      }
      strip.from = Math.min(strip.from, from);
      strip.to = Math.max(strip.to, to);
      strip.bottom = y;
      strip.area += to - from;
    }
    done.push(...open.filter(({ bottom }) => bottom < y - STEP));
    open = open.filter(({ bottom }) => bottom >= y - STEP);
  }
  return [...done, ...open]
    .filter(
      ({ from, to, area }) => to - from >= shortest && area / (to - from) <= Math.max(3, THICKEST * dpi),
    )
    .map(({ from, to, top, bottom }) => ({
      x1: from,
      x2: to,
      y1: (top + bottom) / 2,
      y2: (top + bottom) / 2,
    }));
}

function findStretches(
  data: Uint8Array,
  offset: number,
  width: number,
  shortest: number,
): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  let from = -1;
  let last = -1;
  let count = 0;
  const close = () => {
    if (from >= 0 && last - from >= shortest && count > (last - from) * 0.8)
      stretches.push({ from, to: last });
    from = -1;
    count = 0;
  };
  for (let x = 0; x < width; x += 1) {
    if (!data[offset + x]) continue;
    if (from >= 0 && x - last > GAP) close();
    if (from < 0) from = x;
    last = x;
    count += 1;
  }
  close();
  return stretches;
}

function turnPlane({ width, height, data }: Plane): Plane {
  const turned = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) turned[x * height + y] = data[y * width + x] as number;
  }
  return { width: height, height: width, data: turned };
}
