import type { XmlElement } from "../xml/read-xml.ts";

/** Page breaks seen so far: those that the word processor noted when it last laid the pages out, and those that are written. */
export interface Place {
  rendered: number;
  written: number;
}

export type NoteKind = "footnote" | "endnote";

/** What a paragraph consists of, in order. */
export type Piece =
  | { kind: "text"; text: string; bold: boolean; place: Place }
  /** `page`: the text after it stands on another page or is meant to. */
  | { kind: "break"; page: boolean }
  | { kind: "note"; note: NoteKind; id: string }
  /** The content of a text box. */
  | { kind: "box"; content: XmlElement };
