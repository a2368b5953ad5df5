import { createCanvas, type Image, loadImage, type SKRSContext2D } from "@napi-rs/canvas";
import type { PageImage } from "../../src/readers/types.ts";

export const WAYS = ["clean", "skew", "noisy", "photograph"] as const;
export type Way = (typeof WAYS)[number];

/** The same spoilt page in every run. */
function createChances(): () => number {
  let seed = 7;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** A rendered page as a scanner or a telephone would have it. */
export async function spoilPicture(png: Uint8Array, way: Way, dpi: number): Promise<PageImage> {
  const image = await loadImage(Buffer.from(png));
  const { width, height } = image;
  const context = createCanvas(width, height).getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  if (way === "skew") {
    context.translate(width / 2, height / 2);
    context.rotate((1.7 * Math.PI) / 180);
    context.translate(-width / 2, -height / 2);
  }
  if (way === "noisy") context.filter = "blur(1px)";
  context.drawImage(image, 0, 0);
  if (way === "noisy") await addNoise(context, width, height);
  if (way === "photograph") photograph(context, image);
  return { page: 1, width, height, data: context.getImageData(0, 0, width, height).data, dpi };
}

/** Salt and pepper on every hundredth pixel, then JPEG of quality 40. */
async function addNoise(context: SKRSContext2D, width: number, height: number): Promise<void> {
  const picture = context.getImageData(0, 0, width, height);
  const chance = createChances();
  for (let at = 0; at < picture.data.length; at += 4) {
    const level = chance();
    if (level < 0.01) picture.data.fill(level < 0.005 ? 0 : 255, at, at + 3);
  }
  context.putImageData(picture, 0, 0);
  const compressed = await loadImage(context.canvas.toBuffer("image/jpeg", 40));
  context.filter = "none";
  context.drawImage(compressed, 0, 0);
}

/** The sheet seen from below on a dark desk, lit from the right, with the sensor's noise. */
function photograph(context: SKRSContext2D, image: Image): void {
  const { width, height } = image;
  const source = context.getImageData(0, 0, width, height).data;
  const target = context.createImageData(width, height);
  const chance = createChances();
  for (let y = 0; y < height; y += 1) {
    const down = (y / height - 0.03) / 0.94;
    for (let x = 0; x < width; x += 1) {
      const across = ((x / width - 0.04) / 0.92 - 0.5) / (1 - 0.07 * (1 - down)) + 0.5;
      const [fromX, fromY] = [Math.round(across * width), Math.round(down * height)];
      const inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
      const light = 0.6 + 0.4 * (x / width) * (0.5 + (0.5 * y) / height);
      const noise = (chance() - 0.5) * 14;
      for (let channel = 0; channel < 3; channel += 1) {
        const level = inside ? (source[(fromY * width + fromX) * 4 + channel] as number) * light : 60;
        target.data[(y * width + x) * 4 + channel] = level + noise;
      }
      target.data[(y * width + x) * 4 + 3] = 255;
    }
  }
  context.putImageData(target, 0, 0);
}
