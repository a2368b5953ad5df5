import type { PageLine } from "./collect-lines.ts";
import {
  countLetters,
  namesOf,
  type PageDocument,
  type PageElement,
  rawText,
  tidyText,
  walkElements,
} from "./page-dom.ts";
import { isPageLine } from "./page-words.ts";
import { readPairs } from "./read-particulars.ts";

const TITLE_NAME =
  /^(?:ivs_title|(?:article|news|pages?|detail|content|info|xxgk|zw|main|wz|xl|art)[-_]?(?:title|tit|bt|biaoti)|title|biaoti)$/i;
const MIN_LETTERS = 6;
const MAX_LETTERS = 120;

/**
 * The title that the page prints: the outermost heading over the article, else an element that is named for it, else the
 * line over the article that the window's title holds.
 */
export function findTitle(
  body: PageElement | PageDocument,
  above: readonly PageLine[],
  windowTitle = "",
): string | undefined {
  const headings = above.flatMap((line) => (line.kind === "text" && line.level !== null ? [line] : []));
  const best = headings
    .filter(({ text }) => couldBeTitle(text))
    .toSorted((a, b) => (a.level ?? 9) - (b.level ?? 9))[0];
  return best?.text ?? findNamed(body) ?? findInWindowTitle(above, windowTitle);
}

const MIN_LETTERS_OF_LINE = 10;

function findInWindowTitle(above: readonly PageLine[], windowTitle: string): string | undefined {
  const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "");
  const whole = bare(windowTitle);
  return above
    .flatMap((line) => (line.kind === "text" ? [line.text] : []))
    .filter((text) => couldBeTitle(text) && countLetters(text) >= MIN_LETTERS_OF_LINE)
    .filter((text) => whole.includes(bare(text)))
    .toSorted((a, b) => b.length - a.length)[0];
}

function findNamed(body: PageElement | PageDocument): string | undefined {
  for (const element of walkElements(body)) {
    if (!namesOf(element).some((name) => TITLE_NAME.test(name))) continue;
    const text = tidyText(rawText(element));
    if (couldBeTitle(text)) return text;
  }
  return undefined;
}

function couldBeTitle(text: string): boolean {
  const letters = countLetters(text);
  if (letters < MIN_LETTERS || letters > MAX_LETTERS || text.endsWith("。")) return false;
  return readPairs(text).length === 0 && !/(?:发布|印发)日期\s*[：:]/.test(text) && !isPageLine(text);
}
