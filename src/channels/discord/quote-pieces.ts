import type { Words } from "./labels.ts";
import { bold, clip, escapeMarkdown, link, quoteLines, small } from "./markdown.ts";
import { MAX_RAW_CHARACTERS, type Piece } from "./piece.ts";
import { splitText } from "./split-text.ts";

/** Long texts become several pieces; nothing is cut. */
export function toTextPieces(text: string, write: (part: string) => string = escapeMarkdown): Piece[] {
  if (text.trim() === "") return [];
  return splitText(text.trim(), MAX_RAW_CHARACTERS).map((part) => ({ text: write(part) }));
}

export interface Quoted {
  title: string;
  /** Headings above the clause. */
  path: string;
  quote: string;
  url: string | undefined;
}

const MAX_TITLE_CHARACTERS = 900;

/** A clause: where it stands, its words, a link to it. */
export function toQuotePieces({ title, path, quote, url }: Quoted, words: Words): Piece[] {
  const parts = splitText(quote.trim(), MAX_RAW_CHARACTERS / 2);
  return parts.map((part, index): Piece => {
    const lines = [
      ...(index === 0 ? [bold(clip(title, MAX_TITLE_CHARACTERS))] : []),
      ...(index === 0 && path !== "" ? [small(clip(path, 300))] : []),
      ...(index > 0 ? [small(words.continued(index + 1, parts.length))] : []),
      quoteLines(part.trim()),
      ...(index === parts.length - 1 && url !== undefined ? [link(words.source, url)] : []),
    ];
    return { text: lines.filter(Boolean).join("\n") };
  });
}
