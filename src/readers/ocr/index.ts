export { LOW_CONFIDENCE, type RecognizedPage, recognizePage } from "./recognize-page.ts";
