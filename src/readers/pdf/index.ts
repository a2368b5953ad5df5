import { createPdfReader } from "./read-pdf.ts";

export type { RecognizedPage } from "./ocr-totals.ts";
export { openPdf, type PdfPurpose } from "./open-pdf.ts";
export { createPdfReader, type PdfRecognition } from "./read-pdf.ts";

/** With the recognition of this installation, which is loaded when the first page without text comes. */
export const readPdf = createPdfReader({
  renderPage: async (document, pageNumber, dpi) =>
    (await import("../ocr/index.ts")).renderPdfPage(document, pageNumber, dpi),
  recognizePage: async (image) => (await import("../ocr/index.ts")).recognizePage(image),
});
