import type { ReadBlock } from "../types.ts";
import { continueTable, isContinuation } from "./continue-tables.ts";
import { findContents } from "./drop-contents.ts";
import { meanConfidence } from "./fill-grid.ts";
import { joinParagraphs, type Paragraph, type SetLine } from "./join-paragraphs.ts";
import { markHeadings } from "./mark-headings.ts";
import type { LaidPage, Margins, Region, Table } from "./page-types.ts";
import { countHeaderRows, joinHeader } from "./table-header.ts";

type Piece =
  | { kind: "line"; set: SetLine }
  | { kind: "table"; table: Table }
  | { kind: "footnote"; block: ReadBlock };

/** Regions in reading order → blocks of the document. */
export function writeBlocks(
  pages: readonly LaidPage[],
  margins: ReadonlyMap<Region, Margins>,
  bodySize: number,
): { blocks: ReadBlock[]; warnings: string[] } {
  const { pieces, contents } = dropContents(listPieces(pages, margins));
  const parts = groupPieces(pieces);
  const headings = markHeadings(
    parts.flatMap((part) => (part.kind === "paragraph" ? [part.paragraph] : [])),
    bodySize,
  );
  let tables = 0;
  const blocks = parts.flatMap((part): ReadBlock[] => {
    if (part.kind === "footnote") return [part.block];
    if (part.kind === "paragraph") return [toBlock(part.paragraph, headings.get(part.paragraph))];
    tables += 1;
    return toRows(part.table, tables);
  });
  const warnings = contents.length === 0 ? [] : [`第 ${contents.join("、")} 页的目录没有收入正文。`];
  return { blocks: blocks.filter(({ text }) => text !== ""), warnings };
}

function listPieces(pages: readonly LaidPage[], margins: ReadonlyMap<Region, Margins>): Piece[] {
  const pieces: Piece[] = [];
  for (const page of pages) {
    for (const region of page.regions) {
      const own = margins.get(region) ?? { left: 0, right: 0, em: 12, pitch: 18 };
      let sameRegion = false;
      for (const item of region.items) {
        if (item.kind === "table") pieces.push(item);
        else pieces.push({ kind: "line", set: { line: item.line, margins: own, sameRegion } });
        sameRegion = item.kind === "line";
      }
    }
    for (const { text, confidence } of page.footnotes) {
      pieces.push({
        kind: "footnote",
        block: {
          kind: "footnote",
          text,
          page: page.page,
          ...(confidence !== null && { confidence: round(confidence) }),
        },
      });
    }
  }
  return pieces;
}

/** `contents`: the pages on which a table of contents stood. Its entries may have been taken for rows of a table. */
function dropContents(pieces: readonly Piece[]): { pieces: Piece[]; contents: number[] } {
  const lines = pieces.flatMap((piece, index) => {
    if (piece.kind === "line") return [{ text: piece.set.line.text, page: piece.set.line.page, index }];
    if (piece.kind === "footnote") return [];
    return piece.table.rows.map(({ cells, page }) => ({ text: cells.join(" "), page, index }));
  });
  const dropped = findContents(lines);
  const left = new Set(lines.filter((_, position) => !dropped.has(position)).map(({ index }) => index));
  const gone = lines.filter(({ index }, position) => dropped.has(position) && !left.has(index));
  const indexes = new Set(gone.map(({ index }) => index));
  return {
    pieces: pieces.filter((_, index) => !indexes.has(index)),
    contents: [...new Set(gone.map(({ page }) => page))],
  };
}

type Part =
  | { kind: "paragraph"; paragraph: Paragraph }
  | { kind: "table"; table: Table }
  | { kind: "footnote"; block: ReadBlock };

/** Lines between tables become paragraphs; footnotes at a page's foot do not end the paragraph that goes on overleaf. */
function groupPieces(pieces: readonly Piece[]): Part[] {
  const parts: Part[] = [];
  let lines: SetLine[] = [];
  let notes: { after: number; block: ReadBlock }[] = [];
  const flush = () => {
    let done = 0;
    for (const paragraph of joinParagraphs(lines)) {
      parts.push({ kind: "paragraph", paragraph });
      done += paragraph.lines.length;
      parts.push(...notes.filter(({ after }) => after <= done).map(({ block }) => footnote(block)));
      notes = notes.filter(({ after }) => after > done);
    }
    parts.push(...notes.map(({ block }) => footnote(block)));
    [lines, notes] = [[], []];
  };
  for (const piece of pieces) {
    if (piece.kind === "line") lines.push(piece.set);
    else if (piece.kind === "footnote") notes.push({ after: lines.length, block: piece.block });
    else {
      flush();
      const last = parts.findLast((part) => part.kind !== "footnote");
      if (last?.kind === "table" && isContinuation(last.table, piece.table)) {
        last.table = continueTable(last.table, piece.table);
      } else parts.push({ kind: "table", table: piece.table });
    }
  }
  flush();
  return parts;
}

const footnote = (block: ReadBlock): Part => ({ kind: "footnote", block });

function toBlock({ text, lines }: Paragraph, level: number | undefined): ReadBlock {
  const confidence = meanConfidence(lines.map(({ line }) => line));
  return {
    kind: level === undefined ? "paragraph" : "heading",
    text,
    page: lines[0]?.line.page ?? null,
    ...(level !== undefined && { level }),
    ...(confidence !== null && { confidence: round(confidence) }),
  };
}

function toRows(table: Table, id: number): ReadBlock[] {
  const headerRows = countHeaderRows(table);
  const header = joinHeader(table.rows.slice(0, headerRows));
  return table.rows.map((row, index) => ({
    kind: "row",
    text: row.cells.every((cell) => cell === "") ? "" : row.cells.join(" | "),
    page: row.page,
    table: { id, row: index, isHeader: index < headerRows, header },
    ...(row.confidence !== null && { confidence: round(row.confidence) }),
  }));
}

function round(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}
