import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addTallies, f1, type Tally } from "../../scripts/measure-reading/compare-texts.ts";
import { type Fixture, loadFixtures } from "../../scripts/measure-reading/load-fixtures.ts";
import { type Measured, measureFile } from "../../scripts/measure-reading/measure-file.ts";
import { loadPlaces } from "../../src/knowledge/index.ts";
import { createDocumentReader } from "../../src/readers/index.ts";

const fixtures = loadFixtures(join(import.meta.dirname, "../fixtures/formats"));
const places = await loadPlaces(join(import.meta.dirname, "../../knowledge"));
const reader = createDocumentReader();

/** Recognising pages is slow: one clean page stands for the rest, `scripts/measure-reading.ts` reads all of them. */
const SCANS = ["extension-notice"];

/** Floors over all documents of a form; they only rise. */
interface Floors {
  outline: number;
  clauses: number;
  metadata: number;
  rows?: number;
  footnotes?: number;
  characters?: number;
}

const FLOORS: Readonly<Record<string, Floors>> = {
  txt: { outline: 0.985, clauses: 0.995, metadata: 0.995 },
  md: { outline: 0.99, clauses: 0.99, metadata: 0.99 },
  csv: { outline: 0.99, clauses: 0.99, metadata: 0.99, rows: 0.99 },
  xlsx: { outline: 0.99, clauses: 0.99, metadata: 0.99, rows: 0.99 },
  html: { outline: 0.99, clauses: 0.99, metadata: 0.985, rows: 0.99 },
  docx: { outline: 0.985, clauses: 0.995, metadata: 0.995, rows: 0.99, footnotes: 0.99 },
  doc: { outline: 0.99, clauses: 0.99, metadata: 0.99 },
  pdf: { outline: 0.975, clauses: 0.98, metadata: 0.99, rows: 0.91, footnotes: 0.99 },
  scan: { outline: 0.99, clauses: 0.99, metadata: 0.99, characters: 0.97 },
};

function score(measured: readonly Measured[], pick: (one: Measured) => Tally): number {
  return f1(addTallies(measured.map(pick)));
}

function chosen(form: string): Fixture[] {
  return fixtures.filter(
    (fixture) => fixture.form === form && (form !== "scan" || SCANS.includes(fixture.name)),
  );
}

afterAll(() => reader.close());

describe("documents in every format", () => {
  it("has at least thirty documents, and eight in four forms", () => {
    const forms = Map.groupBy(fixtures, ({ name }) => name);
    const inFour = [...forms.values()].filter((group) =>
      ["txt", "docx", "pdf", "scan"].every((form) => group.some((fixture) => fixture.form === form)),
    );
    expect(forms.size).toBeGreaterThanOrEqual(34);
    expect(inFour.length).toBeGreaterThanOrEqual(8);
  });

  describe.each(Object.entries(FLOORS))("%s", (form, floors) => {
    const measured: Measured[] = [];

    beforeAll(async () => {
      for (const fixture of chosen(form)) measured.push(await measureFile(fixture, reader, places));
    }, 120_000);

    it("keeps the floors", () => {
      const failures = measured
        .filter(({ fixture }) => fixture.half === "tune")
        .flatMap(({ fixture, failures }) => failures.map((failure) => `${fixture.name}: ${failure}`))
        .join("\n");
      expect(measured.length, failures).toBeGreaterThan(0);
      expect(
        score(measured, ({ outline }) => outline),
        failures,
      ).toBeGreaterThanOrEqual(floors.outline);
      expect(
        score(measured, ({ clauses }) => clauses),
        failures,
      ).toBeGreaterThanOrEqual(floors.clauses);
      expect(
        score(measured, ({ metadata }) => metadata),
        failures,
      ).toBeGreaterThanOrEqual(floors.metadata);
      if (floors.rows)
        expect(
          score(measured, ({ rows }) => rows),
          failures,
        ).toBeGreaterThanOrEqual(floors.rows);
      if (floors.footnotes)
        expect(score(measured, ({ footnotes }) => footnotes)).toBeGreaterThanOrEqual(floors.footnotes);
      if (floors.characters)
        for (const { characters } of measured)
          expect((characters?.right ?? 0) / (characters?.total ?? 1)).toBeGreaterThanOrEqual(
            floors.characters,
          );
    });
  });
});
