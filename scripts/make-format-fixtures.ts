/**
 * Makes the documents of tests/fixtures/formats from their descriptions in make-format-fixtures/documents: every description in the
 * forms that it names, and the truth beside them. The files are committed; run this only after a change of a description.
 *
 *   node scripts/make-format-fixtures.ts [NAME …] [--forms docx,pdf]
 *
 * `doc` needs LibreOffice (`soffice`) and `gb18030` needs `iconv`; without soffice the committed doc files stay as they are.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { freezeClock } from "./make-format-fixtures/freeze-clock.ts";
import { readSources } from "./make-format-fixtures/source.ts";
import { makeTruth } from "./make-format-fixtures/truth.ts";
import { createWriters } from "./make-format-fixtures/writers.ts";

const ROOT = resolve(import.meta.dirname, "..");
const TARGET = join(ROOT, "tests/fixtures/formats");
const { values, positionals } = parseArgs({ options: { forms: { type: "string" } }, allowPositionals: true });
const wanted = values.forms?.split(",");

freezeClock();
mkdirSync(TARGET, { recursive: true });
const writers = createWriters();
try {
  for (const source of readSources(join(import.meta.dirname, "make-format-fixtures/documents"))) {
    if (positionals.length > 0 && !positionals.includes(source.name)) continue;
    const truth = stringify(makeTruth(source), { lineWidth: 0 });
    writeFileSync(join(TARGET, `${source.name}.truth.yaml`), truth);
    for (const [form, options] of Object.entries(source.forms)) {
      if (wanted && !wanted.includes(form)) continue;
      const file = await writers.write(source, form, options);
      if (!file) continue;
      writeFileSync(join(TARGET, `${source.name}.${file.ending}`), file.bytes);
      console.log(`${source.name}.${file.ending} ${Math.ceil(file.bytes.length / 1024)} KiB`);
    }
  }
} finally {
  await writers.close();
}
