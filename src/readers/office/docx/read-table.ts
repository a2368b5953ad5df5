import { buildRows, toCellText } from "../table/build-rows.ts";
import type { GridCell, GridRow } from "../table/grid.ts";
import { childElements, findChild, readNumber } from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { DraftBlock } from "./draft-block.ts";
import { joinCellParagraphs } from "./join-cell.ts";
import type { Place } from "./piece.ts";
import type { ReadingState } from "./reading-state.ts";

interface ReadCell extends GridCell {
  blocks: DraftBlock[];
}

interface ReadRow extends GridRow {
  cells: ReadCell[];
  place: Place;
  notes: DraftBlock[];
}

/** How a cell's content is read is handed in: cells hold tables again. */
interface TableContext {
  state: ReadingState;
  readContainer: (container: XmlElement, state: ReadingState) => DraftBlock[];
}

/** A table's rows, with a title above the header as a paragraph; a table that only frames or places text → its paragraphs. */
export function readTable(table: XmlElement, context: TableContext): DraftBlock[] {
  const { state } = context;
  const rows = readRows(table, context);
  if (isLayout(rows)) return rows.flatMap((row) => row.cells.flatMap(({ blocks }) => blocks));
  const letterhead = readLetterheadTable(rows);
  if (letterhead) return [letterhead];
  state.tables += 1;
  const built = buildRows(rows, state.tables);
  return [
    ...built.titles.flatMap(({ text, from }): DraftBlock[] => [
      { kind: "paragraph", text, place: from.place, ...(isBoldRow(from) ? { bold: true } : {}) },
      ...from.notes,
    ]),
    ...built.rows.flatMap(({ text, table: info, from }): DraftBlock[] => [
      { kind: "row", text, table: info, place: from.place },
      ...from.notes,
    ]),
  ];
}

function isBoldRow(row: ReadRow): boolean {
  return row.cells.filter(({ text }) => text !== "").every(({ bold }) => bold);
}

/** One column, or one row: frames around text, letterheads, places for signatures. */
function isLayout(rows: readonly ReadRow[]): boolean {
  return rows.length <= 1 || rows.every((row) => row.cells.length <= 1);
}

/** Issuers below one another, 文件 beside them: one line of a letterhead. */
function readLetterheadTable(rows: readonly ReadRow[]): DraftBlock | undefined {
  const cells = rows.flatMap((row) => row.cells.filter(({ continued, text }) => !continued && text !== ""));
  const last = cells.find(({ text }) => /^文\s*件$/.test(text));
  const [first] = rows;
  if (!last || !first || cells.length > 10) return undefined;
  const bodies = cells.filter((cell) => cell !== last).map(({ text }) => text.replaceAll("；", " "));
  return { kind: "paragraph", text: `${bodies.join(" ")}文件`, place: first.place };
}

function readRows(table: XmlElement, context: TableContext): ReadRow[] {
  const { state } = context;
  /** Grid column → what a vertical merge repeats. */
  const merged = new Map<number, ReadCell>();
  const rows: ReadRow[] = [];
  for (const element of unwrap(table, "w:tr")) {
    const properties = findChild(element, "w:trPr");
    if (properties && (findChild(properties, "w:del") || findChild(properties, "w:moveFrom"))) {
      state.seen.revisions = true;
      continue;
    }
    if (findChild(properties, "w:ins")) state.seen.revisions = true;
    const row = readRow(element, properties, merged, rows.length === 0, context);
    if (row.cells.length > 0) rows.push(row);
  }
  return rows;
}

/** Rows and cells may stand inside content controls and revisions. */
function* unwrap(parent: XmlElement, name: string): Generator<XmlElement> {
  for (const child of childElements(parent)) {
    if (child.name === name) yield child;
    else if (/^w:(?:sdt|sdtContent|customXml|ins|moveTo|smartTag)$/.test(child.name))
      yield* unwrap(child, name);
  }
}

function readRow(
  element: XmlElement,
  properties: XmlElement | undefined,
  merged: Map<number, ReadCell>,
  isFirst: boolean,
  context: TableContext,
): ReadRow {
  const { state } = context;
  const isHead = isFirst || isMarked(properties);
  const cells: ReadCell[] = [];
  let column = readNumber(properties, "w:gridBefore") ?? 0;
  for (const cell of unwrap(element, "w:tc")) {
    const look = findChild(cell, "w:tcPr");
    if (findChild(look, "w:cellDel")) {
      state.seen.revisions = true;
      continue;
    }
    const span = Math.max(1, readNumber(look, "w:gridSpan") ?? 1);
    const own = readCell(cell, look, column, span, isHead, context);
    if (findChild(look, "w:hMerge")?.attributes.get("w:val") === "restart" || !findChild(look, "w:hMerge")) {
      cells.push(applyMerge(own, look, merged));
    } else {
      const before = cells.at(-1);
      if (before) before.span += span;
    }
    column += span;
  }
  const places = cells.flatMap((cell) => (cell.continued ? [] : cell.blocks.slice(0, 1)));
  return {
    cells,
    marked: isMarked(properties),
    place: places[0]?.place ?? { ...state.place },
    notes: cells.flatMap((cell) =>
      cell.continued ? [] : cell.blocks.filter(({ kind }) => kind === "footnote"),
    ),
  };
}

function isMarked(properties: XmlElement | undefined): boolean {
  const mark = findChild(properties, "w:tblHeader");
  return mark !== undefined && !/^(?:0|false|off)$/.test(mark.attributes.get("w:val") ?? "");
}

function applyMerge(cell: ReadCell, look: XmlElement | undefined, merged: Map<number, ReadCell>): ReadCell {
  const merge = findChild(look, "w:vMerge");
  const above = merged.get(cell.column);
  if (!merge) {
    merged.delete(cell.column);
    return cell;
  }
  if (merge.attributes.get("w:val") === "restart" || !above) {
    merged.set(cell.column, cell);
    return cell;
  }
  // Text in a merged-over cell is not printed.
  return { ...above, span: cell.span, continued: true };
}

function readCell(
  cell: XmlElement,
  look: XmlElement | undefined,
  column: number,
  span: number,
  isHead: boolean,
  { state, readContainer }: TableContext,
): ReadCell {
  const blocks = readContainer(cell, state);
  const printed = blocks.filter(({ kind }) => kind !== "footnote");
  return {
    text: toCellText(joinCellParagraphs(printed, isHead)),
    column,
    span,
    continued: false,
    bold: printed.length > 0 && printed.every(({ bold }) => bold === true),
    shaded: isShaded(findChild(look, "w:shd")),
    blocks,
  };
}

function isShaded(shade: XmlElement | undefined): boolean {
  if (!shade) return false;
  const fill = shade.attributes.get("w:fill") ?? "auto";
  return !/^(?:auto|ffffff)$/i.test(fill) || /^pct[1-9]/.test(shade.attributes.get("w:val") ?? "");
}
