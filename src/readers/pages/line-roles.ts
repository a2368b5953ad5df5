import { isWide } from "./join-text.ts";
import type { Line, Margins } from "./page-types.ts";

const NUMBER = "[〇零一二三四五六七八九十百]{1,5}";
/** Numbering, and other words that begin a paragraph whatever stands before. */
const LABELS = [
  new RegExp(`^第\\s?(?:${NUMBER}|\\d{1,3})\\s?(?:编|部分|篇|章|节|条)`),
  new RegExp(`^${NUMBER}[、.．]`),
  new RegExp(`^[（(]\\s?(?:${NUMBER}|\\d{1,3})\\s?[)）]`),
  /^\d{1,2}(?:[.．]\d{1,2}){1,3}(?=[\s\u4e00-\u9fff])/,
  /^\d{1,3}(?:、|[.．](?!\d)|[)）])/,
  /^[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]/u,
  /^[●■◆▪•➢✓□☑○◇※★▲]\s?/u,
  /^附\s?件\s?\d{0,2}(?:[：:\s]|$)/,
  /^(?:附|注|备注|主送|抄送|联系人|联系电话|联系方式|公开属性|主题词)[：:]/,
];
const TERMINAL = /[。；！？：.;!?:](?:[”’」』）)】》]{0,2})$/;
const DATE =
  /^(?:\d{4}|[〇零○Oo一二三四五六七八九]{4})\s?年\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s?月(?:\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?日)?$/;
const DOCUMENT_NUMBER = /[〔［[(（]\s?\d{4}\s?[〕］\])）]\s?(?:第\s?)?\d{1,5}\s?号$/;
const CAPTION = /^[（(](?![一二三四五六七八九十\d]{1,3}[)）])[^()（）]{2,40}[)）]$/;

export function startsWithLabel(text: string): boolean {
  return LABELS.some((pattern) => pattern.test(text));
}

export function endsSentence(text: string): boolean {
  return TERMINAL.test(text);
}

/** Dates, document numbers and remarks in brackets stand on lines of their own below titles. */
export function standsAlone(text: string): boolean {
  return DATE.test(text) || DOCUMENT_NUMBER.test(text) || CAPTION.test(text);
}

export type Placement = "left" | "centred" | "right";

export function placeLine(line: Line, { left, right, em }: Margins): Placement {
  const [before, after] = [line.x - left, right - line.right];
  const width = Math.max(right - left, em);
  const slack = (line.origin === "ocr" ? 1.6 : 1.1) * em;
  if (before > 1.7 * em && after > 1.7 * em && Math.abs(before - after) <= 2 * slack) return "centred";
  return before > 0.35 * width && after < before ? "right" : "left";
}

/** White between the line's end and the margin, in body characters. */
export function leftover(line: Line, { right, em }: Margins): number {
  return (right - line.right) / em;
}

/**
 * How much room the first word of the next line would have taken, in characters: Chinese breaks anywhere but before a closing
 * mark, figures and Latin words are kept whole.
 */
export function firstWordWidth(text: string): number {
  const characters = [...text];
  const [first = ""] = characters;
  let width = 0;
  let index = 0;
  if (isWide(first)) {
    // An opening mark takes its neighbour along.
    while (index < characters.length && /[（《“‘〔【「『]/.test(characters[index] ?? "")) {
      width += 1;
      index += 1;
    }
  }
  if (isWide(characters[index] ?? "")) {
    width += 1;
    index += 1;
  } else {
    while (index < characters.length && !isWide(characters[index] ?? "") && characters[index] !== " ") {
      width += 0.55;
      index += 1;
    }
  }
  while (index < characters.length && /[，。、；：！？）》”’〕】」』％%]/.test(characters[index] ?? "")) {
    width += 1;
    index += 1;
  }
  return width;
}
