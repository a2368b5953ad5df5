import { joinLines } from "./join-text.ts";
import {
  endsSentence,
  firstWordWidth,
  leftover,
  type Placement,
  placeLine,
  standsAlone,
  startsWithLabel,
} from "./line-roles.ts";
import type { Line, Margins } from "./page-types.ts";

/** A line with what surrounds it. */
export interface SetLine {
  line: Line;
  margins: Margins;
  /** Whether it stands in the same column of the same page as the line before it. */
  sameRegion: boolean;
}

export interface Paragraph {
  lines: SetLine[];
  text: string;
  placement: Placement;
}

/** An indent of two characters, as it is printed: between one and a half and three. */
const INDENT = 1.3;
const OCR_INDENT = 1.4;

export function joinParagraphs(lines: readonly SetLine[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const set of lines) {
    const current = paragraphs.at(-1);
    if (current && goesOn(current, set)) {
      current.lines.push(set);
      current.text = joinLines(current.text, set.line.text);
    } else {
      paragraphs.push({ lines: [set], text: set.line.text, placement: placeLine(set.line, set.margins) });
    }
  }
  return paragraphs;
}

function goesOn(paragraph: Paragraph, next: SetLine): boolean {
  const last = paragraph.lines.at(-1);
  if (!last || looksDifferent(last.line, next.line) || isFarBelow(last, next)) return false;
  const placement = placeLine(next.line, next.margins);
  if (isTitleSize(last) && isTitleSize(next)) return titleGoesOn(paragraph, last, next, placement);
  const before = placeLine(last.line, last.margins);
  if (before === "right" || placement === "right") return false;
  if (before === "centred") return placement === "centred" && titleGoesOn(paragraph, last, next, placement);
  if (standsAlone(last.line.text) && paragraph.lines.length === 1) return false;
  const room = leftover(last.line, last.margins);
  const slack = next.line.origin === "ocr" ? 1 : 0.6;
  const full = room <= firstWordWidth(next.line.text) + slack;
  if (!full) return false;
  if (placement === "centred" && !endsMidSentence(paragraph)) return false;
  return textGoesOn(paragraph, last, next);
}

/** The line before reaches the margin: numbering and indents tell whether a new paragraph begins. */
function textGoesOn(paragraph: Paragraph, last: SetLine, next: SetLine): boolean {
  const indent = (next.line.x - next.margins.left) / next.margins.em;
  const indented = indent >= (next.line.origin === "ocr" ? OCR_INDENT : INDENT);
  const ended = endsSentence(paragraph.text);
  if (startsWithLabel(next.line.text) && (indented || ended)) return false;
  if (!indented) return true;
  if (ended) return false;
  const offset = (next.line.x - last.line.x) / next.margins.em;
  const hanging = paragraph.lines.length === 1 && startsWithLabel(paragraph.text) && offset > 0.5;
  const block = paragraph.lines.length > 1 && Math.abs(offset) < 0.6;
  // A whole list that stands further in: its lines begin below each other.
  const inset = paragraph.lines.length === 1 && Math.abs(offset) < 0.6 && indent > 2.6;
  return hanging || block || inset;
}

function endsMidSentence({ text }: Paragraph): boolean {
  return /[，、（《“〔的和与及或]$/.test(text);
}

/** Lines of one title: below each other, in the same print, without numbering of their own. */
function titleGoesOn(paragraph: Paragraph, last: SetLine, next: SetLine, placement: Placement): boolean {
  const { line, margins } = next;
  if (startsWithLabel(line.text) || standsAlone(line.text) || standsAlone(last.line.text)) return false;
  if (endsSentence(paragraph.text) || paragraph.lines.length >= 5) return false;
  if (startsWithLabel(paragraph.text) && leftover(last.line, last.margins) > 3) return false;
  if (Math.abs(line.fontSize - last.line.fontSize) > (line.origin === "ocr" ? 0.2 : 0.04) * line.fontSize)
    return false;
  const striking = isTitleSize(next) || (line.bold && last.line.bold);
  const inset =
    (line.x - margins.left) / margins.em > 3 && (last.line.x - last.margins.left) / last.margins.em > 3;
  if (isTitleSize(next)) return placement !== "right" && (placement === "centred" || isNearMargin(last));
  return placement === "centred" && (striking || (inset && next.line.origin === "text"));
}

function isNearMargin({ line, margins }: SetLine): boolean {
  return leftover(line, margins) < 3;
}

function isTitleSize({ line, margins }: SetLine): boolean {
  return line.fontSize >= 1.22 * margins.em;
}

function looksDifferent(last: Line, next: Line): boolean {
  const tolerance = next.origin === "ocr" || last.origin === "ocr" ? 0.35 : 0.12;
  if (Math.abs(last.fontSize - next.fontSize) > tolerance * Math.min(last.fontSize, next.fontSize))
    return true;
  return last.bold !== next.bold && isWhollyOf(last, last.bold) && isWhollyOf(next, next.bold);
}

function isWhollyOf({ segments }: Line, bold: boolean): boolean {
  return segments.every((segment) => segment.bold === bold);
}

function isFarBelow(last: SetLine, next: SetLine): boolean {
  if (!next.sameRegion) return false;
  const pitch = next.line.bottom - last.line.bottom;
  const usual = Math.max(next.margins.pitch, next.line.fontSize * 1.15);
  const title = isTitleSize(next) ? 1.3 : 1;
  return pitch > 1.45 * usual * title;
}
