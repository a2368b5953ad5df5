import { readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  type Clause,
  type ParsedDocument,
  type PlaceTable,
  parseDocument,
} from "../../src/knowledge/index.ts";
import type { DocumentReader, ReadDocument } from "../../src/readers/index.ts";
import { compareMetadata } from "./compare-metadata.ts";
import { characterAccuracy, normalize, pairTexts, type Tally } from "./compare-texts.ts";
import type { Fixture } from "./load-fixtures.ts";

export interface Measured {
  fixture: Fixture;
  outline: Tally;
  clauses: Tally;
  /** Of the clauses that were found: how many in their section. */
  sections: Tally;
  metadata: Tally;
  rows: Tally;
  footnotes: Tally;
  /** Characters recognised rightly and in all; null for forms with text. */
  characters: { right: number; total: number } | null;
  failures: string[];
  found: { section: string; text: string }[];
  milliseconds: number;
}

/** In recognised text a clause counts as found when nine characters of ten are right. */
const OCR_LIKENESS = 0.9;

export async function measureFile(
  fixture: Fixture,
  reader: DocumentReader,
  places: PlaceTable,
): Promise<Measured> {
  const fileName = basename(fixture.file).replace(".scan.pdf", ".pdf");
  const begun = performance.now();
  const read = await reader.read({ bytes: new Uint8Array(readFileSync(fixture.file)), fileName });
  const parsed = parseDocument(read, { fileName, places });
  const milliseconds = performance.now() - begun;
  const isRecognized = fixture.form === "scan" || fixture.form === "image";
  const likeness = isRecognized ? OCR_LIKENESS : 1;
  const found = parsed.clauses.filter((clause) => isPlain(clause, fixture));
  const clauses = compareClauses(fixture, found, likeness);
  const outline = compareOutline(fixture, parsed, likeness);
  const metadata = compareMetadata(fixture.truth.metadata, parsed.metadata);
  const rows = compareRows(fixture, read, likeness);
  const notes = compareFootnotes(fixture, read);
  return {
    fixture,
    outline: outline.tally,
    clauses: clauses.tally,
    sections: clauses.sections,
    metadata: metadata.tally,
    rows: rows.tally,
    footnotes: notes.tally,
    characters: isRecognized ? compareCharacters(fixture, read) : null,
    failures: [outline, clauses, metadata, rows, notes].flatMap(({ failures }) => failures),
    found,
    milliseconds,
  };
}

/** Clauses other than rows of tables and notes, which are compared apart, and what may as well be left out. */
function isPlain(clause: Clause, { truth }: Fixture): boolean {
  if (clause.tableHeader !== undefined || /表\d*第\d+行|注\d+$/.test(clause.section)) return false;
  const text = normalize(clause.text).replaceAll("|", "");
  if ((truth.optional ?? []).some((line) => normalize(line) === text)) return false;
  return !truth.tables.some(({ rows }) => {
    const whole = normalize(rows.flat().join(""));
    return whole.startsWith(text) || rows.some((row) => normalize(row.join("")) === text);
  });
}

interface Compared {
  tally: Tally;
  failures: string[];
}

function compareClauses(
  { truth, form }: Fixture,
  found: readonly Clause[],
  likeness: number,
): Compared & { sections: Tally } {
  const bare = (text: string) =>
    truth.footnotes ? text.replace(/[[〔［(（]注?\d+[)）\]〕］]|[①②③¹²³]/g, "") : text;
  const pairing = pairTexts(
    truth.clauses.map(({ text }) => text),
    found.map(({ text }) => (form === "md" ? bare(text).replaceAll("**", "") : bare(text))),
    likeness,
  );
  const sections = { hits: 0, expected: 0, found: 0 };
  const misplaced: string[] = [];
  for (const [expected, at] of pairing.pairs) {
    const { section = "", text = "" } = truth.clauses[expected] ?? {};
    if (section.endsWith("?")) continue;
    const actual = found[at]?.section ?? "";
    sections.expected++;
    sections.found++;
    if (normalize(actual) === normalize(section)) sections.hits++;
    else misplaced.push(`section ${actual} should be ${section}: ${text.slice(0, 30)}`);
  }
  return {
    tally: pairing.tally,
    sections,
    failures: [
      ...pairing.missing.map((text) => `clause missing: ${text}`),
      ...pairing.extra.map((text) => `clause extra:   ${text.replaceAll("\n", "⏎")}`),
      ...misplaced,
    ],
  };
}

