import type { Box } from "./box.ts";
import { decodeLine, type ReadCharacter } from "./decode-line.ts";
import { CLASSIFIED_WIDTH, LINE_HEIGHT, type OcrEngine } from "./ocr-engine.ts";
import { type Raster, sampleRaster } from "./raster.ts";

/** A longer line is cut between characters: the model was trained on lines of some 25. */
const WIDEST = 1600;

/** The box cut out upright, 48 pixels high, its proportions kept. */
export function cutLine(picture: Raster, box: Box): Raster {
  const scale = box.height / LINE_HEIGHT;
  const width = Math.max(8, Math.round(box.width / scale));
  const [cosine, sine] = [Math.cos(box.angle), Math.sin(box.angle)];
  return sampleRaster(picture, width, LINE_HEIGHT, {
    x: box.x - (cosine * box.width) / 2 + (sine * box.height) / 2,
    y: box.y - (sine * box.width) / 2 - (cosine * box.height) / 2,
    alongX: (cosine * box.width) / width,
    alongY: (sine * box.width) / width,
    downX: -sine * scale,
    downY: cosine * scale,
  });
}

/** Characters of one line's picture, `start` and `end` as shares of its width. */
export async function recognizeLine(engine: OcrEngine, line: Raster): Promise<ReadCharacter[]> {
  const read: ReadCharacter[] = [];
  for (const { from, to } of cutLongLine(line)) {
    const width = to - from;
    const { data, dims } = await engine.recognize(toLineInput(line, from, width, width), width);
    const part = decodeLine(data, dims[1] ?? 1, engine.characters);
    for (const character of part) {
      read.push({
        ...character,
        start: (from + character.start * width) / line.width,
        end: (from + character.end * width) / line.width,
      });
    }
  }
  return read;
}

/** How likely the line stands on its head, 0–1. */
export async function classifyUpsideDown(engine: OcrEngine, line: Raster): Promise<number> {
  const width = Math.min(line.width, CLASSIFIED_WIDTH);
  const { data } = await engine.classify(toLineInput(line, 0, width, CLASSIFIED_WIDTH));
  return data[1] ?? 0;
}

interface Part {
  from: number;
  to: number;
}

/** Cuts in the emptiest column near each even share. */
export function cutLongLine(line: Raster, widest = WIDEST): Part[] {
  const count = Math.ceil(line.width / widest);
  const parts: Part[] = [];
  let from = 0;
  for (let part = 1; part <= count; part += 1) {
    const even = Math.round((line.width * part) / count);
    const to = part === count ? line.width : findEmptiestColumn(line, even - LINE_HEIGHT, even + LINE_HEIGHT);
    parts.push({ from, to });
    from = to;
  }
  return parts;
}

function findEmptiestColumn(line: Raster, from: number, to: number): number {
  let [best, bestLevel] = [from, -1];
  for (let x = Math.max(1, from); x < Math.min(line.width - 1, to); x += 1) {
    let level = 0;
    for (let y = 0; y < line.height; y += 1) {
      for (let near = x - 1; near <= x + 1; near += 1)
        level += line.data[(y * line.width + near) * 4 + 1] as number;
    }
    if (level > bestLevel) [best, bestLevel] = [x, level];
  }
  return best;
}

/** −1 to 1, blue first; right of the picture it is filled with the middle value. */
function toLineInput(line: Raster, from: number, width: number, paddedWidth: number): Float32Array {
  const size = paddedWidth * line.height;
  const input = new Float32Array(3 * size);
  for (let y = 0; y < line.height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * line.width + from + x) * 4;
      for (let channel = 0; channel < 3; channel += 1)
        input[channel * size + y * paddedWidth + x] = (line.data[at + 2 - channel] as number) / 127.5 - 1;
    }
  }
  return input;
}
