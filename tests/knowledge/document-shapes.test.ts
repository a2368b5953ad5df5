import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  type DocumentMetadata,
  decodeDocument,
  loadPlaces,
  parseDocument,
} from "../../src/knowledge/index.ts";

interface Truth {
  metadata: Partial<DocumentMetadata>;
  outline: string[];
  clauses?: string[];
}

const DIRECTORY = join(import.meta.dirname, "../fixtures/documents");
const places = await loadPlaces(join(import.meta.dirname, "../../knowledge"));
const names = readdirSync(DIRECTORY)
  .filter((file) => file.endsWith(".txt"))
  .map((file) => file.replace(/\.txt$/, ""));

/** Floors over all shapes together; they only rise. */
const OUTLINE_FLOOR = 0.98;
const CLAUSE_FLOOR = 0.97;
const METADATA_FLOOR = 0.98;

function read(name: string) {
  const { text } = decodeDocument(readFileSync(join(DIRECTORY, `${name}.txt`)));
  const truth = parse(readFileSync(join(DIRECTORY, `${name}.truth.yaml`), "utf8")) as Truth;
  return { parsed: parseDocument(text, { fileName: `${name}.txt`, places }), truth };
}

function f1(expected: readonly string[], found: readonly string[]): number {
  const wanted = new Set(expected);
  const hits = found.filter((section) => wanted.has(section)).length;
  return expected.length + found.length === 0 ? 1 : (2 * hits) / (expected.length + found.length);
}

function wrongFields(truth: Truth, metadata: DocumentMetadata): string[] {
  return Object.entries(truth.metadata)
    .filter(([field, value]) => {
      const found = metadata[field as keyof DocumentMetadata];
      return JSON.stringify(found) !== JSON.stringify(value);
    })
    .map(
      ([field, value]) =>
        `${field}: ${JSON.stringify(metadata[field as keyof DocumentMetadata])} ≠ ${JSON.stringify(value)}`,
    );
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe("documents of every shape", () => {
  it("has at least fourteen shapes", () => expect(names.length).toBeGreaterThanOrEqual(14));

  for (const name of names) {
    it(`${name}: outline, clauses and metadata`, () => {
      const { parsed, truth } = read(name);
      const outline = parsed.nodes.map(({ section }) => section);
      expect(f1(truth.outline, outline), `outline: ${outline.join(" ")}`).toBeGreaterThanOrEqual(0.9);
      if (truth.clauses) {
        const clauses = parsed.clauses.map(({ section }) => section);
        expect(f1(truth.clauses, clauses), `clauses: ${clauses.join(" ")}`).toBeGreaterThanOrEqual(0.85);
      }
      const wrong = wrongFields(truth, parsed.metadata);
      expect(wrong.length, wrong.join("\n")).toBeLessThanOrEqual(1);
    });
  }

  it("keeps the floors over all shapes", () => {
    const documents = names.map((name) => read(name));
    const outline = average(
      documents.map(({ parsed, truth }) =>
        f1(
          truth.outline,
          parsed.nodes.map(({ section }) => section),
        ),
      ),
    );
    const clauses = average(
      documents.flatMap(({ parsed, truth }) =>
        truth.clauses
          ? [
              f1(
                truth.clauses,
                parsed.clauses.map(({ section }) => section),
              ),
            ]
          : [],
      ),
    );
    const fields = documents.reduce((sum, { truth }) => sum + Object.keys(truth.metadata).length, 0);
    const wrong = documents.reduce(
      (sum, { parsed, truth }) => sum + wrongFields(truth, parsed.metadata).length,
      0,
    );
    expect(outline).toBeGreaterThanOrEqual(OUTLINE_FLOOR);
    expect(clauses).toBeGreaterThanOrEqual(CLAUSE_FLOOR);
    expect(1 - wrong / fields).toBeGreaterThanOrEqual(METADATA_FLOOR);
  });
});
