import { tidyLine } from "../tidy-line.ts";
import type { Place } from "./piece.ts";

/** As broken by hand; empty ones are there. */
export interface RoughLine {
  text: string;
  place: Place;
  /** After a page break. */
  page: boolean;
}

/**
 * Breaks inside a paragraph (Shift+Enter): Chinese documents use them as ends of paragraphs, titles to place words. A break
 * separates after a sentence, before a number or a date, at blank lines and pages; otherwise the words belong together.
 */
export function splitLines(lines: readonly RoughLine[]): RoughLine[] {
  const split: RoughLine[] = [];
  let blank = true;
  for (const line of lines) {
    if (tidyLine(line.text) === "") {
      blank = true;
      continue;
    }
    const previous = split.at(-1);
    if (!previous || blank || line.page || separates(tidyLine(previous.text), tidyLine(line.text))) {
      split.push({ ...line });
    } else {
      previous.text = joinWords(previous.text, line.text);
    }
    blank = false;
  }
  return split;
}

/** A heading is one line, however it is placed. */
export function joinLines(lines: readonly RoughLine[]): RoughLine[] {
  const [first, ...rest] = lines.filter(({ text }) => tidyLine(text) !== "");
  if (!first) return [];
  return [{ ...first, text: rest.reduce((text, line) => joinWords(text, line.text), first.text) }];
}

/** No blank between Chinese characters. */
export function joinWords(left: string, right: string): string {
  const [before, after] = [tidyLine(left), tidyLine(right)];
  const isLatin = /[\x21-\x7e]$/.test(before) && /^[\x21-\x7e]/.test(after);
  return isLatin ? `${before} ${after}` : `${before}${after}`;
}

const ENDS = /[。！？；：;!?:…][”』」）)]?$/;
const LABEL =
  /^(?:[（(]?[一二三四五六七八九十百]{1,4}[)）、.．]|[（(]?\d{1,3}(?:[)）、]|[.．](?!\d))|第[一二三四五六七八九十百零〇\d]{1,6}[编章节条款]|[①-⑳⑴-⒇㈠-㈩]|附\s*件|联\s*系\s*(?:人|电话)|(?:电话|地址|邮箱|网址|传真)[：:])/;
const DATE = /^(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*年.{1,8}[日月]$/;

function separates(before: string, after: string): boolean {
  return ENDS.test(before) || LABEL.test(after) || DATE.test(after);
}
