import type { PartLayout, RoleBlock } from "./layout/layout-types.ts";
import { admitLabels } from "./outline/admit-labels.ts";
import { buildOutline, pageOf } from "./outline/build-outline.ts";
import { markHeadings } from "./outline/mark-headings.ts";
import { markQuestions } from "./outline/mark-questions.ts";
import type { DraftClause, NameSection } from "./outline/outline-part.ts";
import { mergeTinyTables } from "./outline/table-rows.ts";
import { closeGaps } from "./reading/close-gaps.ts";
import type { Paragraph } from "./reading/join-paragraphs.ts";
import { mergeTables } from "./reading/merge-tables.ts";
import type { OutlineNode } from "./types.ts";

export interface ReadPart {
  kind: PartLayout["kind"];
  nodes: OutlineNode[];
  clauses: DraftClause[];
  isNumbered: boolean;
  questions: number;
}

/** Nodes and clauses of one part: what stands before its body, the body, what stands after it. */
export function readPart(text: string, part: PartLayout, nameSection: NameSection): ReadPart {
  const isNotice = part.kind === "notice";
  const prefix = part.name === "" ? "" : `${part.name} `;
  const heading = headingOfPart(part);
  const headings = heading === "" ? [] : [heading];
  const result: ReadPart = { kind: part.kind, nodes: [], clauses: [], isNumbered: false, questions: 0 };
  const partNode = part.name === "" ? undefined : addPartNode(part, heading, nameSection, result);
  for (const block of part.front) addBlock(text, block, { part, prefix, headings }, nameSection, result);
  const paragraphs = mergeTables(text, mergeTinyTables(text, part.body));
  const labels = admitLabels(paragraphs);
  const { answers } = markQuestions(paragraphs, labels);
  markHeadings(paragraphs, labels);
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
  const node = {
    section: nameSection(part.name),
    level: 0,
    heading,
    start: first.start,
    end: first.end,
    ...pageOf(first),
  };
  result.nodes.push(node);
  return node;
}

/** Notes at the foot of a page, each under the unit before it: `三（一）¶2注1`; `注1` where none of the body stands before. */
export function readFootnotes(
  footnotes: readonly Paragraph[],
  clauses: readonly DraftClause[],
  nameSection: NameSection,
): DraftClause[] {
  const ordered = [...clauses].sort((a, b) => a.start - b.start);
  const counts = new Map<string, number>();
  return footnotes.map(({ start, end, text, note }) => {
    const owner = ordered.findLast((clause) => clause.end <= start);
    const base = owner && !BACK.test(owner.section) ? owner : undefined;
    const count = (counts.get(base?.section ?? "") ?? 0) + 1;
    counts.set(base?.section ?? "", count);
    const section = nameSection(`${base?.section ?? ""}注${count}`);
    const page = note?.page ?? null;
    return { section, level: base?.level ?? 0, heading: [...(base?.heading ?? [])], text, start, end, page };
  });
}

const BACK = /^(?:通知)?(?:结语|附件说明|落款|附注|版记)/;

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
  result.nodes.push({
    section,
    level: 0,
    heading: role === "标题" ? place.part.title : role,
    ...span,
    ...pageOf(first),
  });
  const heading = role === "标题" ? [] : place.headings;
  result.clauses.push({
    section,
    level: 0,
    heading,
    text: text.slice(span.start, span.end),
    ...span,
    page: first.note?.page ?? null,
  });
}
