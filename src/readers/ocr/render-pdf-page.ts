import { createCanvas } from "@napi-rs/canvas";
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PageImage } from "../types.ts";

const POINTS_PER_INCH = 72;
/** A0 at 100 dpi, A3 at 300 dpi; a larger page is drawn with fewer pixels an inch. */
const MOST_PIXELS = 18_000_000;
const LONGEST_SIDE = 12_000;

/**
 * Draws a page as its reader sees it, upright, on white. `dpi` is a wish: pages of odd size get less, and the picture says
 * what it got. The document must have been opened with its pictures.
 */
export async function renderPdfPage(
  document: PDFDocumentProxy,
  pageNumber: number,
  dpi: number,
): Promise<PageImage> {
  const page = await document.getPage(pageNumber);
  try {
    const { width, height } = page.getViewport({ scale: 1 });
    const scale = limitScale(width, height, dpi / POINTS_PER_INCH);
    const viewport = page.getViewport({ scale });
    const canvas = createCanvas(
      Math.max(1, Math.round(viewport.width)),
      Math.max(1, Math.round(viewport.height)),
    );
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    // The library names the browser's canvas in its types and takes this one in Node.
    await page.render({ canvas: canvas as never, viewport, background: "#fff" }).promise;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return {
      page: pageNumber,
      width: canvas.width,
      height: canvas.height,
      data,
      dpi: scale * POINTS_PER_INCH,
    };
  } finally {
    page.cleanup();
  }
}

/** Pixels a point, so that neither the side nor the number of pixels goes beyond what is worth drawing. */
export function limitScale(width: number, height: number, wanted: number): number {
  return Math.min(wanted, Math.sqrt(MOST_PIXELS / (width * height)), LONGEST_SIDE / Math.max(width, height));
}
