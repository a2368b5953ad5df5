import type { ReadBlock } from "../../readers/index.ts";

/** What the reader knows of a line beyond its words. Lines of plain text have none. */
export interface BlockNote {
  kind: ReadBlock["kind"];
  page: number | null;
  /** Of headings, 1 is the outermost. */
  level: number | undefined;
  table: ReadBlock["table"];
  /** Recognised from a picture: numbering may be misread. */
  recognised: boolean;
  /** The name of one of several sheets: a heading, never the title of the whole. */
  isSheet: boolean;
}

export function toBlockNote(block: ReadBlock, isSheet = false): BlockNote {
  return {
    kind: block.kind === "row" && !isTableRow(block) ? "paragraph" : block.kind,
    page: block.page,
    level: block.level,
    table: block.table,
    recognised: block.confidence !== undefined,
    isSheet,
  };
}

/** A lone cell without a header over it is layout (a frame, a form's field), not a row of data. */
function isTableRow({ text, table }: ReadBlock): boolean {
  return table !== undefined && (table.header !== null || table.isHeader || text.includes(" | "));
}

export function isRow(noted: { note?: BlockNote }): boolean {
  return noted.note?.kind === "row";
}
