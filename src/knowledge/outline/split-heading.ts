import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import type { Label } from "./read-label.ts";

/** How a numbered paragraph divides into heading and body. */
export interface HeadingSplit {
  /** Number and title as one string; the number alone when the paragraph has no title. */
  heading: string;
  /** The paragraph is nothing but a heading. */
  headingOnly: boolean;
  /** The heading has words, not the number alone. */
  titled: boolean;
}

const MAX_HEADING_ONLY = 50;
const MAX_INLINE_TITLE = 40;
const MAX_ARTICLE_TITLE = 25;
const MAX_COLON_TITLE = 20;

/** `articlesTitled`: articles of this document start with a short title sentence. */
export function splitHeading(label: Label, text: string, articlesTitled: boolean): HeadingSplit {
  const shown = closeGaps(text.slice(label.end));
  if (label.style === "heading") return { heading: stripEnd(shown), headingOnly: true, titled: true };
  const rest = unifyPunctuation(shown);
  if (label.style === "question") return { heading: shown, headingOnly: false, titled: true };
  const whole = isHeadingOnly(label, rest);
  const title = shown.slice(0, (whole ? stripEnd(rest) : findTitle(label, rest, articlesTitled)).length);
  return { heading: joinHeading(label, title), headingOnly: whole, titled: title !== "" };
}

function joinHeading({ style, printed }: Label, title: string): string {
  if (title === "") return printed;
  const needsBlank =
    style === "chapter" ||
    style === "section" ||
    style === "part" ||
    style === "article" ||
    style === "decimal";
  return needsBlank && !/^[（【]/.test(title) ? `${printed} ${title}` : printed + title;
}

function stripEnd(title: string): string {
  return title.replace(/[。；：:;，、]+$/, "");
}

function isHeadingOnly({ style }: Label, rest: string): boolean {
  if (style === "chapter" || style === "section" || style === "part") return true;
  if (rest === "") return true;
  if (style === "article")
    return /^(?:[（【][^（）【】]{1,24}[）】])$/.test(rest) || isBareTitle(rest, MAX_ARTICLE_TITLE);
  if (/[：:]$/.test(rest)) return rest.length <= MAX_COLON_TITLE && !/[，。；]/.test(rest);
  return isBareTitle(rest, MAX_HEADING_ONLY);
}

function isBareTitle(rest: string, limit: number): boolean {
  return rest.length <= limit && !/[。；;！：:，、]$/.test(rest) && !/[。；]/.test(rest);
}

function findTitle(label: Label, rest: string, articlesTitled: boolean): string {
  const bracketed = /^[（【]([^（）【】]{2,20})[）】]/.exec(rest);
  if (label.style === "article") {
    if (bracketed) return bracketed[0];
    return articlesTitled ? (articleTitle(rest) ?? "") : "";
  }
  const sentence = /^[^。；！？]{1,41}(?=[。；！？]|$)/.exec(rest)?.[0];
  const colon = /^[^。；，：:（]{2,20}(?=[：:])/.exec(rest)?.[0];
  if (colon && colon.length <= MAX_COLON_TITLE) return colon;
  return sentence && sentence.length <= MAX_INLINE_TITLE ? stripEnd(sentence) : "";
}

/** The short first sentence of an article, when more follows: 鼓励企业产品研发。对… */
export function articleTitle(rest: string): string | undefined {
  const match = /^([^。；，：]{2,25})。(?=\S)/.exec(rest);
  const title = match?.[1];
  return title && title.length <= MAX_ARTICLE_TITLE && !/^(?:本|为|根据|依据)/.test(title)
    ? title
    : undefined;
}
