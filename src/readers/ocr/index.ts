export { readImage } from "./read-image.ts";
export { LOW_CONFIDENCE, type RecognizedPage, recognizePage } from "./recognize-page.ts";
export { renderPdfPage } from "./render-pdf-page.ts";
