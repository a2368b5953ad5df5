import type { ReadBlock, ReadDocument } from "../../readers/index.ts";
import { toBlockNote } from "./block-note.ts";
import { cleanRecognised, isStray } from "./clean-recognised.ts";
import { joinParagraphs } from "./join-paragraphs.ts";
import { normalizeDocumentText } from "./normalize-document-text.ts";
import type { Line } from "./split-lines.ts";

export interface LaidOutText {
  /** One paragraph a line. */
  text: string;
  /** Never to be joined any more. */
  lines: Line[];
  /** Blocks left out: page numbers and stray characters of recognised pages. */
  dropped: number;
}

/** The blocks of a read document as text, one paragraph a line, with what the reader knows of each line. */
export function layOutBlocks(document: ReadDocument): LaidOutText {
  const blocks = document.blocks.map(cleanBlock).filter(({ text }) => text.trim() !== "");
  const kept = document.pages === null ? blocks : blocks.filter((_, index) => !isStray(blocks, index));
  const paged = document.pages === null ? kept : kept.flatMap(splitClosing);
  const ordered = document.paragraphs === "lines" ? delayFootnotes(paged) : paged;
  const { text, lines } =
    document.format === "xlsx" && hasSheets(ordered) ? writeSheets(ordered) : writeLines(ordered, NO_SHEETS);
  const dropped = blocks.length - kept.length;
  if (document.paragraphs === "whole") return { text, lines, dropped };
  return { ...rejoin(text, lines), dropped };
}

function cleanBlock(block: ReadBlock): ReadBlock {
  const line = normalizeDocumentText(block.text).replace(/\n+/g, " ");
  return { ...block, text: block.confidence === undefined ? line : cleanRecognised(line) };
}

/** 特此通知。 joined to the short last line of the paragraph over it: on a page the two look like one. */
function splitClosing(block: ReadBlock): ReadBlock[] {
  const at = block.kind === "paragraph" ? block.text.search(CLOSING) : -1;
  if (at <= 0) return [block];
  return [
    { ...block, text: block.text.slice(0, at) },
    { ...block, text: block.text.slice(at) },
  ];
}

const CLOSING = /(?<=[。！])特此(?:通知|公告|通告|公布|公示|函告|函复|函达|批复|报告|说明|告知|通报)[。！]?$/;

function hasSheets(blocks: readonly ReadBlock[]): boolean {
  return blocks.filter((block) => isHeading(block, 1)).length > 1;
}

/** A sheet with a title of its own goes by that, not by its name; the title of the first sheet is that of the whole. */
function writeSheets(blocks: readonly ReadBlock[]): { text: string; lines: Line[] } {
  const heads = new Set<ReadBlock>();
  const written = blocks.flatMap((block, index) => {
    if (isHeading(block, 1) && isHeading(blocks[index + 1], 2)) return [];
    const isTitle = isHeading(block, 2) && isHeading(blocks[index - 1], 1);
    const kept = isTitle ? { ...block, level: 1 } : block;
    if (isHeading(kept, 1) && !(isTitle && index === 1)) heads.add(kept);
    return [kept];
  });
  return writeLines(written, heads);
}

const NO_SHEETS: ReadonlySet<ReadBlock> = new Set();

function isHeading(block: ReadBlock | undefined, level: number): boolean {
  return block?.kind === "heading" && block.level === level;
}

function writeLines(
  blocks: readonly ReadBlock[],
  sheetHeads: ReadonlySet<ReadBlock>,
): { text: string; lines: Line[] } {
  const pieces: string[] = [];
  const lines: Line[] = [];
  let from = 0;
  for (const block of blocks) {
    const piece = block.text.trimEnd();
    const content = piece.trimStart();
    const start = from + piece.length - content.length;
    const indent = start - from;
    lines.push({
      start,
      end: start + content.length,
      text: content,
      indent,
      blankBefore: false,
      note: toBlockNote(block, sheetHeads.has(block)),
    });
    pieces.push(piece);
    from += piece.length + 1;
  }
  return { text: pieces.join("\n"), lines };
}

/** Lines that a page cut become one line: the text then reads like that of a format with paragraphs. */
function rejoin(text: string, lines: readonly Line[]): { text: string; lines: Line[] } {
  const starts = new Map(lines.map((line, index) => [line.start, index]));
  const pieces: string[] = [];
  const joined: Line[] = [];
  let from = 0;
  for (const paragraph of joinParagraphs(text, lines)) {
    const piece = paragraph.text
      .split("\n")
      .map((line) => line.trim())
      .reduce(joinWords);
    const first = lines[starts.get(paragraph.start) ?? -1];
    joined.push({
      start: from,
      end: from + piece.length,
      text: piece,
      indent: 0,
      blankBefore: false,
      ...(first?.note && { note: first.note }),
    });
    pieces.push(piece);
    from += piece.length + 1;
  }
  return { text: pieces.join("\n"), lines: joined };
}

/** Latin words and figures keep a blank where the line broke; a hyphen at the break goes on without one. */
function joinWords(before: string, after: string): string {
  const needsBlank = /[A-Za-z0-9,.;:)]$/.test(before) && /^[A-Za-z(]/.test(after);
  return before + (needsBlank ? " " : "") + after;
}

const MAX_DELAY = 40;

/** A note at the foot of a page stands in the middle of a paragraph that goes on overleaf: it is put after the sentence. */
function delayFootnotes(blocks: readonly ReadBlock[]): ReadBlock[] {
  const ordered: ReadBlock[] = [];
  let waiting: ReadBlock[] = [];
  let delay = 0;
  for (const block of blocks) {
    if (block.kind === "footnote") {
      waiting.push(block);
      continue;
    }
    if (
      waiting.length > 0 &&
      (endsSentence(ordered.at(-1)) || block.kind !== "paragraph" || delay >= MAX_DELAY)
    ) {
      ordered.push(...waiting);
      waiting = [];
      delay = 0;
    }
    if (waiting.length > 0) delay += 1;
    ordered.push(block);
  }
  return [...ordered, ...waiting];
}

function endsSentence(block: ReadBlock | undefined): boolean {
  return (
    block === undefined || block.kind !== "paragraph" || /[。！？；：!?;:”）)》]$/.test(block.text.trimEnd())
  );
}
