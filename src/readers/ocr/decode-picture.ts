import { createCanvas, loadImage } from "@napi-rs/canvas";
import { imageSize } from "image-size";
import type { PageImage } from "../types.ts";
import { unusable } from "../unusable.ts";

/** A phone's picture has 12 to 50 million. Decoded, each costs four bytes. */
const MOST_PIXELS = 120_000_000;
/** What is worth recognising: A3 at 200 dpi. Larger ones are scaled while they are drawn. */
const WORKING_PIXELS = 9_000_000;
/** A smaller picture holds no page; a smaller side, no line. */
const LEAST_SIDE = 16;
/** Inches: the short side of A4. */
const SHORT_SIDE = 8.27;

/**
 * PNG, JPEG, WebP, GIF (its first frame) and BMP → pixels, turned as the camera says. The size is read before anything is
 * decoded. Throws AppError `unusable-input` with what to do.
 */
export async function decodePicture(bytes: Uint8Array): Promise<PageImage> {
  checkSize(bytes);
  const image = await loadImage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).catch(
    (cause: unknown) => {
      throw broken("it does not decode", cause);
    },
  );
  if (!(image.width > 0 && image.height > 0)) throw broken("it decodes to nothing");
  const scale = Math.min(1, Math.sqrt(WORKING_PIXELS / (image.width * image.height)));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { page: 1, width, height, data, dpi: Math.min(width, height) / SHORT_SIDE };
}

function checkSize(bytes: Uint8Array): void {
  const { width, height } = measure(bytes);
  if (width * height > MOST_PIXELS) {
    throw unusable(
      `a picture of ${width} × ${height} pixels`,
      `这张图片有 ${width}×${height} 像素，超过可处理的大小。请在手机或看图软件中缩小到长边 6000 像素以内后再上传。`,
    );
  }
  if (Math.min(width, height) < LEAST_SIDE) {
    throw unusable(
      `a picture of ${width} × ${height} pixels`,
      "这张图片太小，看不出文字。请上传原图，或重新拍照、扫描后再上传。",
    );
  }
}

function measure(bytes: Uint8Array): { width: number; height: number } {
  const type = sizeOf(bytes);
  if (type.type === "tiff" || type.type === "heif" || type.type === "svg") {
    throw unusable(
      `a picture of type ${type.type}`,
      "暂不支持这种图片格式。请另存为 JPG 或 PNG，或合成 PDF 后再上传。",
    );
  }
  return type;
}

function sizeOf(bytes: Uint8Array): { width: number; height: number; type?: string } {
  try {
    return imageSize(bytes);
  } catch (cause) {
    throw broken("its size cannot be read", cause);
  }
}

function broken(reason: string, cause?: unknown): Error {
  return unusable(
    `a broken picture: ${reason}`,
    "这张图片已损坏，或不是可读取的图片。请确认能正常打开，另存为 JPG 或 PNG 后再上传。",
    cause,
  );
}
