import { createNumberCounter, joinLabel } from "../../docx/count-numbers.ts";
import type { Numbering } from "../../docx/numbering.ts";
import { joinLines, type RoughLine, splitLines } from "../../docx/split-lines.ts";
import { tidyLine } from "../../tidy-line.ts";
import { type Characters, readCharacters } from "./read-characters.ts";
import { readLists } from "./read-lists.ts";
import {
  findRun,
  type Modifier,
  type ParagraphRun,
  type Run,
  readCharacterRuns,
  readParagraphRuns,
} from "./read-properties.ts";
import { readStyles } from "./read-styles.ts";
import type { WordFile } from "./word-file.ts";

export interface DocParagraph {
  /** Positions of characters. */
  from: number;
  to: number;
  /** Without empty ones; the first begins with the generated number. */
  lines: string[];
  headingLevel?: number;
  bold: boolean;
  inTable: boolean;
  /** The last of a cell, or the mark at the end of a row, with the row's properties. */
  ends: "cell" | "row" | undefined;
  modifiers: readonly Modifier[];
}

const SPRM = {
  outlineLevel: 0x2640,
  inTable: 0x2416,
  rowEnd: 0x2417,
  list: 0x460b,
  listLevel: 0x260a,
  deleted: 0x0800,
  hidden: 0x083c,
  bold: 0x0835,
} as const;
const BODY_TEXT_LEVEL = 9;
const PLACE = { rendered: 0, written: 0 };

/** The paragraphs from `from` to `to`, with numbers, in order. Throws RangeError on files that contradict themselves. */
export function createParagraphReader(
  file: WordFile,
): (from: number, to: number) => { paragraphs: DocParagraph[]; hasContents: boolean } {
  const characters = readCharacters(file);
  const paragraphRuns = readParagraphRuns(file).sort((a, b) => a.from - b.from);
  const characterRuns = readCharacterRuns(file).sort((a, b) => a.from - b.from);
  const unprinted = characterRuns.filter(
    ({ modifiers }) => isOn(modifiers, SPRM.deleted) || isOn(modifiers, SPRM.hidden),
  );
  const bold = characterRuns.filter(({ modifiers }) => isOn(modifiers, SPRM.bold));
  const numbering = readLists(file);
  const counter = createNumberCounter(numbering);
  const styleOf = readStyles(file);
  return (from, to) => {
    const paragraphs: DocParagraph[] = [];
    let hasContents = false;
    for (const [start, end] of cut(characters.text, from, Math.min(to, characters.text.length))) {
      const run = findRun<ParagraphRun>(paragraphRuns, characters.offsetOf(end));
      const style = styleOf(run?.style ?? 0);
      const modifiers = [...(style?.modifiers ?? []), ...(run?.modifiers ?? [])];
      const own = { start, end, characters, unprinted, bold };
      const rough = readText(own);
      if (style?.isContents || rough.some(({ text }) => CONTENTS_LINE.test(text))) {
        hasContents = true;
        continue;
      }
      const hasText = rough.some(({ text }) => tidyLine(text) !== "");
      const label = hasText ? nextLabel(modifiers, run?.style ?? 0, numbering, counter) : "";
      const level = headingLevelOf(modifiers, style?.headingLevel);
      const lines = (level === undefined ? splitLines(rough) : joinLines(rough)).map(({ text }, index) =>
        index === 0 ? joinLabel(label, tidyLine(text)) : tidyLine(text),
      );
      const isRowEnd = isOn(modifiers, SPRM.rowEnd);
      paragraphs.push({
        from: start,
        to: end + 1,
        lines,
        ...(level !== undefined && isHeadingText(lines[0] ?? "") && { headingLevel: level }),
        bold: hasText && isBold(own),
        inTable: isOn(modifiers, SPRM.inTable),
        ends: isRowEnd ? "row" : characters.text[end] === CELL ? "cell" : undefined,
        modifiers,
      });
    }
    return { paragraphs, hasContents };
  };
}

