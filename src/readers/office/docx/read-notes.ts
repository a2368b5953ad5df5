import { childElements } from "../xml/query-xml.ts";
import type { DraftBlock } from "./draft-block.ts";
import type { NoteKind } from "./piece.ts";
import { readParagraph } from "./read-paragraph.ts";
import type { ReadingState } from "./reading-state.ts";
import { joinWords } from "./split-lines.ts";

/**
 * Notes as blocks `［1］…` after the paragraph that refers to them (endnotes `［尾注1］…`). The mark is not put into the
 * paragraph: there it would part words and stand beside figures.
 */
export function readNotes(
  references: readonly { note: NoteKind; id: string }[],
  state: ReadingState,
): DraftBlock[] {
  return references.flatMap(({ note, id }) => {
    state.noteCounts[note] += 1;
    const place = { ...state.place };
    const element = state.notes[note].get(id);
    if (!element) return [];
    const text = [...childElements(element)]
      .filter(({ name }) => name === "w:p")
      .flatMap((paragraph) => readParagraph(paragraph, state)?.lines ?? [])
      .reduce((joined, line) => joinWords(joined, line.text), "");
    const mark = note === "footnote" ? `［${state.noteCounts[note]}］` : `［尾注${state.noteCounts[note]}］`;
    return text === "" ? [] : [{ kind: "footnote" as const, text: `${mark}${text}`, place }];
  });
}
