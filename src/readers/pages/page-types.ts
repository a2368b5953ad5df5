import type { PageContent, PageRule } from "../types.ts";

/** Points, origin at the top left. */
export interface Box {
  x: number;
  y: number;
  right: number;
  bottom: number;
}

/** Words in a row without a gap of a character's width; of a column or a cell, never of two. */
export interface Segment extends Box {
  text: string;
  fontSize: number;
  /** Most of its characters. */
  bold: boolean;
  /** Weighted by characters; null for text that was not recognised. */
  confidence: number | null;
  /** Which row of the page it stands in: segments of one row share a baseline. */
  row: number;
}

/** What a page comes down to before the document as a whole is looked at. */
export interface PageParts extends Pick<PageContent, "page" | "width" | "height" | "origin"> {
  segments: Segment[];
  rules: PageRule[];
}

/** One printed line of a column. */
export interface Line extends Box {
  text: string;
  segments: readonly Segment[];
  fontSize: number;
  bold: boolean;
  confidence: number | null;
  page: number;
  origin: PageContent["origin"];
}

export interface TableRow {
  cells: string[];
  /** Where each cell begins and ends among the table's columns; absent when every cell is one column wide. */
  spans?: { from: number; to: number }[];
  page: number;
  bold: boolean;
  confidence: number | null;
}

export interface Table extends Box {
  rows: TableRow[];
  /** Left edges of the columns, to recognise the same table on the next page. */
  edges: number[];
  /** How many rows of the start are known to be its header; undefined: to be judged by their words. */
  headerRows: number | undefined;
  /** Columns whose last cell reaches over several rows. */
  openSpans: ReadonlySet<number>;
  page: number;
}

/** A part of a page that is read from top to bottom. */
export interface Region {
  page: number;
  /** Where it stands among its page's columns; regions alike on all pages share it. */
  place: string;
  items: RegionItem[];
}

export type RegionItem = { kind: "line"; line: Line } | { kind: "table"; table: Table };

/** Where the lines of a region begin and end, and what its print is. */
export interface Margins {
  left: number;
  right: number;
  /** Of a character of body text. */
  em: number;
  /** From baseline to baseline. */
  pitch: number;
}

export interface Footnote {
  text: string;
  confidence: number | null;
}

/** A page whose regions are known. */
export interface LaidPage {
  page: number;
  regions: Region[];
  footnotes: Footnote[];
}
