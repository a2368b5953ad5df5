import type { WORDS } from "../labels.ts";
import { linkElement, panelElement, textElement } from "./card.ts";
import type { Piece } from "./piece.ts";
import { splitText } from "./split-text.ts";

/** Small enough that a piece with everything around it always fits into one card. */
export const MAX_TEXT_BYTES = 9_000;
/** Beyond what titles, sections and states of documents reach; protects the size of a card. */
const MAX_LABEL_CHARACTERS = 200;

export type Words = (typeof WORDS)[keyof typeof WORDS];

export interface Quote {
  title: string;
  /** Under the title, small; may be empty. */
  path: string;
  quote: string;
  /** Already checked. */
  url: string | undefined;
  expanded: boolean;
}

/** A foldable panel with words of a document, verbatim; a long quote becomes several. */
export function toQuotePieces({ title, path, quote, url, expanded }: Quote, words: Words): Piece[] {
  const parts = splitText(quote, MAX_TEXT_BYTES);
  return parts.map((part, position): Piece => {
    const count = parts.length > 1 ? `（${words.continued(position + 1, parts.length)}）` : "";
    return {
      elements: [
        panelElement(`${title}${count}`, expanded && position === 0, [
          ...(path === "" ? [] : [textElement(path, { text_size: "notation", text_color: "grey" })]),
          ...(part === "" ? [] : [textElement(part)]),
          ...(url === undefined ? [] : [linkElement(words.source, url)]),
        ]),
      ],
      lines: [
        { text: `${title}${count}` },
        ...(path === "" ? [] : [{ text: path }]),
        ...(part === "" ? [] : [{ text: part }]),
        ...(url === undefined ? [] : [{ text: words.source, href: url }]),
      ],
    };
  });
}

export function toTextPieces(text: string, size: "heading" | "normal" | "notation"): Piece[] {
  if (text.trim() === "") return [];
  const style =
    size === "notation" ? ({ text_size: size, text_color: "grey" } as const) : { text_size: size };
  return splitText(text, MAX_TEXT_BYTES).map((part) => ({
    elements: [textElement(part, style)],
    lines: [{ text: part }],
  }));
}

export function shorten(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_LABEL_CHARACTERS) return text;
  return `${characters.slice(0, MAX_LABEL_CHARACTERS - 1).join("")}…`;
}
