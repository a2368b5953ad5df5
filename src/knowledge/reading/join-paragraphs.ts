import { readLabel } from "../outline/read-label.ts";
import type { BlockNote } from "./block-note.ts";
import { isAddresseeLine, readDateLine, readDocumentNumberLine, readOrganLine } from "./line-roles.ts";
import type { Line } from "./split-lines.ts";

/** One paragraph: a line, or several that a converter broke in the middle of a sentence. `text` is the exact slice. */
export interface Paragraph {
  start: number;
  end: number;
  text: string;
  note?: BlockNote;
}

/** How the lines of a text are broken: `width` is set when lines are cut at a page width. */
interface Wrapping {
  width: number | undefined;
  /** Paragraphs start with blanks, continued lines do not. */
  indented: boolean;
}

/** Joins what evidently belongs together; a line that could begin something new stays on its own. */
export function joinParagraphs(text: string, lines: readonly Line[]): Paragraph[] {
  const wrapping = readWrapping(lines);
  const paragraphs: Paragraph[] = [];
  let open: Paragraph | undefined;
  let previous: Line | undefined;
  for (const line of lines) {
    if (open && previous && continues(previous, line, wrapping)) {
      open.end = line.end;
      open.text = text.slice(open.start, line.end);
    } else {
      open = toParagraph(line);
      paragraphs.push(open);
    }
    previous = line;
  }
  return paragraphs;
}

export function toParagraph({ start, end, text, note }: Line): Paragraph {
  return { start, end, text, ...(note && { note }) };
}

const TERMINATED = /[。！？；：!?;:…”』」）)】》]$/;
const LONG_LINE = 18;
const MIN_CUT_LINES = 2;

/** Lines are cut at a page width when running text stops at much the same length in the middle of sentences, again and again. */
function readWrapping(lines: readonly Line[]): Wrapping {
  const prose = lines
    .filter((line) => !standsAlone(line))
    .filter(({ text }) => text.length >= LONG_LINE && /[，。；,;]/.test(text));
  const cut = prose.filter(({ text }) => !TERMINATED.test(text) && !endsInPause(text));
  const lengths = cut.map(({ text, indent }) => text.length + indent).sort((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length / 2)];
  const alike = lengths.filter((length) => Math.abs(length - (width ?? 0)) <= 4).length;
  const isWrapped =
    cut.length >= MIN_CUT_LINES && cut.length >= prose.length * 0.3 && alike >= cut.length * 0.7;
  const indented = lines.filter((line) => line.indent >= 2).length;
  return {
    width: isWrapped ? width : undefined,
    indented: indented >= 3 && indented <= lines.length * 0.7,
  };
}

function endsInPause(text: string): boolean {
  return /[，、（《“〈]$/.test(text);
}

/** Rows, headings and notes are what the reader says they are. */
function standsAlone({ note }: Line): boolean {
  return note !== undefined && note.kind !== "paragraph";
}

function continues(previous: Line, line: Line, wrapping: Wrapping): boolean {
  if (standsAlone(previous) || standsAlone(line)) return false;
  if (/^[。，；、：）》”！？」』】]/.test(line.text)) return true;
  if (startsAnew(line)) return false;
  if (endsInPause(previous.text)) return !line.blankBefore || wrapping.width !== undefined;
  const { width } = wrapping;
  if (width === undefined || line.blankBefore) return false;
  if (wrapping.indented && line.indent >= 2) return false;
  if (wrapping.indented) return true;
  // A sentence that ends with the line is followed by more of its paragraph six times out of seven.
  const margin = TERMINATED.test(previous.text) ? 1 : 4;
  return !/[：:]$/.test(previous.text) && previous.text.length + previous.indent >= width - margin;
}

function startsAnew({ text }: Line): boolean {
  return (
    readLabel(text) !== undefined ||
    readDateLine(text) !== undefined ||
    readOrganLine(text) !== undefined ||
    readDocumentNumberLine(text) !== undefined ||
    (isAddresseeLine(text) && text.length < 60 && /^各|^有关/.test(text)) ||
    /^附\s*件/.test(text) ||
    /^特此(?:通知|公告|通告|公布|公示|函告|函复|函达|批复|报告|说明|告知|通报)[。.！]?$/.test(text)
  );
}
