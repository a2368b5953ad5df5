import type { ReadBlock } from "../../../types.ts";
import { buildRows } from "../../table/build-rows.ts";
import { createParagraphReader, type DocParagraph } from "./read-paragraphs.ts";
import { type DocRow, toGrid } from "./read-row.ts";
import { openWordFile, PARTS, type WordFile } from "./word-file.ts";

interface Note {
  /** Position of its mark in the body. */
  at: number;
  text: string;
}

/**
 * The body of a doc with what the text alone does not show: generated numbers, heading styles, merged cells, notes where they
 * belong, without deleted text. Undefined where the file does not say enough; throws RangeError where it contradicts itself.
 */
export function readBody(bytes: Uint8Array): ReadBlock[] | undefined {
  const file = openWordFile(bytes);
  const read = createParagraphReader(file);
  const { paragraphs: all, hasContents } = read(0, file.lengths.body);
  const paragraphs = hasContents ? all.filter(({ lines }) => !CONTENTS_TITLE.test(lines.join(""))) : all;
  const cells = paragraphs.filter(({ ends }) => ends === "cell");
  if (cells.length > 0 && !paragraphs.some(({ inTable }) => inTable)) return undefined;
  const notes = readNotes(file, read);
  return writeBlocks(paragraphs, notes);
}

const CONTENTS_TITLE = /^目[\s\u3000]*[录錄次]$/;

function readNotes(file: WordFile, read: ReturnType<typeof createParagraphReader>): Note[] {
  const { body, footnotes, endnotes, beforeEndnotes } = file.lengths;
  const take = (references: number, texts: number, start: number, length: number, mark: string): Note[] => {
    const [marks, bounds] = [file.part(references), file.part(texts)];
    if (!marks || !bounds || length === 0) return [];
    const count = Math.floor((marks.byteLength - 4) / 6);
    return Array.from({ length: count }, (_, index): Note => {
      const [from, to] = [bounds.getUint32(index * 4, true), bounds.getUint32(index * 4 + 4, true)];
      const { paragraphs } = read(start + from, start + Math.min(to, length));
      const text = paragraphs.flatMap(({ lines }) => lines).join("");
      return { at: marks.getUint32(index * 4, true), text: text && `［${mark}${index + 1}］${text}` };
    }).filter(({ text }) => text !== "");
  };
  return [
    ...take(PARTS.footnoteReferences, PARTS.footnoteTexts, body, footnotes, ""),
    ...take(PARTS.endnoteReferences, PARTS.endnoteTexts, beforeEndnotes, endnotes, "尾注"),
  ].sort((a, b) => a.at - b.at);
}

function writeBlocks(paragraphs: readonly DocParagraph[], notes: readonly Note[]): ReadBlock[] {
  const blocks: ReadBlock[] = [];
  const waiting = [...notes];
  let rows: DocRow[] = [];
  let cells: DocParagraph[][] = [];
  let cell: DocParagraph[] = [];
  let tables = 0;
  const addNotes = (until: number): void => {
    while (waiting[0] && waiting[0].at < until) {
      blocks.push({ kind: "footnote", text: waiting.shift()?.text ?? "", page: null });
    }
  };
  const closeTable = (): void => {
    if (cell.length > 0) cells.push(cell);
    const last = cell.at(-1) ?? cells.at(-1)?.at(-1);
    if (cells.length > 0 && last) rows.push({ cells, end: last });
    if (rows.length > 0) {
      const written = writeTable(rows, tables + 1);
      if (written.some(({ kind }) => kind === "row")) tables += 1;
      blocks.push(...written);
    }
    [rows, cells, cell] = [[], [], []];
  };
  for (const paragraph of paragraphs) {
    if (paragraph.ends === "row") {
      if (cells.length > 0) rows.push({ cells, end: paragraph });
      [cells, cell] = [[], []];
    } else if (paragraph.ends === "cell") {
      cells.push([...cell, paragraph]);
      cell = [];
    } else if (paragraph.inTable) {
      cell.push(paragraph);
    } else {
      closeTable();
      addNotes(paragraph.from);
      blocks.push(...writeParagraph(paragraph));
      addNotes(paragraph.to);
    }
  }
  closeTable();
  addNotes(Number.POSITIVE_INFINITY);
  return blocks;
}

function writeParagraph({ lines, headingLevel }: DocParagraph): ReadBlock[] {
  return lines
    .filter((text) => text !== "")
    .map((text) => ({
      kind: headingLevel === undefined ? ("paragraph" as const) : ("heading" as const),
      text,
      page: null,
      ...(headingLevel !== undefined && { level: headingLevel }),
    }));
}

/** A single row or column only frames text. */
function writeTable(rows: readonly DocRow[], id: number): ReadBlock[] {
  if (rows.length <= 1 || rows.every(({ cells }) => cells.length <= 1)) {
    return rows.flatMap(({ cells }) => cells.flat().flatMap(writeParagraph));
  }
  const built = buildRows(toGrid(rows), id);
  return [
    ...built.titles.map(({ text }): ReadBlock => ({ kind: "paragraph", text, page: null })),
    ...built.rows.map(({ text, table }): ReadBlock => ({ kind: "row", text, page: null, table })),
  ];
}
