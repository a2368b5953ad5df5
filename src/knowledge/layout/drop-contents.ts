import { readLabel } from "../outline/read-label.ts";
import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";

const LOOKED_AT = 80;
const MAX_ENTRY = 90;
const MAX_ENTRIES = 400;

/** Leaves out a table of contents near the beginning, with its caption or without one. */
export function dropContents(paragraphs: readonly Paragraph[]): { paragraphs: Paragraph[]; dropped: number } {
  let index = 0;
  while (index < Math.min(paragraphs.length, LOOKED_AT)) {
    const dropped = countContents(paragraphs, index);
    if (dropped > 0) return { paragraphs: paragraphs.toSpliced(index, dropped), dropped };
    index += Math.max(1, countBareHeadings(paragraphs, index));
  }
  return { paragraphs: [...paragraphs], dropped: 0 };
}

/** Number of paragraphs of a table of contents that starts here: up to where its first entry comes again. */
function countContents(paragraphs: readonly Paragraph[], index: number): number {
  if (!/^目\s*[录次]$/.test(paragraphs[index]?.text ?? "")) return countBareContents(paragraphs, index);
  const first = entryKey(paragraphs[index + 1]?.text ?? "");
  if (first === "") return 1;
  const limit = Math.min(paragraphs.length, index + MAX_ENTRIES);
  for (let next = index + 2; next < limit; next += 1) {
    const text = paragraphs[next]?.text ?? "";
    if (entryKey(text) === first) return next - index;
    if (text.length > MAX_ENTRY) return next - index;
  }
  return 1;
}

const MIN_BARE_ENTRIES = 4;

/** Contents without a caption: headings in a row, which come again further down. */
function countBareContents(paragraphs: readonly Paragraph[], index: number): number {
  const count = countBareHeadings(paragraphs, index);
  if (count < MIN_BARE_ENTRIES) return 0;
  const later = new Set(paragraphs.slice(index + count).map(({ text }) => entryKey(text)));
  const entries = paragraphs.slice(index, index + count).map(({ text }) => entryKey(text));
  later.delete("");
  while (entries.length > 0 && !later.has(entries.at(-1) ?? "")) entries.pop();
  const again = entries.filter((entry) => later.has(entry)).length;
  return again >= MIN_BARE_ENTRIES && again >= entries.length * 0.8 ? entries.length : 0;
}

function countBareHeadings(paragraphs: readonly Paragraph[], index: number): number {
  let count = 0;
  while (count < MAX_ENTRIES && isBareHeading(paragraphs[index + count])) count += 1;
  return count;
}

function isBareHeading(paragraph: Paragraph | undefined): boolean {
  if (!paragraph || isRow(paragraph)) return false;
  const { text } = paragraph;
  return (
    text.length <= 60 && !/[。；，]/.test(text) && (readLabel(text) !== undefined || isContentsEntry(text))
  );
}

function isContentsEntry(text: string): boolean {
  return /(?:[.…·]{3,}|\s{2,})\s*\d{1,4}$/.test(text);
}

function entryKey(text: string): string {
  if (text.length > MAX_ENTRY) return "";
  return text.replace(/[\s.…·\d]+$/, "").replace(/\s/g, "");
}
