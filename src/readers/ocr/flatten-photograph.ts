import type { PageImage } from "../types.ts";
import { findPaper, type Quad } from "./find-paper.ts";
import { type Raster, toLuminance } from "./raster.ts";

/** A4's proportions are taken for a sheet that is nearly so, whatever the perspective made of them. */
const A4 = Math.SQRT2;
const SHORT_SIDE = 8.27;

/** A photograph of a sheet on something darker → the sheet alone, as if seen from straight above. Others stay as they are. */
export function flattenPhotograph(image: PageImage): PageImage {
  const quad = findPaper(toLuminance(image));
  if (!quad) return image;
  const { width, height } = measureSheet(quad);
  const flat = warpQuad(image, quad, width, height);
  return { ...flat, page: image.page, dpi: Math.min(width, height) / SHORT_SIDE };
}

function measureSheet([topLeft, topRight, bottomRight, bottomLeft]: Quad): { width: number; height: number } {
  const distance = (from: { x: number; y: number }, to: { x: number; y: number }) =>
    Math.hypot(from.x - to.x, from.y - to.y);
  const width = Math.max(distance(topLeft, topRight), distance(bottomLeft, bottomRight));
  const height = Math.max(distance(topLeft, bottomLeft), distance(topRight, bottomRight));
  const proportion = Math.max(width, height) / Math.min(width, height);
  const isSheet = proportion > A4 * 0.88 && proportion < A4 * 1.12;
  const long = isSheet ? Math.min(width, height) * A4 : Math.max(width, height);
  return width < height
    ? { width: Math.round(width), height: Math.round(long) }
    : { width: Math.round(long), height: Math.round(height) };
}

/** Bilinear, through the projection that takes the unit square to the quad (Heckbert 1989). */
export function warpQuad(source: Raster, quad: Quad, width: number, height: number): Raster {
  const project = projectionOf(quad);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = project((x + 0.5) / width, (y + 0.5) / height);
      copySample(source, from.x - 0.5, from.y - 0.5, data, (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

function projectionOf([zero, one, two, three]: Quad): (u: number, v: number) => { x: number; y: number } {
  const [sumX, sumY] = [zero.x - one.x + two.x - three.x, zero.y - one.y + two.y - three.y];
  const [firstX, firstY] = [one.x - two.x, one.y - two.y];
  const [secondX, secondY] = [three.x - two.x, three.y - two.y];
  const divisor = firstX * secondY - secondX * firstY;
  const g = (sumX * secondY - secondX * sumY) / divisor;
  const h = (firstX * sumY - sumX * firstY) / divisor;
  return (u, v) => {
    const depth = g * u + h * v + 1;
    return {
      x: ((one.x - zero.x + g * one.x) * u + (three.x - zero.x + h * three.x) * v + zero.x) / depth,
      y: ((one.y - zero.y + g * one.y) * u + (three.y - zero.y + h * three.y) * v + zero.y) / depth,
    };
  };
}

function copySample(source: Raster, x: number, y: number, data: Uint8ClampedArray, to: number): void {
  const left = Math.min(source.width - 2, Math.max(0, Math.floor(x)));
  const top = Math.min(source.height - 2, Math.max(0, Math.floor(y)));
  const shareX = Math.min(1, Math.max(0, x - left));
  const shareY = Math.min(1, Math.max(0, y - top));
  const above = (top * source.width + left) * 4;
  const below = above + source.width * 4;
  for (let channel = 0; channel < 4; channel += 1) {
    const high =
      (source.data[above + channel] as number) * (1 - shareX) +
      (source.data[above + 4 + channel] as number) * shareX;
    const low =
      (source.data[below + channel] as number) * (1 - shareX) +
      (source.data[below + 4 + channel] as number) * shareX;
    data[to + channel] = high * (1 - shareY) + low * shareY;
  }
}
