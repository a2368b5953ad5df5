import type { Point } from "./box.ts";
import type { Plane } from "./raster.ts";

/** Top left, top right, bottom right, bottom left, in pixels. */
export type Quad = readonly [Point, Point, Point, Point];

/** The search works on a picture of about this width. */
const SMALL = 160;
/** Of the picture: a smaller bright thing is no page, a larger one fills the picture already. */
const LEAST_SHARE = 0.35;
const MOST_SHARE = 0.96;
/** Grey levels between paper and what it lies on. */
const LEAST_CONTRAST = 45;

/** The four corners of a bright sheet on something darker; undefined when the picture shows no such thing clearly. */
export function findPaper(plane: Plane): Quad | undefined {
  const step = Math.max(1, Math.floor(plane.width / SMALL));
  const small = takeBrightest(plane, step);
  const bright = brightPart(small);
  if (!bright) return undefined;
  const sheet = largestRegion(bright, small.width, small.height);
  const share = sheet.length / small.data.length;
  if (share < LEAST_SHARE || share > MOST_SHARE) return undefined;
  const corners = findCorners(sheet, small.width);
  const area = areaOf(corners);
  if (area < sheet.length * 0.9 || area > sheet.length * 1.12) return undefined;
  const [topLeft, topRight, bottomRight, bottomLeft] = corners;
  const toPixels = ({ x, y }: Point, right: number, down: number): Point => ({
    x: (x + right) * step,
    y: (y + down) * step,
  });
  return [
    toPixels(topLeft, 0, 0),
    toPixels(topRight, 1, 0),
    toPixels(bottomRight, 1, 1),
    toPixels(bottomLeft, 0, 1),
  ];
}

/** Brightest of each square: the text on the paper vanishes. */
function takeBrightest({ width, height, data }: Plane, step: number): Plane {
  const small = { width: Math.floor(width / step), height: Math.floor(height / step) };
  const brightest = new Uint8Array(small.width * small.height);
  for (let y = 0; y < small.height * step; y += 1) {
    for (let x = 0; x < small.width * step; x += 1) {
      const at = Math.floor(y / step) * small.width + Math.floor(x / step);
      const level = data[y * width + x] as number;
      if (level > (brightest[at] as number)) brightest[at] = level;
    }
  }
  return { ...small, data: brightest };
}

/** Otsu's threshold; undefined when the two parts are too alike. */
function brightPart({ data }: Plane): Uint8Array | undefined {
  const levels = new Float64Array(256);
  for (const level of data) levels[level] = (levels[level] as number) + 1;
  const total = data.reduce((sum, level) => sum + level, 0);
  let [count, sum, best, threshold] = [0, 0, 0, 0];
  let contrast = 0;
  for (let level = 0; level < 255; level += 1) {
    count += levels[level] as number;
    sum += (levels[level] as number) * level;
    if (count === 0 || count === data.length) continue;
    const apart = (total - sum) / (data.length - count) - sum / count;
    const between = count * (data.length - count) * apart * apart;
    if (between > best) [best, threshold, contrast] = [between, level, apart];
  }
  return contrast < LEAST_CONTRAST ? undefined : data.map((level) => (level > threshold ? 1 : 0));
}

function largestRegion(bright: Uint8Array, width: number, height: number): number[] {
  const seen = new Uint8Array(bright.length);
  let largest: number[] = [];
  for (let start = 0; start < bright.length; start += 1) {
    if (!bright[start] || seen[start]) continue;
    const region = [start];
    seen[start] = 1;
    for (let index = 0; index < region.length; index += 1) {
      const at = region[index] as number;
      const x = at % width;
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= width * height || !bright[next] || seen[next]) continue;
        seen[next] = 1;
        region.push(next);
      }
    }
    if (region.length > largest.length) largest = region;
  }
  return largest;
}

/** The points farthest to each of the four diagonals. */
function findCorners(sheet: readonly number[], width: number): Quad {
  const farthest = (across: 1 | -1, down: 1 | -1): Point => {
    let [best, point] = [-Infinity, { x: 0, y: 0 }];
    for (const at of sheet) {
      const [x, y] = [at % width, Math.floor(at / width)];
      const far = across * x + down * y;
      if (far > best) [best, point] = [far, { x, y }];
    }
    return point;
  };
  return [farthest(-1, -1), farthest(1, -1), farthest(1, 1), farthest(-1, 1)];
}

function areaOf(corners: Quad): number {
  let sum = 0;
  for (const [index, { x, y }] of corners.entries()) {
    const next = corners[(index + 1) % 4] as Point;
    sum += x * next.y - next.x * y;
  }
  return Math.abs(sum) / 2;
}
