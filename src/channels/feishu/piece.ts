import type { CardElement } from "./card.ts";

/** The same content for a card and for the text that stands in where a card is refused. Never divided further. */
export interface Piece {
  elements: CardElement[];
  lines: PostLine[];
}

export interface PostLine {
  text: string;
  href?: string;
  /** Open id of whom it notifies, checked; there is no text then. */
  mention?: string;
}
