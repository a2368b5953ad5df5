import { meanConfidence, type ReadLine } from "./make-runs.ts";
import type { OcrEngine } from "./ocr-engine.ts";
import type { Raster } from "./raster.ts";
import { recognizeLine } from "./recognize-line.ts";

/** A line read with less is tried again with its picture cleaned. */
const UNSURE = 0.85;
/** By how much a second reading must be surer. */
const SURER = 0.02;

/** Reads an unsure line again, without the red of a seal and with its contrast stretched; keeps the surest reading. */
export async function lookAgain(engine: OcrEngine, line: ReadLine): Promise<ReadLine> {
  let best = line;
  let confidence = meanConfidence(line.characters);
  if (confidence >= UNSURE) return line;
  for (const clean of [removeRed, stretchContrast]) {
    const picture = clean(line.picture);
    if (!picture) continue;
    const characters = await recognizeLine(engine, picture);
    const surer = meanConfidence(characters);
    if (surer <= confidence + SURER) continue;
    best = { ...line, picture, characters };
    confidence = surer;
  }
  return best;
}

/** Red becomes paper when black stands beside it: a seal over text. Undefined when there is no red, or nothing else. */
export function removeRed(line: Raster): Raster | undefined {
  const { data } = line;
  const cleaned = new Uint8ClampedArray(data);
  let [red, dark] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const [redness, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    if (redness < 110) dark += 1;
    if (redness - Math.max(green, blue) < 40) continue;
    red += 1;
    cleaned[at + 1] = redness;
    cleaned[at + 2] = redness;
  }
  const pixels = data.length / 4;
  return red > pixels * 0.005 && dark > pixels * 0.01 ? { ...line, data: cleaned } : undefined;
}

/** The darkest twentieth becomes black, the lighter half white. Undefined when the contrast is good already. */
export function stretchContrast(line: Raster): Raster | undefined {
  const levels = Uint8Array.from(
    { length: line.data.length / 4 },
    (_, index) => line.data[index * 4 + 1] ?? 0,
  );
  const sorted = levels.toSorted();
  const black = sorted[Math.floor(sorted.length * 0.04)] ?? 0;
  const white = sorted[Math.floor(sorted.length * 0.6)] ?? 255;
  if (white - black < 20 || white - black > 190) return undefined;
  const data = line.data.map((level, at) => (at % 4 === 3 ? 255 : ((level - black) * 255) / (white - black)));
  return { ...line, data };
}
