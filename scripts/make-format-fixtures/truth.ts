import { finalText, readableRows, type Source } from "./source.ts";

export interface Truth {
  about: string;
  forms: string[];
  metadata: Record<string, unknown>;
  /** `SECTION` or `SECTION ⇒ HEADING` for headings that stand on a line of their own. */
  outline: string[];
  clauses: { section: string; text: string }[];
  tables: { header: number; rows: string[][] }[];
  footnotes?: string[];
  /** Printed, but whether it becomes a clause is nobody's concern: letterheads, names of sheets. */
  optional?: string[];
  /** What a reader of the picture sees, line breaks and blanks apart. */
  print?: string;
}

/** What a field is when the text says nothing of it; the rest is compared only when the source states it. */
const SILENT = {
  titleOuter: null,
  documentNumber: null,
  addressees: null,
  signedOn: null,
  publishedOn: null,
  effectiveFrom: null,
  expiresOn: null,
  expiryBasis: "none",
  period: null,
  interpreter: null,
  repeals: [],
  draftedBy: null,
  tailClause: null,
};

export function makeTruth(source: Source): Truth {
  const blocks = source.blocks.filter(({ revision }) => revision !== "-");
  const truth: Truth = {
    about: source.about,
    forms: Object.keys(source.forms),
    metadata: statedFields(source.metadata),
    outline: [],
    clauses: [],
    tables: [],
  };
  const optional: string[] = [];
  const print: string[] = [];
  for (const { style, section, text: marked } of blocks) {
    const text = finalText(marked);
    if (style === "T") {
      const table = source.tables[section];
      if (!table) throw new Error(`${source.name}: no table ${section}`);
      const rows = readableRows(table);
      truth.tables.push({ header: table.header, rows });
      print.push(...rows.flat());
      continue;
    }
    print.push(text);
    if (style === "L" || style === "X") optional.push(text);
    if (style === "H" || section.endsWith("标题"))
      truth.outline.push(`${section} ⇒ ${headingOf(blocks, section)}`);
    else if (style === "F" || style === "N" || style === "A")
      if (!section.includes("¶") || style === "N") truth.outline.push(section);
    if (style === "F" || style === "N" || style === "P") truth.clauses.push({ section, text });
    const last = truth.clauses.at(-1);
    if (style === "J" && last) last.text += text;
  }
  truth.outline = [...new Set(truth.outline)];
  if (source.footnotes.length > 0) truth.footnotes = source.footnotes;
  if (optional.length > 0) truth.optional = optional;
  if ("scan" in source.forms || "image" in source.forms) truth.print = print.join("\n");
  return truth;
}

/** A field that the source leaves empty is open: people would differ about it. */
function statedFields(fields: Source["metadata"]): Record<string, unknown> {
  const isOpen = (field: string) => field in fields && fields[field] === null;
  return Object.fromEntries(Object.entries({ ...SILENT, ...fields }).filter(([field]) => !isOpen(field)));
}

/** A title goes on over its lines. */
function headingOf(blocks: Source["blocks"], section: string): string {
  return blocks
    .filter((block) => block.section === section && ["F", "H", "J"].includes(block.style))
    .map(({ text }) => finalText(text))
    .join("");
}
