import { readLabel } from "../outline/read-label.ts";
import type { Paragraph } from "./join-paragraphs.ts";

const MAX_CELL = 20;
const MIN_CELLS = 4;
const MAX_BLOCK = 1200;

/**
 * Cells and rows of a table that came out as lines of their own become one paragraph: a run of short lines without
 * punctuation, or of lines with tabs or bars.
 */
export function mergeTables(text: string, paragraphs: readonly Paragraph[]): Paragraph[] {
  const merged: Paragraph[] = [];
  let index = 0;
  while (index < paragraphs.length) {
    const length = countRows(paragraphs, index);
    const first = paragraphs[index];
    const last = paragraphs[index + length - 1];
    if (!first || !last) break;
    merged.push(
      length === 1 ? first : { start: first.start, end: last.end, text: text.slice(first.start, last.end) },
    );
    index += length;
  }
  return merged;
}

function countRows(paragraphs: readonly Paragraph[], from: number): number {
  for (const [isPart, minimum] of [
    [isTextRow, 2],
    [isCell, MIN_CELLS],
  ] as const) {
    let length = 0;
    const start = paragraphs[from]?.start ?? 0;
    for (let index = from; index < paragraphs.length; index += 1) {
      const paragraph = paragraphs[index];
      if (!paragraph || isKnown(paragraph) || !isPart(paragraph.text) || paragraph.end - start > MAX_BLOCK)
        break;
      length += 1;
    }
    if (length >= minimum) return length;
  }
  return 1;
}

/** Formats that keep their tables and paragraphs apart need no guessing. */
function isKnown({ note }: Paragraph): boolean {
  return note !== undefined && (note.kind !== "paragraph" || note.table !== undefined);
}

function isTextRow(text: string): boolean {
  return (text.includes("\t") || (text.match(/[|｜]/g)?.length ?? 0) >= 2) && !readLabel(text);
}

function isCell(text: string): boolean {
  return text.length <= MAX_CELL && !/[。；，：:？?！]/.test(text) && !readLabel(text);
}
