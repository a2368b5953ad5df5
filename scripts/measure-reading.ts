/**
 * Reads the documents of tests/fixtures/formats through the real pipeline (reader process, then parseDocument) and compares with
 * their hand-made truth: F1 of the outline and of the clauses, how many clauses stand in their section, metadata fields, rows of
 * tables, notes, and characters of scans. `tune` and `test` halves apart; failures of `test` are not shown.
 *
 *   node scripts/measure-reading.ts [--format docx,pdf] [--name NAME] [--failures] [--forms] [--json] [DIRECTORY]
 *
 * --forms: every other form of a document against its text: the same clauses? Files that cannot be read end the run with 1.
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loadPlaces } from "../src/knowledge/index.ts";
import { createDocumentReader } from "../src/readers/index.ts";
import { loadFixtures } from "./measure-reading/load-fixtures.ts";
import { type Measured, measureFile } from "./measure-reading/measure-file.ts";
import { writeFailures, writeForms, writeTable } from "./measure-reading/write-report.ts";

const ROOT = resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    format: { type: "string" },
    name: { type: "string" },
    failures: { type: "boolean", default: false },
    forms: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const directory = resolve(positionals[0] ?? join(ROOT, "tests/fixtures/formats"));
const formats = values.format?.split(",");
const places = await loadPlaces(join(ROOT, "knowledge"));
const reader = createDocumentReader();
const measured: Measured[] = [];
const broken: string[] = [];
for (const fixture of loadFixtures(directory)) {
  if (formats && !formats.includes(fixture.form)) continue;
  if (values.name && fixture.name !== values.name) continue;
  try {
    measured.push(await measureFile(fixture, reader, places));
  } catch (error) {
    broken.push(`${fixture.name}.${fixture.form}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
void reader.close();

const tune = measured.filter(({ fixture }) => fixture.half === "tune");
const test = measured.filter(({ fixture }) => fixture.half === "test");
if (values.json)
  console.log(
    JSON.stringify(
      measured.map(({ fixture: { name, form, half }, ...rest }) => ({ name, form, half, ...rest })),
    ),
  );
else {
  console.log(`tune\n${writeTable(tune)}\n\ntest\n${writeTable(test)}\n\nall\n${writeTable(measured)}`);
  if (values.forms) console.log(`\n${writeForms(measured, values.failures)}`);
  if (values.failures) console.log(`\n${writeFailures(tune)}`);
}
for (const line of broken) console.error(`not read: ${line}`);
process.exitCode = broken.length === 0 ? 0 : 1;
