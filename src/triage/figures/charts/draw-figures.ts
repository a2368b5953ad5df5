import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DeskFigures } from "../figure-types.ts";
import { drawSatisfaction } from "./draw-satisfaction.ts";
import { drawSla } from "./draw-sla.ts";
import { type Drawing, drawVolume } from "./draw-volume.ts";

export interface FigurePicture {
  /** `volume`, `sla`, `satisfaction`. */
  name: string;
  png: Uint8Array;
  /** Says in words what the picture shows. */
  alt: string;
}

/** Sharp on phones, and still below a few hundred kilobytes. */
const PIXELS_WIDE = 1080;

export function composeDrawings(figures: DeskFigures): Drawing[] {
  return [drawVolume(figures), drawSla(figures), drawSatisfaction(figures)].filter(
    (drawing) => drawing !== null,
  );
}

/** Charts for which there is something to show, as PNG with an embedded Chinese font; no fonts of the machine are used. */
export async function drawFigures(figures: DeskFigures): Promise<FigurePicture[]> {
  const { renderAsync } = await import("@resvg/resvg-js");
  const fonts = join(dirname(fileURLToPath(import.meta.resolve("@embedpdf/fonts-sc"))), "../fonts");
  const pictures: FigurePicture[] = [];
  for (const { name, svg, alt } of composeDrawings(figures)) {
    const image = await renderAsync(svg, {
      fitTo: { mode: "width", value: PIXELS_WIDE },
      font: {
        loadSystemFonts: false,
        fontFiles: ["NotoSansHans-Regular.otf", "NotoSansHans-Bold.otf"].map((file) => join(fonts, file)),
        defaultFontFamily: "Noto Sans S Chinese",
      },
    });
    pictures.push({ name, png: new Uint8Array(image.asPng()), alt });
  }
  return pictures;
}
