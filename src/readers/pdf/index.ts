export type { RecognizedPage } from "./ocr-totals.ts";
export { openPdf, type PdfPurpose } from "./open-pdf.ts";
export { createPdfReader, type PdfRecognition } from "./read-pdf.ts";
