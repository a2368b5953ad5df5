import type { Paragraph } from "./join-paragraphs.ts";
import { endsSentence, standsAlone } from "./line-roles.ts";

const MAX_CHARACTERS = 60;
const MAX_LINES = 4;
const MAX_STYLES = 5;
/** Of a document's characters: more is no heading but the way it is printed. */
const MAX_SHARE = 0.25;
/** Recognised sizes are measured from the picture and waver. */
const LARGER = { text: 1.12, ocr: 1.28 };

/** Paragraphs that are headings by their print → level, 1 for the largest. Nothing where print tells nothing. */
export function markHeadings(paragraphs: readonly Paragraph[], bodySize: number): Map<Paragraph, number> {
  const total = sumCharacters(paragraphs);
  const bodyIsBold = sumCharacters(paragraphs.filter(isBold)) > 0.4 * total;
  const candidates = paragraphs.filter((paragraph) => isCandidate(paragraph, bodySize, bodyIsBold));
  if (candidates.length === 0 || sumCharacters(candidates) > MAX_SHARE * total) return new Map();
  const styles = [...new Set(candidates.map((paragraph) => styleOf(paragraph)))].sort((a, b) => b - a);
  if (styles.length > MAX_STYLES) return new Map();
  return new Map(candidates.map((paragraph) => [paragraph, styles.indexOf(styleOf(paragraph)) + 1]));
}

function isCandidate(paragraph: Paragraph, bodySize: number, bodyIsBold: boolean): boolean {
  const { text, lines, placement } = paragraph;
  const first = lines[0]?.line;
  if (!first || placement === "right" || lines.length > MAX_LINES || [...text].length > MAX_CHARACTERS)
    return false;
  if (/[，、；]$/.test(text) || endsSentence(text) || standsAlone(text) || !/[\p{L}]/u.test(text))
    return false;
  if (isLetterhead(paragraph)) return false;
  const ratio = Math.min(...lines.map(({ line }) => line.fontSize)) / bodySize;
  if (first.origin === "ocr") return ratio >= LARGER.ocr && (placement === "centred" || lines.length > 1);
  return ratio >= LARGER.text || (isBold(paragraph) && !bodyIsBold && ratio >= 0.95);
}

/** 上海市某区某局文件: who issues, not what about. */
function isLetterhead({ text, lines }: Paragraph): boolean {
  return lines[0]?.line.page === 1 && /(?:文\s?件|公\s?报|司\s?法\s?部\s?令)$/.test(text);
}

function isBold({ lines }: Paragraph): boolean {
  return lines.every(({ line }) => line.bold && line.segments.every(({ bold }) => bold));
}

/** Larger is more; bold counts between sizes. Sizes that differ by less than half a point are one. */
function styleOf(paragraph: Paragraph): number {
  const size = Math.max(...paragraph.lines.map(({ line }) => line.fontSize));
  const origin = paragraph.lines[0]?.line.origin;
  return Math.round(size * (origin === "ocr" ? 0.4 : 1)) + (isBold(paragraph) ? 0.5 : 0);
}

function sumCharacters(paragraphs: readonly Paragraph[]): number {
  return paragraphs.reduce((sum, { text }) => sum + text.length, 0);
}