const CELL = "\u0007";
/** 一、总则→3: a tab and a page number at the end. */
const CONTENTS_LINE = /\S\t+\s*\d{1,4}\s*$/;

/** Paragraphs by their end marks: the place of the mark is the second number. */
function* cut(text: string, from: number, to: number): Generator<[number, number]> {
  let start = from;
  for (let at = from; at < to; at += 1) {
    const character = text[at];
    if (character !== "\r" && character !== CELL && character !== "\f") continue;
    yield [start, at];
    start = at + 1;
  }
  if (start < to) yield [start, to - 1];
}

interface Span {
  start: number;
  end: number;
  characters: Characters;
  unprinted: readonly Run[];
  bold: readonly Run[];
}

/** Lines as broken by hand, without instructions of fields, deleted and hidden text. */
function readText({ start, end, characters, unprinted }: Span): RoughLine[] {
  const lines: RoughLine[] = [{ text: "", place: PLACE, page: false }];
  const instructions: boolean[] = [];
  const last = characters.text[end];
  const stop = last === "\r" || last === CELL || last === "\f" ? end : end + 1;
  for (let at = start; at < stop; at += 1) {
    const character = characters.text[at] ?? "";
    if (character === "\u0013") instructions.push(true);
    else if (character === "\u0014") instructions[instructions.length - 1] = false;
    else if (character === "\u0015") instructions.pop();
    else if (!instructions.includes(true) && !findRun(unprinted, characters.offsetOf(at))) {
      if (character === "\u000b" || character === "\u000e")
        lines.push({ text: "", place: PLACE, page: false });
      else (lines.at(-1) ?? { text: "" }).text += printed(character);
    }
  }
  return lines;
}

function printed(character: string): string {
  if (character === "\u001e") return "-";
  return character < " " && character !== "\t" ? "" : character;
}

function isBold({ start, end, characters, bold }: Span): boolean {
  for (let at = start; at < end; at += 1) {
    if ((characters.text[at] ?? "") > " " && !findRun(bold, characters.offsetOf(at))) return false;
  }
  return true;
}

/** The last one that speaks of it counts. */
function operandOf(modifiers: readonly Modifier[], code: number): Modifier | undefined {
  return modifiers.findLast((modifier) => modifier.code === code);
}

function isOn(modifiers: readonly Modifier[], code: number): boolean {
  const found = operandOf(modifiers, code);
  return found !== undefined && (found.view.getUint8(found.at) & 1) === 1;
}

function headingLevelOf(modifiers: readonly Modifier[], ofStyle: number | undefined): number | undefined {
  const outline = operandOf(modifiers, SPRM.outlineLevel);
  if (!outline) return ofStyle;
  const level = outline.view.getUint8(outline.at);
  return level < BODY_TEXT_LEVEL ? level + 1 : undefined;
}

/** Whole paragraphs get heading styles too; a text with sentences is read as text. */
function isHeadingText(text: string): boolean {
  return text.length <= 120 && !(text.length > 40 && text.includes("。")) && !/。.*。/.test(text);
}

function nextLabel(
  modifiers: readonly Modifier[],
  style: number,
  numbering: Numbering,
  counter: ReturnType<typeof createNumberCounter>,
): string {
  const list = operandOf(modifiers, SPRM.list);
  const name = list?.view.getInt16(list.at, true) ?? 0;
  if (name <= 0) return "";
  const level = operandOf(modifiers, SPRM.listLevel);
  return counter.next(
    String(name),
    level?.view.getUint8(level.at) ?? levelOfStyle(numbering, String(name), style) ?? 0,
  );
}

/** A list's level can name the style that it belongs to; the style then names no level. */
function levelOfStyle(numbering: Numbering, list: string, style: number): number | undefined {
  for (const [level, { styleId }] of numbering.list(list)?.levels ?? []) {
    if (styleId === String(style)) return level;
  }
  return undefined;
}
