import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";

/** The table that is being read, under the node that it belongs to. */
export interface OpenTable {
  id: number;
  /** 三（一）表1. */
  section: string;
  /** Rows so far, those of the header left out. */
  rows: number;
}

const MAX_TINY_ROW = 30;
const MAX_TINY_TABLE = 300;

/**
 * A table without a header whose rows are a few words each becomes one paragraph: a row alone would say nothing.
 * Every other row stays a unit of its own.
 */
export function mergeTinyTables(text: string, paragraphs: readonly Paragraph[]): Paragraph[] {
  const merged: Paragraph[] = [];
  let index = 0;
  while (index < paragraphs.length) {
    const first = paragraphs[index];
    if (!first) break;
    const length = isRow(first) ? countRows(paragraphs, index) : 1;
    const rows = paragraphs.slice(index, index + length);
    const last = rows.at(-1) ?? first;
    if (length > 1 && isTiny(rows)) {
      const { start } = first;
      const note = first.note && { ...first.note, kind: "paragraph" as const };
      merged.push({ start, end: last.end, text: text.slice(start, last.end), ...(note && { note }) });
    } else for (const row of rows) merged.push(row);
    index += length;
  }
  return merged;
}

function countRows(paragraphs: readonly Paragraph[], from: number): number {
  const id = paragraphs[from]?.note?.table?.id;
  let to = from + 1;
  while (to < paragraphs.length && paragraphs[to]?.note?.table?.id === id && isRow(paragraphs[to] ?? {}))
    to += 1;
  return to - from;
}

function isTiny(rows: readonly Paragraph[]): boolean {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last || last.end - first.start > MAX_TINY_TABLE) return false;
  return rows.every(({ text, note }) => note?.table?.header == null && text.length <= MAX_TINY_ROW);
}

/** A header row is over the rows, not one of them; a table of header rows only is read as rows. */
export function isHeaderRow(paragraphs: readonly Paragraph[], index: number): boolean {
  const table = paragraphs[index]?.note?.table;
  if (!table?.isHeader) return false;
  for (let next = index + 1; next < paragraphs.length; next += 1) {
    const below = paragraphs[next]?.note?.table;
    if (below?.id !== table.id) return false;
    if (!below.isHeader) return true;
  }
  return false;
}
