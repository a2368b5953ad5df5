import { DeletedTextRun, InsertedTextRun, type IRunOptions, TextRun } from "docx";
import type { SourceBlock } from "./source.ts";

type Run = TextRun | InsertedTextRun | DeletedTextRun;

/** Runs of a paragraph; a number stands for the mark of that footnote. Words are cut into several runs, as Word does. */
export function makeRuns(
  block: SourceBlock,
  looks: IRunOptions,
  revised: { author: string; date: string },
): (Run | number)[] {
  const pieces = block.text.split(/(\{\+.*?\+\}|\{-.*?-\}|\[\^\d+\])/).filter((piece) => piece !== "");
  return pieces.flatMap((piece, index): (Run | number)[] => {
    const note = /^\[\^(\d+)\]$/.exec(piece)?.[1];
    if (note) return [Number(note)];
    const change = /^\{([+-])(.*)[+-]\}$/.exec(piece);
    const kind = block.revision ?? change?.[1];
    const text = change?.[2] ?? piece;
    const id = 1000 + index + hash(block.section) * 10;
    if (kind === "+") return [new InsertedTextRun({ ...looks, text, id, ...revised })];
    if (kind === "-") return [new DeletedTextRun({ ...looks, text, id, ...revised })];
    return cut(text).map((part) => new TextRun({ ...looks, text: part }));
  });
}

/** Word cuts a run where the language, the spelling check or an edit changed; never where a person would. */
function cut(text: string): string[] {
  return text.length > 30 ? [text.slice(0, 17), text.slice(17)] : [text];
}

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973, 7);
}
