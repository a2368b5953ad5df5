import type { XmlElement } from "../xml/read-xml.ts";
import type { NumberCounter } from "./count-numbers.ts";
import type { Numbering } from "./numbering.ts";
import type { Piece } from "./read-runs.ts";
import type { StyleSheet } from "./styles.ts";

/** Page breaks seen so far: those that the word processor noted when it last laid the pages out, and those that are written. */
export interface Place {
  rendered: number;
  written: number;
}

export interface Field {
  /** The instruction comes first, the result after `separate`. */
  phase: "instruction" | "result";
  instruction: string;
}

export type NoteKind = "footnote" | "endnote";

/** Everything that lasts from one paragraph to the next. */
export interface ReadingState {
  styles: StyleSheet;
  numbering: Numbering;
  counter: NumberCounter;
  notes: Readonly<Record<NoteKind, ReadonlyMap<string, XmlElement>>>;
  noteCounts: Record<NoteKind, number>;
  place: Place;
  /** Fields that have begun and not ended; they may span paragraphs. */
  fields: Field[];
  /** Pieces of paragraphs whose end is deleted: they go on in the next one. */
  carried: Piece[];
  /** Paragraphs of tables of contents that were left out. */
  contentsSeen: number;
  tables: number;
  seen: Seen;
  /** Relation id → the words that link to it. */
  linkTexts: Map<string, string>;
}

/** What people are told afterwards. */
export interface Seen {
  revisions: boolean;
  comments: boolean;
  hidden: boolean;
  pictures: number;
  otherFiles: number;
}

export function inContents(state: ReadingState): boolean {
  return state.fields.some(({ phase, instruction }) => phase === "result" && isContentsField(instruction));
}

export function isContentsField(instruction: string): boolean {
  return /^\s*TO[CA]\b/i.test(instruction);
}
