import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export interface FormatTruth {
  about: string;
  metadata: Readonly<Record<string, unknown>>;
  /** `SECTION` or `SECTION ⇒ HEADING`. */
  outline: string[];
  clauses: { section: string; text: string }[];
  tables: { header: number; rows: string[][] }[];
  footnotes?: string[];
  optional?: string[];
  print?: string;
}

/** `tune`: failures may be looked at while a reader is changed. `test`: for measuring only. */
export type Half = "tune" | "test";

export interface Fixture {
  name: string;
  form: string;
  file: string;
  half: Half;
  truth: FormatTruth;
}

const TRUTH = ".truth.yaml";
const FORMS: Readonly<Record<string, string>> = { "scan.pdf": "scan", jpg: "image" };

export function loadFixtures(directory: string): Fixture[] {
  const files = readdirSync(directory).sort();
  const names = files.filter((file) => file.endsWith(TRUTH)).map((file) => file.slice(0, -TRUTH.length));
  return names.flatMap((name) => {
    const truth = parse(readFileSync(join(directory, name + TRUTH), "utf8")) as FormatTruth;
    return files
      .filter((file) => file.startsWith(`${name}.`) && !file.endsWith(TRUTH))
      .map((file) => {
        const ending = file.slice(name.length + 1);
        return {
          name,
          form: FORMS[ending] ?? ending,
          file: join(directory, file),
          half: halfOf(name),
          truth,
        };
      });
  });
}

/** By the name alone, all forms of a document together: FNV-1a. */
function halfOf(name: string): Half {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 15) % 2 === 0 ? "tune" : "test";
}
