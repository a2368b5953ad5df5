import { type DocumentReader, decodeDocument, type ReadDocument } from "../../readers/index.ts";
import type { DefaultValidity } from "../metadata/default-validity.ts";
import type { Sidecar } from "../metadata/sidecar.ts";
import { parseDocument } from "../parse-document.ts";
import type { PlaceTable } from "../places/place-table.ts";
import type { ParsedDocument } from "../types.ts";

export interface FileToRead {
  bytes: Uint8Array;
  fileName: string;
  sidecar?: Sidecar;
}

export interface FileReading {
  /** Without it only plain text and Markdown are read. */
  reader?: Pick<DocumentReader, "read">;
  places?: PlaceTable;
  defaultValidity?: DefaultValidity;
}

export type ReadingProgress = (progress: { page: number; pages: number }) => void;

/** A file of any format → text, metadata, outline, clauses. Throws AppError `unusable-input` with what to do. */
export async function readDocumentFile(
  { bytes, fileName, sidecar }: FileToRead,
  { reader, places, defaultValidity }: FileReading,
  onProgress?: ReadingProgress,
): Promise<ParsedDocument> {
  const read = reader
    ? await reader.read({ bytes, fileName, ...(onProgress && { onProgress }) })
    : readPlain(bytes, fileName);
  return parseDocument(read, {
    fileName,
    ...(sidecar && { sidecar }),
    ...(places && { places }),
    ...(defaultValidity && { defaultValidity }),
  });
}

function readPlain(bytes: Uint8Array, fileName: string): ReadDocument {
  const { text } = decodeDocument(bytes);
  return {
    format: /\.md$/i.test(fileName) ? "md" : "txt",
    text,
    blocks: [],
    paragraphs: "lines",
    pages: null,
    fields: {},
    attachments: [],
    warnings: [],
    ocr: null,
  };
}

const PLAIN = /\.(?:txt|md)$/i;
const ANY = /\.(?:txt|md|docx?|wps|pdf|html?|xlsx|csv|png|jpe?g)$/i;

/** Whether a file of a directory is one to read: by its name, without lock files, notes on the directory and hidden files. */
export function isDocumentName(name: string, allFormats: boolean): boolean {
  return (allFormats ? ANY : PLAIN).test(name) && !/^(?:\.|~\$|readme)/i.test(name);
}
