export { type DetectedFormat, type Detection, detectFormat } from "./detect-format.ts";
export { DEFAULT_READ_LIMITS } from "./limits.ts";
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
