import type { Box } from "./box.ts";
import { findBoxes } from "./find-boxes.ts";
import type { OcrEngine } from "./ocr-engine.ts";
import { type Raster, shrinkRaster } from "./raster.ts";

/** The detector was trained on photographs, in which means and deviations are those of ImageNet, blue first. */
const MEANS = [0.485, 0.456, 0.406];
const DEVIATIONS = [0.229, 0.224, 0.225];
/** Its picture's sides are multiples of it. */
const STRIDE = 32;
/** Pixels. Small print of an A4 page is still found at this size; more costs time by the square. */
export const DETECTED_SIDE = 1344;

/** Boxes of the lines of text, in pixels of the picture, in no particular order. */
export async function detectLines(
  engine: OcrEngine,
  picture: Raster,
  longestSide = DETECTED_SIDE,
): Promise<Box[]> {
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const width = toStride(picture.width * scale);
  const height = toStride(picture.height * scale);
  const small = shrinkRaster(picture, width, height);
  const { data } = await engine.detect(toDetectorInput(small), width, height);
  const [scaleX, scaleY] = [picture.width / width, picture.height / height];
  return findBoxes({ data, width, height }).map((box) => ({
    x: box.x * scaleX,
    y: box.y * scaleY,
    width: box.width * scaleX,
    height: box.height * scaleY,
    angle: box.angle,
  }));
}

function toStride(side: number): number {
  return Math.max(STRIDE, Math.round(side / STRIDE) * STRIDE);
}

function toDetectorInput({ width, height, data }: Raster): Float32Array {
  const size = width * height;
  const input = new Float32Array(3 * size);
  for (let channel = 0; channel < 3; channel += 1) {
    const mean = MEANS[channel] as number;
    const deviation = DEVIATIONS[channel] as number;
    const from = 2 - channel;
    for (let index = 0; index < size; index += 1)
      input[channel * size + index] = ((data[index * 4 + from] as number) / 255 - mean) / deviation;
  }
  return input;
}
