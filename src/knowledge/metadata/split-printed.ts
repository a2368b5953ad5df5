import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { MetadataSource } from "./metadata-source.ts";

/** A sentence as printed, and in the form in which it is judged. */
export interface PrintedSentence {
  printed: string;
  /** Blanks closed, punctuation full-width. */
  plain: string;
}

/** The printed paragraphs of the text itself, what is appended to it, and its notice. */
export function printedParagraphs({ parts }: MetadataSource): Paragraph[] {
  return (["main", "appended", "notice"] as const).flatMap((kind) =>
    parts.filter((part) => part.kind === kind).flatMap((part) => part.body),
  );
}

export function splitPrinted(text: string): PrintedSentence[] {
  return (text.match(/[^。；;！]+[。；;！]?[”」）)]?/g) ?? [])
    .map((piece) => ({ printed: piece.trim(), plain: unifyPunctuation(closeGaps(piece)) }))
    .filter(({ plain }) => plain !== "");
}
