import type { DetectedFormat } from "../detect-format.ts";
import type { FormatReader } from "../types.ts";

export type FormatReaders = Readonly<Record<DetectedFormat, () => Promise<FormatReader>>>;

/** Loaded when the first file of the format comes. */
export const FORMAT_READERS: FormatReaders = {
  txt: async () => (await import("../text/index.ts")).readTxt,
  md: async () => (await import("../text/index.ts")).readMd,
  html: async () => (await import("../html/index.ts")).readHtml,
  docx: async () => (await import("../office/index.ts")).readDocx,
  doc: async () => (await import("../office/index.ts")).readDoc,
  xlsx: async () => (await import("../office/index.ts")).readXlsx,
  csv: async () => (await import("../office/index.ts")).readCsv,
  pdf: async () => (await import("../pdf/index.ts")).readPdf,
  image: async () => (await import("../ocr/index.ts")).readImage,
};
