import type { BlockNote } from "./block-note.ts";

/** A line with content. `text` is exactly the document text from `start` to `end`, blanks at both ends left out. */
export interface Line {
  start: number;
  end: number;
  text: string;
  /** Number of blanks before the text. */
  indent: number;
  blankBefore: boolean;
  note?: BlockNote;
}

export function splitLines(text: string): Line[] {
  const lines: Line[] = [];
  let blankBefore = false;
  let from = 0;
  while (from <= text.length) {
    const newline = text.indexOf("\n", from);
    const to = newline === -1 ? text.length : newline;
    const line = readLine(text, from, to, blankBefore);
    if (line) lines.push(line);
    blankBefore = line === undefined;
    from = to + 1;
  }
  return lines;
}

function readLine(text: string, from: number, to: number, blankBefore: boolean): Line | undefined {
  const raw = text.slice(from, to);
  const indent = raw.length - raw.trimStart().length;
  const markup = readMarkup(raw.slice(indent));
  const body = raw.slice(indent + markup.before, raw.length - markup.after);
  const content = body.trim();
  if (content === "") return undefined;
  const start = from + indent + markup.before + (body.length - body.trimStart().length);
  return { start, end: start + content.length, text: content, indent, blankBefore };
}

/** Markdown heading marks and bold marks around a whole line are no part of the published words. */
function readMarkup(text: string): { before: number; after: number } {
  const before = /^(?:#{1,6} +)?(?:\*\*)?/.exec(text)?.[0].length ?? 0;
  const after = before > 0 && text.length > before + 2 && text.endsWith("**") ? 2 : 0;
  return { before, after };
}
