/** What a file is, by its content; the name's ending is only a hint. `scan`: a PDF whose pages are pictures. */
export type SourceFormat = "docx" | "doc" | "pdf" | "scan" | "image" | "html" | "xlsx" | "csv" | "md" | "txt";

/** What reading one file may cost. What goes beyond is refused with a message that names the limit. */
export interface ReadLimits {
  /** Of the file. */
  maxBytes: number;
  /** Of everything inside an archive (docx, xlsx) after unpacking. */
  maxUnpackedBytes: number;
  maxPages: number;
  /** Pages that are recognised from pictures; they cost a hundred times as much as pages with text. */
  maxScannedPages: number;
  /** Wall clock, ms. */
  maxMilliseconds: number;
  /** Without a further page, ms: a long scan may go on, a reader that hangs may not. */
  maxStallMilliseconds: number;
  /** Resident memory of the reading process, bytes. */
  maxMemoryBytes: number;
}

export type BlockKind = "paragraph" | "heading" | "row" | "footnote";

/** A piece of a document in reading order. `text` is one line: no line breaks, as printed otherwise. */
export interface ReadBlock {
  kind: BlockKind;
  /** Numbers that a word processor generates (`一、`, `第三条`) are part of the text. Cells of a row are joined by ` | `. */
  text: string;
  /** 1-based; null when the format has no pages. */
  page: number | null;
  /** For headings: by style or print, 1 is the outermost. */
  level?: number;
  table?: {
    /** 1, 2, 3 … in the document; a table that goes on over a page break is one table. */
    id: number;
    /** 0-based; rows of the header are rows as well. */
    row: number;
    isHeader: boolean;
    /** The header's cells joined by ` | `, several header rows merged; null when the table has none. */
    header: string | null;
  };
  /** Recognised text: mean confidence 0–1. */
  confidence?: number;
}

export interface LowConfidence {
  page: number;
  text: string;
  confidence: number;
}

export interface OcrReport {
  /** Pages that were recognised, and for how many characters. */
  pages: number;
  characters: number;
  /** Weighted by characters, 0–1. */
  meanConfidence: number;
  /** Lines below the threshold, worst first, 200 at most: for a person to check against the picture. */
  lowConfidence: LowConfidence[];
}

/** Facts that stand beside the text: meta elements of a page, the title of a web page. As printed. */
export interface ReadFields {
  title?: string;
  documentNumber?: string;
  publishedOn?: string;
  source?: string;
  /** Index number, subject and so on: name → value. */
  other?: Readonly<Record<string, string>>;
}

/** A document without its format: what every reader returns. Plain data, safe to send between processes. */
export interface ReadDocument {
  format: SourceFormat;
  /** For txt and md: the decoded text, with its line breaks and blanks; the blocks are not looked at then. */
  text?: string;
  blocks: ReadBlock[];
  /** `whole`: every block is a paragraph. `lines`: cut at a page width; knowledge joins them. */
  paragraphs: "whole" | "lines";
  /** Null when the format has no pages. */
  pages: number | null;
  fields: ReadFields;
  /** Files that the document links to or embeds. */
  attachments: { name: string; url?: string }[];
  /** For people, in Chinese: macros ignored, revisions taken as accepted, pictures without text … */
  warnings: string[];
  ocr: OcrReport | null;
}

/**
 * A run of characters on a page, without a large gap inside: what PDF text and OCR both come down to.
 * Points (1/72 inch), origin at the top left of the upright page.
 */
export interface PageRun {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  fontSize: number;
  bold?: boolean;
  confidence?: number;
}

/** A straight line drawn on the page, of tables mostly. */
export interface PageRule {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface PageContent {
  /** 1-based. */
  page: number;
  width: number;
  height: number;
  origin: "text" | "ocr";
  runs: PageRun[];
  rules: PageRule[];
}

/** An upright picture of a page, 8-bit RGBA. */
export interface PageImage {
  page: number;
  /** Pixels. */
  width: number;
  height: number;
  data: Uint8ClampedArray;
  /** Pixels per inch of the page; photographs: what makes the short side 8.27 inch. */
  dpi: number;
}

export interface ReadRequest {
  bytes: Uint8Array;
  fileName: string;
  /** Where it was fetched from: the base of its links. */
  url?: string;
  limits?: Partial<ReadLimits>;
  onProgress?: (progress: { page: number; pages: number }) => void;
}

/**
 * Reads files in a process of its own, which is killed when it exceeds a limit; the service goes on. Plain text is read
 * here. Throws AppError `unusable-input` with what to do for everything that is not a readable document.
 */
export interface DocumentReader {
  read(request: ReadRequest): Promise<ReadDocument>;
  close(): Promise<void>;
}

/** One format's reader, inside the reading process. */
export type FormatReader = (
  bytes: Uint8Array,
  context: {
    fileName: string;
    url?: string;
    limits: ReadLimits;
    onProgress?: (progress: { page: number; pages: number }) => void;
  },
) => Promise<ReadDocument>;
