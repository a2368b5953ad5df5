import type { Line } from "./split-lines.ts";

const RULE = /^\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?$/;

/** Tables of Markdown: `| a | b |` over `| --- | --- |`. Their lines become rows, the rule and the outer bars are left out. */
export function markTableLines(lines: readonly Line[]): Line[] {
  const marked: Line[] = [];
  let id = 0;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const rule = lines[index + 1];
    if (!line) break;
    if (!rule || !isRowLine(line) || !rule.text.includes("|") || !RULE.test(rule.text) || rule.blankBefore) {
      marked.push(line);
      continue;
    }
    id += 1;
    let end = index + 2;
    while (end < lines.length && isRowLine(lines[end]) && !lines[end]?.blankBefore) end += 1;
    const header = cellsOf(line.text).join(" | ");
    const rows = [line, ...lines.slice(index + 2, end)];
    for (const [row, printed] of rows.entries())
      marked.push(toRow(printed, { id, row, isHeader: row === 0, header }));
    index = end - 1;
  }
  return marked;
}

function isRowLine(line: Line | undefined): line is Line {
  return line?.text.includes("|") ?? false;
}

function cellsOf(text: string): string[] {
  return text
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split("|")
    .map((cell) => cell.trim());
}

function toRow(line: Line, table: { id: number; row: number; isHeader: boolean; header: string }): Line {
  const inner = line.text.replace(/^\|[ ]*/, "");
  const text = (inner.endsWith("|") ? inner.slice(0, -1) : inner).trimEnd();
  const start = line.end - inner.length;
  return {
    ...line,
    start,
    end: start + text.length,
    text,
    note: { kind: "row", page: null, level: undefined, table, recognised: false, isSheet: false },
  };
}
