import type { ButtonComponent } from "./message-body.ts";

/** A part of a reply that stays together in one message. */
export interface Piece {
  /** Markdown, escaped; short enough for one embed. */
  text: string;
  /** Begins an embed of its own. */
  colour?: number;
  /** A picture that was opened, by the name of its upload. */
  picture?: string;
  /** Rows of at most five; they stand under the message. */
  rows?: ButtonComponent[][];
}

/** Before escaping, which at worst doubles it. */
export const MAX_RAW_CHARACTERS = 1_700;
