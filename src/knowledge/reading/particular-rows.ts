import { isRow } from "./block-note.ts";
import { type Field, OTHER_KEYS, type PageFields } from "./page-particulars.ts";
import type { Line } from "./split-lines.ts";
import { PAGE_FIELDS } from "./web-page-words.ts";

const HEAD_LINES = 60;
const MIN_PAIRS = 2;

/** Takes out the table of particulars that sites put over a document: keys and values in turn, `文号 | … | 成文日期 | …`. */
export function takeParticularRows(lines: readonly Line[]): { lines: readonly Line[]; fields: PageFields } {
  const found = lines.slice(0, HEAD_LINES).filter(isRow).filter(isParticular);
  const pairs = found.reduce((sum, { text }) => sum + readPairs(text).length, 0);
  if (pairs < MIN_PAIRS) return { lines, fields: {} };
  const fields: PageFields = {};
  for (const { text } of found) {
    for (const [field, value] of readPairs(text)) if (field) fields[field] ??= value;
  }
  const taken = new Set(found);
  return { lines: lines.filter((line) => !taken.has(line)), fields };
}

/** Every key of the row is one that pages use. */
function isParticular({ text }: Line): boolean {
  const pairs = readPairs(text);
  return (
    pairs.length > 0 && pairs.every(([field, value]) => field !== undefined && readKey(value) === undefined)
  );
}

function readPairs(text: string): [Field | "" | undefined, string][] {
  const cells = text.split(" | ").map((cell) => cell.trim());
  const pairs: [Field | "" | undefined, string][] = [];
  for (let index = 0; index + 1 < cells.length; index += 2) {
    const key = (cells[index] ?? "").replace(/[\s：:]/g, "");
    pairs.push([readKey(key), cells[index + 1] ?? ""]);
  }
  return pairs;
}

function readKey(key: string): Field | "" | undefined {
  const field = PAGE_FIELDS[key];
  if (field !== undefined) return field as Field;
  return OTHER_KEYS.test(key) ? "" : undefined;
}
