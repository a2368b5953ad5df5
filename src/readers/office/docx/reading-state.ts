import type { XmlElement } from "../xml/read-xml.ts";
import type { NumberCounter } from "./count-numbers.ts";
import type { Numbering } from "./numbering.ts";
import type { NoteKind, Piece, Place } from "./piece.ts";
import type { StyleSheet } from "./styles.ts";

export interface Field {
  /** The instruction comes first, the result after `separate`. */
  phase: "instruction" | "result";
  instruction: string;
}

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
