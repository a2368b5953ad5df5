import { buildRows } from "../office/table/build-rows.ts";
import type { ReadBlock } from "../types.ts";
import type { PageLine } from "./collect-lines.ts";
import { HOST_LINE, IMPRINT, isPageLine, RELATED_HEAD } from "./page-words.ts";
import { isParticularsLine, readParticularsTable } from "./read-particulars.ts";
import { readGrid } from "./read-table.ts";

type TextLine = Extract<PageLine, { kind: "text" }>;

/** The article's lines without what the site puts between them, as blocks. */
export function writeBlocks(lines: readonly PageLine[]): ReadBlock[] {
  const kept = cutRelated(dropPageLines(lines));
  const isShouting = sharesBold(kept);
  const blocks: ReadBlock[] = [];
  let table = 0;
  for (const line of kept) {
    if (line.kind === "table") {
      table += 1;
      blocks.push(...writeTable(line, table));
      continue;
    }
    const level = headingLevel(line, isShouting);
    const { text } = line;
    blocks.push(level === undefined ? paragraph(text) : { kind: "heading", text, page: null, level });
  }
  return blocks;
}

function paragraph(text: string): ReadBlock {
  return { kind: "paragraph", text, page: null };
}

function writeTable(line: Extract<PageLine, { kind: "table" }>, id: number): ReadBlock[] {
  const { titles, rows } = buildRows(readGrid(line.element), id);
  return [
    ...titles.map(({ text }) => paragraph(text)),
    ...rows.map(({ text, table }): ReadBlock => ({ kind: "row", text, page: null, table })),
  ];
}

const HEAD_LINES = 25;
const LINKED = 0.6;

/** Buttons and imprints anywhere; particulars and links only over the text, where they are the site's. */
function dropPageLines(lines: readonly PageLine[]): PageLine[] {
  const body = lines.findIndex(
    (line) => line.kind === "text" && line.text.length > 60 && /[。；]/.test(line.text),
  );
  const head = body < 0 ? HEAD_LINES : Math.min(body, HEAD_LINES);
  const first = lines.findIndex(
    (line) => line.kind === "table" || (line.linkShare < LINKED && !isPageLine(line.text)),
  );
  return lines.filter((line, index) => {
    if (line.kind === "table") return readParticularsTable(line) === undefined;
    if (index < first || isPageLine(line.text) || isHostLine(lines, index)) return false;
    return index >= head || !isParticularsLine(line.text);
  });
}

const NEAR = 3;

/** 主办单位：… within a few lines of a registration number. */
function isHostLine(lines: readonly PageLine[], index: number): boolean {
  const isText = (line: PageLine | undefined, pattern: RegExp) =>
    line?.kind === "text" && pattern.test(line.text);
  if (!isText(lines[index], HOST_LINE)) return false;
  return lines.slice(Math.max(0, index - NEAR), index + NEAR + 1).some((line) => isText(line, IMPRINT));
}

/** 相关链接 and what follows, when that is a list of links. */
function cutRelated(lines: readonly PageLine[]): readonly PageLine[] {
  const isLinks = (rest: readonly PageLine[]) =>
    rest.every((line) => line.kind === "text" && (line.linkShare >= LINKED || line.text.length < 12));
  const head = lines.findIndex(
    (line, index) => line.kind === "text" && RELATED_HEAD.test(line.text) && isLinks(lines.slice(index + 1)),
  );
  return head < 0 ? lines : lines.slice(0, head);
}

/** On a page that is bold throughout, bold marks no heading. */
function sharesBold(lines: readonly PageLine[]): boolean {
  const texts = lines.filter((line): line is TextLine => line.kind === "text" && line.level === null);
  return texts.filter(({ isBold }) => isBold).length > texts.length * 0.5;
}

const MAX_HEADING = 60;
const NO_HEADING =
  /[。；;，,：:]$|^[（(【[].*[）)】\]]$|[〔[【]\d{4}[〕\]】]\s*第?\s*\d+\s*号|^\d{4}\s*年.*日$|^附\s*件\s*\d*[：:]?$/;

function headingLevel(line: TextLine, isShouting: boolean): number | undefined {
  if (line.level !== null) return line.text.length <= 2 * MAX_HEADING ? line.level : undefined;
  if (line.text.length > MAX_HEADING || NO_HEADING.test(line.text) || line.linkShare > 0) return undefined;
  if (line.isCentred) return 1;
  return line.isBold && !isShouting ? 2 : undefined;
}
