import type { ReadDocument } from "../readers/index.ts";
import { splitParts } from "./layout/split-parts.ts";
import type { DefaultValidity } from "./metadata/default-validity.ts";
import { readMetadata } from "./metadata/read-metadata.ts";
import { applySidecar, type Sidecar } from "./metadata/sidecar.ts";
import { createSectionNames } from "./outline/outline-part.ts";
import type { PlaceTable } from "./places/place-table.ts";
import { readFootnotes, readPart } from "./read-part.ts";
import { toReadingFacts, warnOfReading } from "./reading/reading-facts.ts";
import { screenSource } from "./reading/screen-source.ts";
import type { ParsedDocument } from "./types.ts";
import { writeWarnings } from "./write-warnings.ts";

/** Raised when the same text would be read differently: documents read by an older revision are read again. */
export const PARSER_REVISION = 3;

export interface ParseOptions {
  /** Stands in for a missing title, and may note the stage of the text: （征求意见稿）. */
  fileName: string;
  sidecar?: Sidecar;
  /** Without it, places are taken from names that are spelled out only. */
  places?: PlaceTable;
  /** Ends the validity of normative documents that state none; without it such validity stays open. */
  defaultValidity?: DefaultValidity;
}

/**
 * Text, or what a reader made of a file → metadata, outline and clauses.
 *
 * The text of a read document has one block a line (lines that a page cut are joined first); blocks of formats with
 * paragraphs are never joined. Blanks inside recognised Chinese, specks and page numbers are left out of it.
 *
 * Sections are unique. Numbered nodes are named by their numbers (`三（六）`, `二（一）2、`, `第三章第十二条（二）`); unnumbered
 * paragraphs by ordinal under their section (`三（六）¶2`; a paragraph that carries the number itself counts as the first, so
 * the next one is `第三章第十二条¶2`); a second list in the same section stands under the paragraph that introduces it
 * (`第六条¶2（一）`, `二（一）¶2 1.`); decimal numbers carry their path themselves (`2.1.1`, their lists `2.1 1.`); a number
 * that is simply repeated gets `〔2〕`. Front and back matter go by name: `标题`, `题注`, `发文机关`, `发文字号`, `日期`, `主送`,
 * `导语` (`导语¶2` …), `结语`, `附件说明`, `落款`, `附注`, `版记`. Where a notice puts a text into force, the notice's parts are
 * `通知标题`, `通知正文`, `通知正文¶2`, `通知落款` … with `发文字号` and `主送` as they are, and the text has the plain names; where
 * it puts several into force, each keeps its name as an attachment. Attachments: `附件1`, `附件1 标题`, `附件1 一（二）`,
 * `附件1 ¶3`; a further text in the same file: `附文1 …`. Questions and answers without numbers: `问1`, `答1`, `答1¶2`.
 *
 * Rows of tables: one clause a row, `三（一）表1第2行` (tables are counted under their section, rows without those of the
 * header), with the header's cells in `tableHeader` and as the last heading, `表：项目 | 标准 | 责任单位`. A table without a
 * header whose rows are a few words each is one paragraph. Headings by style without a number: `【总体要求】`, nested with
 * the numbered ones (`三【保障】（一）`). Notes at the foot of a page: `三（一）¶2注1`.
 */
export function parseDocument(input: string | ReadDocument, options: ParseOptions): ParsedDocument {
  const read = typeof input === "string" ? undefined : input;
  const source = screenSource(input);
  const { text } = source;
  const parts = splitParts(source.paragraphs);
  const nameSection = createSectionNames();
  const readParts = parts.map((part) => readPart(text, part, nameSection));
  const hasQuestions = readParts.some((part) => part.questions >= 2 && part.kind === "main");
  const found = readMetadata(
    { fileName: options.fileName, parts, fields: source.fields, places: options.places },
    hasQuestions,
    options.defaultValidity,
  );
  const metadata = options.sidecar ? applySidecar(found, options.sidecar) : found;
  const nodes = readParts
    .flatMap((part) => part.nodes)
    .sort((a, b) => a.start - b.start || a.level - b.level);
  const bodies = readParts.flatMap((part) => part.clauses);
  const clauses = [...bodies, ...readFootnotes(source.footnotes, bodies, nameSection)]
    .sort((a, b) => a.start - b.start)
    .map((clause, ordinal) => ({ ordinal, ...clause }));
  const isNumbered = readParts.some((part) => part.isNumbered);
  const warnings = [
    ...(read ? warnOfReading(read) : []),
    ...writeWarnings({ text, metadata, parts, nodes, isNumbered, dropped: source.dropped }),
  ];
  const reading = read && toReadingFacts(read, options.fileName);
  return { text, metadata, nodes, clauses, warnings, ...(reading && { reading }) };
}
