import { tidyLine } from "../tidy-line.ts";
import { findChild, isOn, readNumber, readValue } from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import { joinLabel } from "./count-numbers.ts";
import type { NoteKind, Piece, Place } from "./piece.ts";
import { readRuns } from "./read-runs.ts";
import { inContents, isContentsField, type ReadingState } from "./reading-state.ts";
import { joinLines, type RoughLine, splitLines } from "./split-lines.ts";
import type { Style } from "./styles.ts";

export interface Line {
  text: string;
  place: Place;
}

export interface ParagraphContent {
  /** Without empty ones; a heading is one line. */
  lines: Line[];
  /** By style; 1 is the outermost. */
  headingLevel?: number;
  bold: boolean;
  notes: { note: NoteKind; id: string }[];
  boxes: XmlElement[];
}

/** Undefined: nothing to read here, or the paragraph goes on in the next one. */
export function readParagraph(element: XmlElement, state: ReadingState): ParagraphContent | undefined {
  const properties = findChild(element, "w:pPr");
  const style = state.styles.paragraph(readValue(properties, "w:pStyle"));
  leaveUnclosedContents(style, state);
  if (isOn(properties, "w:pageBreakBefore")) state.place.written += 1;
  const pieces = readRuns(element, style, state);
  // Instructions stand in one paragraph; one that does not end would swallow the rest of the document.
  state.fields = state.fields.filter(({ phase }) => phase === "result");
  addSectionBreak(properties, state);
  if (style?.isContents) {
    state.contentsSeen += 1;
    return undefined;
  }
  if (endsInNext(properties, state)) {
    state.carried.push(...pieces);
    return undefined;
  }
  const all = [...state.carried.splice(0), ...pieces];
  return toContent(all, properties, style, state);
}

/** A table of contents holds no headings: its field was never closed. */
function leaveUnclosedContents(style: Style | undefined, state: ReadingState): void {
  if (style?.headingLevel === undefined || style.isContents || !inContents(state)) return;
  const first = state.fields.findIndex(({ instruction }) => isContentsField(instruction));
  state.fields.splice(first);
}

/** The paragraph's end is deleted, or hidden as Word's style separator: its text runs on. */
function endsInNext(properties: XmlElement | undefined, state: ReadingState): boolean {
  const mark = findChild(properties, "w:rPr");
  if (!mark) return false;
  if (findChild(mark, "w:ins") || findChild(mark, "w:moveTo")) state.seen.revisions = true;
  if (findChild(mark, "w:del") || findChild(mark, "w:moveFrom")) {
    state.seen.revisions = true;
    return true;
  }
  return isOn(mark, "w:vanish") === true && isOn(mark, "w:specVanish") === true;
}

function addSectionBreak(properties: XmlElement | undefined, state: ReadingState): void {
  const section = findChild(properties, "w:sectPr");
  if (section && readValue(section, "w:type") !== "continuous") state.place.written += 1;
}

/** What was carried over and has no paragraph to go on in. */
export function flushCarried(state: ReadingState): ParagraphContent | undefined {
  const pieces = state.carried.splice(0);
  return pieces.length === 0 ? undefined : toContent(pieces, undefined, undefined, state);
}

function toContent(
  pieces: readonly Piece[],
  properties: XmlElement | undefined,
  style: Style | undefined,
  state: ReadingState,
): ParagraphContent | undefined {
  const rough = toRoughLines(pieces);
  const texts = rough.filter(({ text }) => tidyLine(text) !== "");
  const notes = pieces.flatMap((piece) =>
    piece.kind === "note" ? [{ note: piece.note, id: piece.id }] : [],
  );
  const boxes = pieces.flatMap((piece) => (piece.kind === "box" ? [piece.content] : []));
  if (texts.length === 0 && notes.length === 0 && boxes.length === 0) return undefined;
  const label = texts.length === 0 ? "" : nextLabel(properties, style, state);
  const level = readHeadingLevel(properties, style);
  const lines = (level === undefined ? splitLines(rough) : joinLines(rough)).map((line, index) => ({
    place: line.place,
    text: index === 0 ? joinLabel(label, tidyLine(line.text)) : tidyLine(line.text),
  }));
  const printed = pieces.filter((piece) => piece.kind === "text" && piece.text.trim() !== "");
  return {
    lines,
    ...(level !== undefined && isHeadingText(lines) ? { headingLevel: level } : {}),
    bold: printed.length > 0 && printed.every((piece) => piece.kind === "text" && piece.bold),
    notes,
    boxes,
  };
}

function toRoughLines(pieces: readonly Piece[]): RoughLine[] {
  const lines: RoughLine[] = [];
  const nowhere = { rendered: 0, written: 0 };
  let open = { text: "", place: nowhere, page: false };
  for (const piece of pieces) {
    if (piece.kind === "break") {
      lines.push(open);
      open = { text: "", place: nowhere, page: piece.page };
    } else if (piece.kind === "text") {
      if (open.text.trim() === "") open.place = piece.place;
      open.text += piece.text;
    }
  }
  lines.push(open);
  return lines;
}

function readHeadingLevel(properties: XmlElement | undefined, style: Style | undefined): number | undefined {
  const outline = readNumber(properties, "w:outlineLvl");
  if (outline === undefined) return style?.headingLevel;
  return outline <= 8 ? outline + 1 : undefined;
}

/** Whole paragraphs get heading styles too; a text with sentences is read as text. */
function isHeadingText(lines: readonly Line[]): boolean {
  const text = lines[0]?.text ?? "";
  return text.length <= 120 && !(text.length > 40 && /。/.test(text)) && !/。.*。/.test(text);
}

function nextLabel(
  properties: XmlElement | undefined,
  style: Style | undefined,
  state: ReadingState,
): string {
  const own = findChild(properties, "w:numPr");
  const numId = readValue(own, "w:numId") ?? style?.numId;
  if (numId === undefined || numId === "0") return "";
  const level = readNumber(own, "w:ilvl") ?? levelOfStyle(numId, style, state) ?? style?.numLevel ?? 0;
  return state.counter.next(numId, level);
}

/** A list's level can name the style that it belongs to; the style then names no level. */
function levelOfStyle(numId: string, style: Style | undefined, state: ReadingState): number | undefined {
  if (!style) return undefined;
  for (const [level, { styleId }] of state.numbering.list(numId)?.levels ?? []) {
    if (styleId === style.id) return level;
  }
  return undefined;
}
