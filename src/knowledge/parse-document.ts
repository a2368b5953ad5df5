import { dropContents } from "./layout/drop-contents.ts";
import type { PartLayout, RoleBlock } from "./layout/layout-types.ts";
import { splitParts } from "./layout/split-parts.ts";
import { readMetadata } from "./metadata/read-metadata.ts";
import { applySidecar, type Sidecar } from "./metadata/sidecar.ts";
import { admitLabels } from "./outline/admit-labels.ts";
import { buildOutline } from "./outline/build-outline.ts";
import { markQuestions } from "./outline/mark-questions.ts";
import { createSectionNames, type DraftClause, type NameSection } from "./outline/outline-part.ts";
import type { PlaceTable } from "./places/place-table.ts";
import { closeGaps } from "./reading/close-gaps.ts";
import { joinParagraphs } from "./reading/join-paragraphs.ts";
import { mergeTables } from "./reading/merge-tables.ts";
import { normalizeDocumentText } from "./reading/normalize-document-text.ts";
import { screenWebPage } from "./reading/screen-web-page.ts";
import { splitLines } from "./reading/split-lines.ts";
import type { OutlineNode, ParsedDocument } from "./types.ts";
import { writeWarnings } from "./write-warnings.ts";

/** Raised when the same text would be read differently: documents read by an older revision are read again. */
export const PARSER_REVISION = 1;

export interface ParseOptions {
  /** Stands in for a missing title, and may note the stage of the text: （征求意见稿）. */
  fileName: string;
  sidecar?: Sidecar;
  /** Without it, places are taken from names that are spelled out only. */
  places?: PlaceTable;
}

/**
 * Text → metadata, outline and clauses.
 *
 * Sections are unique. Numbered nodes are named by their numbers (`三（六）`, `二（一）2、`, `第三章第十二条（二）`); unnumbered
 * paragraphs by ordinal under their section (`三（六）¶2`; a paragraph that carries the number itself counts as the first, so
 * the next one is `第三章第十二条¶2`); a list that starts again in the same section stands under the paragraph that introduces
 * it (`第六条¶2（一）`); a number that is simply repeated gets `〔2〕`. Front and back matter go by name: `标题`, `题注`, `发文机关`,
 * `发文字号`, `日期`, `主送`, `导语` (`导语¶2` …), `结语`, `附件说明`, `落款`, `附注`, `版记`. Where a notice puts a text into force, the
 * notice's parts are `通知标题`, `通知正文`, `通知正文¶2`, `通知落款` … with `发文字号` and `主送` as they are, and the text has the plain
 * names. Attachments: `附件1`, `附件1 标题`, `附件1 一（二）`, `附件1 ¶3`; a further text in the same file: `附文1 …`. Questions and
 * answers without numbers: `问1`, `答1`, `答1¶2`.
 */
export function parseDocument(input: string, options: ParseOptions): ParsedDocument {
  const text = normalizeDocumentText(input);
  const page = screenWebPage(splitLines(text));
  const contents = dropContents(joinParagraphs(text, page.lines));
  const parts = splitParts(contents.paragraphs);
  const nameSection = createSectionNames();
  const read = parts.map((part) => readPart(text, part, nameSection));
  const hasQuestions = read.some((part) => part.questions >= 2 && part.kind === "main");
  const found = readMetadata(
    { fileName: options.fileName, parts, fields: page.fields, places: options.places },
    hasQuestions,
  );
  const metadata = options.sidecar ? applySidecar(found, options.sidecar) : found;
  const nodes = read.flatMap((part) => part.nodes).sort((a, b) => a.start - b.start || a.level - b.level);
  const clauses = read
    .flatMap((part) => part.clauses)
    .sort((a, b) => a.start - b.start)
    .map((clause, ordinal) => ({ ordinal, ...clause }));
  const isNumbered = read.some((part) => part.isNumbered);
  const dropped = { page: page.dropped, contents: contents.dropped };
  const warnings = writeWarnings({ text, metadata, parts, nodes, isNumbered, dropped });
  return { text, metadata, nodes, clauses, warnings };
}

interface ReadPart {
  kind: PartLayout["kind"];
  nodes: OutlineNode[];
  clauses: DraftClause[];
  isNumbered: boolean;
  questions: number;
}

function readPart(text: string, part: PartLayout, nameSection: NameSection): ReadPart {
  const isNotice = part.kind === "notice";
  const prefix = part.name === "" ? "" : `${part.name} `;
  const heading = headingOfPart(part);
  const headings = heading === "" ? [] : [heading];
  const result: ReadPart = { kind: part.kind, nodes: [], clauses: [], isNumbered: false, questions: 0 };
  const partNode = part.name === "" ? undefined : addPartNode(part, heading, nameSection, result);
  for (const block of part.front) addBlock(text, block, { part, prefix, headings }, nameSection, result);
  const paragraphs = mergeTables(text, part.body);
  const labels = admitLabels(paragraphs);
  const { answers } = markQuestions(paragraphs, labels);
  const outline = buildOutline(
    {
      paragraphs,
      labels,
      answers,
      prefix: isNotice ? "通知正文 " : prefix,
      headings,
      introduction: isNotice ? "通知正文" : `${prefix}导语`,
      alwaysIntroduced: isNotice,
    },
    nameSection,
  );
  // One by one: a spread of several 100,000 arguments overflows the stack.
  for (const node of outline.nodes) result.nodes.push(node);
  for (const clause of outline.clauses) result.clauses.push(clause);
  for (const block of part.back) addBlock(text, block, { part, prefix, headings }, nameSection, result);
  if (partNode)
    partNode.end = Math.max(
      partNode.end,
      ...result.nodes.slice(-1).map(({ end }) => end),
      result.clauses.at(-1)?.end ?? 0,
    );
  result.isNumbered = labels.some((label) => label !== undefined);
  result.questions = labels.filter((label) => label?.style === "question").length;
  return result;
}

function headingOfPart(part: PartLayout): string {
  if (part.kind === "main") return "";
  if (part.kind === "notice") return closeGaps(part.title);
  return closeGaps(`${part.name} ${part.title}`);
}

function addPartNode(
  part: PartLayout,
  heading: string,
  nameSection: NameSection,
  result: ReadPart,
): OutlineNode | undefined {
  const first = part.front[0]?.paragraphs[0] ?? part.body[0];
  if (!first) return undefined;
  const node = { section: nameSection(part.name), level: 0, heading, start: first.start, end: first.end };
  result.nodes.push(node);
  return node;
}

/** These keep their name in a notice: only a notice has them. */
const NOTICE_ONLY: ReadonlySet<string> = new Set(["发文字号", "主送", "版记", "附注"]);

function addBlock(
  text: string,
  { role, paragraphs }: RoleBlock,
  place: { part: PartLayout; prefix: string; headings: string[] },
  nameSection: NameSection,
  result: ReadPart,
): void {
  const first = paragraphs[0];
  const last = paragraphs.at(-1);
  if (!first || !last || role === "附件标记") return;
  const isNotice = place.part.kind === "notice";
  const section = nameSection(isNotice && !NOTICE_ONLY.has(role) ? `通知${role}` : place.prefix + role);
  const span = { start: first.start, end: last.end };
  result.nodes.push({ section, level: 0, heading: role === "标题" ? place.part.title : role, ...span });
  const heading = role === "标题" ? [] : place.headings;
  result.clauses.push({
    section,
    level: 0,
    heading,
    text: text.slice(span.start, span.end),
    ...span,
    page: null,
  });
}
