import {
  type DocumentMatch,
  type DocumentMetadata,
  type Sidecar,
  withMetadataDefaults,
} from "../knowledge/index.ts";
import type { LowConfidence, ReadDocument, SourceFormat } from "../readers/index.ts";

/** How a version came to be, kept with its metadata for the review. */
export interface ReadingRecord {
  fileName: string;
  format: SourceFormat;
  pages: number | null;
  /** The worst lines of recognised text. */
  lowConfidence: LowConfidence[];
  /** Absent for files of the command line. */
  match?: DocumentMatch;
  submittedBy?: string;
}

/** Metadata as publishing stores them: knowledge's, with what an admin stated and how the file was read. */
export interface KeptMetadata extends DocumentMetadata {
  overrides?: Sidecar;
  reading?: ReadingRecord;
  /** What it was put under this document from; a directory's own file then does not undo it. */
  takenFrom?: string;
}

/** Lists of what is published carry the metadata along; a long list of doubtful lines belongs to no answer. */
const MAX_DOUBTFUL_LINES = 50;

export function readKept(metadata: unknown): KeptMetadata {
  return withMetadataDefaults(metadata) as KeptMetadata;
}

export function recordReading(
  { format, pages, ocr }: ReadDocument,
  { fileName, match, submittedBy }: { fileName: string; match: DocumentMatch; submittedBy: string },
  lowConfidence: number,
): ReadingRecord {
  const doubtful = (ocr?.lowConfidence ?? []).filter(({ confidence }) => confidence < lowConfidence);
  return {
    fileName,
    format,
    pages,
    lowConfidence: doubtful.slice(0, MAX_DOUBTFUL_LINES),
    match,
    submittedBy,
  };
}
