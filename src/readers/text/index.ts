export { readMd, readTxt } from "./read-text.ts";
