import type { LowConfidence, PageContent, PageImage } from "../types.ts";
import type { Box } from "./box.ts";
import { completeBoxes } from "./complete-boxes.ts";
import { detectLines } from "./detect-lines.ts";
import { dropStrayMarks } from "./drop-stray-marks.ts";
import { estimateSkew, liesOnSide } from "./estimate-skew.ts";
import { findInk, findRules } from "./find-rules.ts";
import { lookAgain } from "./look-again.ts";
import { makeRuns, meanConfidence, type ReadLine } from "./make-runs.ts";
import { loadOcrEngine, type OcrEngine } from "./ocr-engine.ts";
import { type Raster, rotateRaster, toLuminance, turnRaster } from "./raster.ts";
import { classifyUpsideDown, cutLine, recognizeLine } from "./recognize-line.ts";
import { splitTallBox } from "./split-tall-box.ts";

export interface RecognizedPage extends PageContent {
  /** Runs below the threshold, in reading order of the detector; worth a look at the picture. */
  lowConfidence: LowConfidence[];
  /** Without blanks. */
  characters: number;
  /** Weighted by characters, 0–1; 1 for an empty page. */
  meanConfidence: number;
}

/** Of 136 lines, most of bad pages: below it 25 of 27 were wrong, above it 8 of 109, with one wrong mark each (decisions/ocr.md). */
export const LOW_CONFIDENCE = 0.9;
/** Below it, what was found is no text: a seal's rim, a pattern, dirt. */
const NO_TEXT = 0.5;
/** What the detector passed over must be plain to read. */
const SURE_TEXT = 0.8;
/** Degrees. Less does not matter to the layout; more than the second is no skew of a scanner or a hand. */
const LEAST_SKEW = 0.2;
const MOST_SKEW = 12;
const POINTS_PER_INCH = 72;
const EM_OF_BOX = 0.72;

/**
 * Reads a picture of a page. A page that lies on its side, on its head or askew is set upright first; coordinates are those of
 * the upright page. No network; throws AppError `model` when the models are not installed.
 */
export async function recognizePage(image: PageImage): Promise<RecognizedPage> {
  const engine = await loadOcrEngine();
  const { picture, boxes } = await setUpright(engine, image);
  const dpi = toPlausibleDpi(image.dpi, boxes);
  const ink = findInk(toLuminance(picture));
  const rules = findRules(ink, dpi);
  const toPoints = POINTS_PER_INCH / dpi;
  const page: RecognizedPage = {
    page: image.page,
    width: picture.width * toPoints,
    height: picture.height * toPoints,
    origin: "ocr",
    runs: [],
    rules: rules.map(({ x1, y1, x2, y2 }) => ({
      x1: x1 * toPoints,
      y1: y1 * toPoints,
      x2: x2 * toPoints,
      y2: y2 * toPoints,
    })),
    lowConfidence: [],
    characters: 0,
    meanConfidence: 1,
  };
  const { found, missed } = completeBoxes(ink, boxes, rules, dpi);
  const read = async (box: Box, least: number) => {
    const line = await readLine(engine, picture, box);
    if (meanConfidence(line.characters) >= least) page.runs.push(...makeRuns(line, rules, dpi));
  };
  for (const box of found.flatMap((one) => splitTallBox(one, ink))) await read(box, NO_TEXT);
  for (const box of missed) await read(box, SURE_TEXT);
  return sumUp({ ...page, runs: dropStrayMarks(page.runs) });
}

/**
 * A part of a page, as on a screenshot, is taken for a page that is printed in huge letters, or the reverse. Then most of the
 * text is taken for 14 points.
 */
export function toPlausibleDpi(dpi: number, boxes: readonly Box[]): number {
  const heights = boxes
    .map(({ width, height }) => Math.min(width, height))
    .toSorted((left, right) => left - right);
  const em = (heights[heights.length >> 1] ?? 0) * EM_OF_BOX;
  const points = (em * POINTS_PER_INCH) / dpi;
  return points === 0 || (points > 4 && points < 27) ? dpi : (em * POINTS_PER_INCH) / 14;
}

interface UprightPage {
  picture: Raster;
  boxes: Box[];
}

async function setUpright(engine: OcrEngine, image: Raster): Promise<UprightPage> {
  let picture: Raster = image;
  let boxes = await detectLines(engine, picture);
  if (liesOnSide(boxes)) {
    picture = turnRaster(picture, 1);
    boxes = await detectLines(engine, picture);
  }
  if (await standsOnHead(engine, picture, boxes)) {
    picture = turnRaster(picture, 2);
    boxes = boxes.map((box) => ({ ...box, x: picture.width - box.x, y: picture.height - box.y }));
  }
  const skew = estimateSkew(boxes);
  if (Math.abs(skew) >= LEAST_SKEW && Math.abs(skew) <= MOST_SKEW) {
    picture = rotateRaster(picture, -skew);
    boxes = await detectLines(engine, picture);
  }
  return { picture, boxes: boxes.toSorted((left, right) => left.y - right.y || left.x - right.x) };
}

const LINES_ASKED = 9;

async function standsOnHead(engine: OcrEngine, picture: Raster, boxes: readonly Box[]): Promise<boolean> {
  const asked = boxes
    .filter(({ width, height }) => width > height * 3)
    .toSorted((left, right) => right.width - left.width)
    .slice(0, LINES_ASKED);
  let sum = 0;
  for (const box of asked) sum += await classifyUpsideDown(engine, cutLine(picture, box));
  return asked.length > 0 && sum / asked.length > 0.6;
}

async function readLine(engine: OcrEngine, page: Raster, box: Box): Promise<ReadLine> {
  const picture = cutLine(page, box);
  const characters = await recognizeLine(engine, picture);
  return lookAgain(engine, { box, picture, characters });
}

function sumUp(page: RecognizedPage): RecognizedPage {
  let sum = 0;
  for (const { text, confidence = 1 } of page.runs) {
    const count = text.replace(/\s/gu, "").length;
    page.characters += count;
    sum += confidence * count;
    if (confidence < LOW_CONFIDENCE) page.lowConfidence.push({ page: page.page, text, confidence });
  }
  if (page.characters > 0) page.meanConfidence = sum / page.characters;
  return page;
}
