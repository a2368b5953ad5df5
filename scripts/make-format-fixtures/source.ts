import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/**
 * A line of a source's body is `STYLE SECTION TEXT`:
 * F front or back matter (a node and a clause), H a heading of its own (a node), N a numbered item (a node and a clause),
 * P a paragraph (a clause), J goes on with the clause before on a line of its own, A the mark of an attachment (a node),
 * L and X are printed but no part of the document's outline, T a table.
 * In a section `_` stands for a blank and a last `?` for an ordinal that is not checked.
 */
export type Style = "F" | "H" | "N" | "P" | "J" | "A" | "L" | "X" | "T";

export interface SourceBlock {
  style: Style;
  /** For tables: the table's key. */
  section: string;
  /**
   * With the inline marks `{+…+}` inserted, `{-…-}` deleted, `[^1]` footnote; in files written as Word writes them also `{/}` a line
   * break, `{h:…}` hidden, `{m:…}` moved away, `{f:…}` result of a field, `{s:…}` in a content control.
   */
  text: string;
  /** A whole paragraph that a revision added or removed. */
  revision?: "+" | "-";
}

export interface SourceTable {
  /** How many rows are header rows. */
  header: number;
  /** `^` goes on with the cell above, `<` with the cell on the left. */
  cells: string[][];
  title?: string;
  sheet?: string;
}

export type FormOptions = Readonly<Record<string, string | number | boolean>>;

export interface Source {
  name: string;
  about: string;
  forms: Readonly<Record<string, FormOptions>>;
  metadata: Readonly<Record<string, unknown>>;
  blocks: SourceBlock[];
  tables: Readonly<Record<string, SourceTable>>;
  footnotes: string[];
}

interface RawSource {
  about: string;
  forms: Record<string, FormOptions>;
  metadata: Record<string, unknown>;
  body: string;
  tables?: Record<string, { header: number; rows: string[]; title?: string; sheet?: string }>;
  footnotes?: string[];
}

export function readSources(directory: string): Source[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .map((file) => readSource(directory, file));
}

function readSource(directory: string, file: string): Source {
  const raw = parse(readFileSync(join(directory, file), "utf8")) as RawSource;
  const tables = Object.entries(raw.tables ?? {}).map(([key, { rows, ...rest }]) => [
    key,
    { ...rest, cells: rows.map((row) => row.split(" |").map((cell) => cell.trim())) },
  ]);
  return {
    name: file.replace(/\.yaml$/, ""),
    about: raw.about,
    forms: raw.forms,
    metadata: raw.metadata,
    blocks: raw.body
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => readBlock(line, file)),
    tables: Object.fromEntries(tables) as Record<string, SourceTable>,
    footnotes: raw.footnotes ?? [],
  };
}

function readBlock(line: string, file: string): SourceBlock {
  const [, revision, style, section, text] =
    /^(?:\{([+-])\})?([FHNPJALXT]) (\S+)(?: (.*))?$/.exec(line.trim()) ?? [];
  if (!style || !section) throw new Error(`${file}: ${line}`);
  const block = { style: style as Style, section: section.replaceAll("_", " "), text: text ?? "" };
  return revision === "+" || revision === "-" ? { ...block, revision } : block;
}

/** As it reads when every revision is accepted, without the marks of footnotes. */
export function finalText(text: string): string {
  return text
    .replace(/\{-.*?-\}/g, "")
    .replace(/\{\+(.*?)\+\}/g, "$1")
    .replace(/\{\/\}|\{[hm]:.*?\}/g, "")
    .replace(/\{[fs]:(.*?)\}/g, "$1")
    .replace(/\[\^\d+\]/g, "");
}

/** Every row with what a person reads in it: a cell merged downwards counts for each of its rows, one merged to the right once. */
export function readableRows(table: SourceTable): string[][] {
  const rows: string[][] = [];
  for (const [y, row] of table.cells.entries()) {
    const above = rows[y - 1] ?? [];
    rows.push(row.map((cell, x) => (cell === "^" ? (above[x] ?? "") : cell)));
  }
  return rows.map((row) => row.filter((cell) => cell !== "<"));
}

export interface Span {
  text: string;
  x: number;
  y: number;
  columns: number;
  rows: number;
}

/** The cells that stand in the file, each where it begins. */
export function spansOf(table: SourceTable): Span[] {
  const { cells } = table;
  return cells.flatMap((row, y) =>
    row.flatMap((text, x) => {
      if (text === "^" || text === "<") return [];
      let columns = 1;
      while (cells[y]?.[x + columns] === "<") columns++;
      let rows = 1;
      while (cells[y + rows]?.[x] === "^") rows++;
      return [{ text, x, y, columns, rows }];
    }),
  );
}