function compareOutline({ truth }: Fixture, parsed: ParsedDocument, likeness: number): Compared {
  const optional = (truth.optional ?? []).map(normalize);
  const nodes = new Map(
    parsed.nodes
      .filter(
        ({ start, end, heading }) =>
          ![heading, parsed.text.slice(start, end)].map(normalize).some((text) => optional.includes(text)),
      )
      .map((node) => [normalize(node.section), node.heading]),
  );
  const failures: string[] = [];
  const expected = truth.outline.map((line) => line.split(" ⇒ "));
  let hits = 0;
  for (const [section = "", heading] of expected) {
    const actual = nodes.get(normalize(section));
    if (actual === undefined) failures.push(`node missing:   ${section}${heading ? ` ${heading}` : ""}`);
    else if (heading && !isHeading(heading, actual, likeness))
      failures.push(`heading of ${section}: ${actual} should be ${heading}`);
    else hits++;
  }
  const wanted = new Set(expected.map(([section = ""]) => normalize(section)));
  for (const [section, heading] of nodes)
    if (!wanted.has(section)) failures.push(`node extra:     ${section} ${heading}`);
  return { tally: { hits, expected: expected.length, found: nodes.size }, failures };
}

function isHeading(expected: string, actual: string, likeness: number): boolean {
  const bare = (text: string) => normalize(text).replace(/[。：:;；]$/, "");
  return characterAccuracy(bare(expected), bare(actual)) >= likeness;
}

/** Rows as cells with something in them; a cell that goes on to the right may be repeated. */
function compareRows({ truth }: Fixture, read: ReadDocument, likeness: number): Compared {
  const line = (cells: readonly string[]) =>
    cells
      .map(normalize)
      .filter((cell, index, all) => cell !== "" && cell !== all[index - 1])
      .join("|");
  const found = read.blocks
    .filter(({ kind }) => kind === "row")
    .map(({ text }) => line(text.split("|")))
    .filter((row) => row !== "");
  const expected = truth.tables.flatMap(({ rows }) => rows.map(line));
  if (expected.length === 0 && read.format === "txt")
    return { tally: { hits: 0, expected: 0, found: 0 }, failures: [] };
  const pairing = pairTexts(expected, found, likeness);
  return {
    tally: pairing.tally,
    failures: [
      ...pairing.missing.map((row) => `row missing:    ${row}`),
      ...pairing.extra.map((row) => `row extra:      ${row}`),
    ],
  };
}

function compareFootnotes({ truth }: Fixture, read: ReadDocument): Compared {
  const found = read.blocks.filter(({ kind }) => kind === "footnote").map(({ text }) => normalize(text));
  const missing = (truth.footnotes ?? []).filter(
    (note) => !found.some((text) => text.includes(normalize(note))),
  );
  const expected = truth.footnotes?.length ?? 0;
  return {
    tally: { hits: expected - missing.length, expected, found: found.length },
    failures: missing.map((note) => `footnote missing: ${note}`),
  };
}

function compareCharacters({ truth }: Fixture, read: ReadDocument): { right: number; total: number } {
  const expected = normalize(truth.print ?? "");
  const found = normalize(read.blocks.map(({ text }) => text).join("")).replaceAll("|", "");
  return { right: characterAccuracy(expected, found) * expected.length, total: expected.length };
}
