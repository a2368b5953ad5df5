export { cleanFileName } from "./clean-file-name.ts";
export { type DetectedFormat, type Detection, detectFormat } from "./detect-format.ts";
export { createDocumentReader, type DocumentReaderOptions } from "./host/create-document-reader.ts";
export { readFileWithin } from "./host/read-file-within.ts";
export { DEFAULT_READ_LIMITS, refuseLargeFile } from "./limits.ts";
export { type FetchedLink, type FetchLinkOptions, fetchLink } from "./links/fetch-link.ts";
export { type Archive, openArchive } from "./office/zip/open-archive.ts";
export { type DecodedDocument, decodeDocument, MAX_DOCUMENT_BYTES } from "./text/decode-text.ts";
export type {
  BlockKind,
  DocumentReader,
  FormatReader,
  LowConfidence,
  OcrReport,
  PageContent,
  PageImage,
  PageRule,
  PageRun,
  ReadBlock,
  ReadDocument,
  ReadFields,
  ReadLimits,
  ReadRequest,
  SourceFormat,
} from "./types.ts";
