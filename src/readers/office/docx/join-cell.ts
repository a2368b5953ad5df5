import type { DraftBlock } from "./draft-block.ts";
import { joinWords } from "./split-lines.ts";

const PAUSE = /[，。；：、！？,;:!?（(《“‘—…]$/;

/**
 * The paragraphs of a cell on one line. Entries below one another are parted by `；`, but words that a narrow column breaks
 * (序 / 号, in the head also 申报 / 条件) and sentences that already end stay whole.
 */
export function joinCellParagraphs(blocks: readonly DraftBlock[], isHead: boolean): string {
  const texts = blocks.map(toText).filter((text) => text !== "");
  const longest = isHead ? 2 : 1;
  if (texts.length > 1 && texts.every((text) => text.length <= longest && /^\p{Script=Han}+$/u.test(text))) {
    return texts.join("");
  }
  return texts.reduce((joined, text) => {
    if (joined === "") return text;
    return PAUSE.test(joined) || /^[，。；：、）)》”]/.test(text)
      ? joinWords(joined, text)
      : `${joined}；${text}`;
  }, "");
}

/** A table inside a cell: its cells by blanks. */
function toText(block: DraftBlock): string {
  return block.kind === "row" ? block.text.replaceAll(" | ", " ").replace(/ {2,}/g, " ").trim() : block.text;
}
