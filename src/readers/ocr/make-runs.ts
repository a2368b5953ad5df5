import type { PageRun } from "../types.ts";
import type { Box } from "./box.ts";
import type { ReadCharacter } from "./decode-line.ts";
import type { Rule } from "./find-rules.ts";
import { type InkExtent, measureInk } from "./measure-ink.ts";
import type { Raster } from "./raster.ts";
import { repairPunctuation } from "./repair-punctuation.ts";

/** A recognised line, still in pixels. */
export interface ReadLine {
  box: Box;
  picture: Raster;
  characters: readonly ReadCharacter[];
}

/** In characters' widths: a wider gap is between two columns, or between a title's parts. */
const WIDE_GAP = 2.2;
const POINTS_PER_INCH = 72;
const HAN = /\p{Script=Han}/u;
/** Ink of an ideograph, of its em. */
const INK_OF_EM = 0.93;

/** A line → its runs in points: cut at wide gaps and where an upright rule crosses it. */
export function makeRuns(line: ReadLine, rules: readonly Rule[], dpi: number): PageRun[] {
  const runs: PageRun[] = [];
  for (const characters of cutAtGaps(line, findCrossings(line.box, rules))) {
    const text = repairPunctuation(characters.map(({ text }) => text).join(""));
    if (text !== "") runs.push(makeRun(line, characters, text, dpi));
  }
  return runs;
}

/** Weighted evenly over what is printed; a blank is nothing to be sure of. */
export function meanConfidence(characters: readonly ReadCharacter[]): number {
  const printed = characters.filter(({ text }) => text.trim() !== "");
  if (printed.length === 0) return 0;
  return printed.reduce((sum, { confidence }) => sum + confidence, 0) / printed.length;
}

/** Shares of the line's width at which upright rules cross it, not at its ends. */
function findCrossings(box: Box, rules: readonly Rule[]): number[] {
  const left = box.x - box.width / 2;
  return rules
    .filter(({ x1, x2, y1, y2 }) => x1 === x2 && y1 < box.y && y2 > box.y)
    .map(({ x1 }) => (x1 - left) / box.width)
    .filter((share) => share * box.width > box.height * 0.5 && (1 - share) * box.width > box.height * 0.5);
}

function cutAtGaps({ characters, picture }: ReadLine, crossings: readonly number[]): ReadCharacter[][] {
  const em = picture.height * 0.75;
  const parts: ReadCharacter[][] = [];
  let previous: ReadCharacter | undefined;
  for (const character of characters) {
    if (character.text.trim() === "" && !previous) continue;
    const gap = previous ? (character.start - previous.end) * picture.width : 0;
    const crossed = crossings.some(
      (share) => previous && share > middleOf(previous) && share < middleOf(character),
    );
    const open = parts.at(-1);
    if (!open || gap > WIDE_GAP * em || crossed) parts.push([character]);
    else open.push(character);
    if (character.text.trim() !== "") previous = character;
  }
  return parts;
}

function middleOf({ start, end }: ReadCharacter): number {
  return (start + end) / 2;
}

function makeRun(line: ReadLine, characters: readonly ReadCharacter[], text: string, dpi: number): PageRun {
  const { box, picture } = line;
  const whole = characters.length === line.characters.length;
  const em = picture.height * 0.75;
  const from = whole ? 0 : (characters[0]?.start ?? 0) * picture.width - em * 0.5;
  const to = whole ? picture.width : (characters.at(-1)?.end ?? 1) * picture.width + em * 0.5;
  const ink = measureInk(picture, from, to) ?? { left: from, right: to, top: 4, bottom: picture.height - 4 };
  const scale = box.height / picture.height;
  const toPoints = (scale * POINTS_PER_INCH) / dpi;
  const fontSize = Math.min(emOf(ink, text, picture.height), picture.height) * toPoints;
  const left = ((box.x - box.width / 2) * POINTS_PER_INCH) / dpi;
  const top = ((box.y - box.height / 2) * POINTS_PER_INCH) / dpi;
  const middle = top + ((ink.top + ink.bottom) / 2) * toPoints;
  return {
    text,
    x: left + ink.left * toPoints,
    y: middle - fontSize / 2,
    width: (ink.right - ink.left) * toPoints,
    height: fontSize,
    fontSize,
    confidence: meanConfidence(characters),
  };
}

/** Pixels of the line's picture. The ink tells it for ideographs; digits fill less of their em, 一 next to nothing. */
function emOf(ink: InkExtent, text: string, height: number): number {
  const tall = ink.bottom - ink.top;
  const ideographs = [...text].filter(
    (character) => HAN.test(character) && !/[一二三]/u.test(character),
  ).length;
  if (ideographs > 0) return tall / INK_OF_EM;
  return Math.max(tall / 0.75, height * 0.6);
}
