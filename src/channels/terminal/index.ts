export { renderForTerminal, type TerminalOptions } from "./render.ts";
export { displayWidth, wrapText } from "./wrap-text.ts";
