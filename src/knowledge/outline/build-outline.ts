import { isRow } from "../reading/block-note.ts";
import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { OutlineNode } from "../types.ts";
import { introductionOf, type OpenList, type OpenNode, openNode } from "./open-node.ts";
import type { BuiltOutline, DraftClause, NameSection, OutlinePart } from "./outline-part.ts";
import {
  carriesPath,
  chooseOwner,
  chooseParent,
  createLabelSequence,
  cutHeadings,
  familyOf,
  type LabelSequence,
  ownerOfNewList,
} from "./place-label.ts";
import type { Label } from "./read-label.ts";
import { articleTitle, splitHeading } from "./split-heading.ts";
import { isHeaderRow, type OpenTable } from "./table-rows.ts";

export function buildOutline(part: OutlinePart, nameSection: NameSection): BuiltOutline {
  return new OutlineBuilder(part, nameSection).build();
}

const MAX_CAPTION = 16;
/** 补贴标准：…, 申请条件：; not 其中：, 例如： which go on from what stands before. */
const KEYWORD = /^(?!其中|例如|包括|注|备注|说明|如下)[一-龥]{2,8}[：:]/;

/** Before the header's cells, where they stand as the last of a row's headings. */
export const TABLE_HEADING = "表：";

class OutlineBuilder {
  private readonly part: OutlinePart;
  private readonly nameSection: NameSection;
  private readonly sequence: LabelSequence;
  private readonly articlesTitled: boolean;
  private readonly isNumbered: boolean;
  private stack: OpenNode[];
  private introductionNode: OutlineNode | undefined;
  private table: OpenTable | undefined;
  private readonly tables = new Map<OpenNode, number>();
  private readonly nodes: OutlineNode[] = [];
  private readonly drafts: { clause: DraftClause; onlyHeadingOf: OpenNode | undefined }[] = [];

  constructor(part: OutlinePart, nameSection: NameSection) {
    this.part = part;
    this.nameSection = nameSection;
    this.sequence = createLabelSequence(part.labels);
    this.articlesTitled = haveTitledArticles(part);
    this.isNumbered = part.labels.some((label) => label !== undefined);
    const root = { section: "", level: 0, heading: "", start: 0, end: 0 };
    this.stack = [
      openNode({
        node: root,
        label: undefined,
        index: -1,
        headingOnly: false,
        styleLevel: undefined,
        introduces: false,
      }),
    ];
  }

  build(): BuiltOutline {
    for (const [index, paragraph] of this.part.paragraphs.entries()) {
      const label = this.part.labels[index];
      if (isRow(paragraph)) this.addRow(paragraph, index);
      else if (label) this.addNumbered(paragraph, label, index);
      else this.addUnnumbered(paragraph, index);
    }
    const clauses = this.drafts
      .filter(({ onlyHeadingOf }) => !onlyHeadingOf?.filled)
      .map(({ clause }) => clause);
    return { nodes: this.nodes, clauses };
  }

  private addNumbered(paragraph: Paragraph, label: Label, index: number): void {
    const styleLevel = paragraph.note?.kind === "heading" ? (paragraph.note.level ?? 1) : undefined;
    this.stack.length = cutHeadings(this.stack, label, styleLevel);
    const depth = chooseParent(this.stack, label, this.sequence);
    const parent = this.stack[depth];
    if (!parent) return;
    this.stack.length = depth + 1;
    for (const { label: outer } of this.stack) {
      if (outer) this.sequence.nestings.add(`${familyOf(outer)}>${familyOf(label)}`);
    }
    parent.filled = true;
    const list = this.findList(parent, label);
    const split = splitHeading(label, paragraph.text, this.articlesTitled);
    const section = this.nameSection(joinMark(list.prefix, label.mark));
    const node: OutlineNode = {
      section,
      level: depth + 1,
      heading: split.heading,
      start: paragraph.start,
      end: paragraph.end,
      ...pageOf(paragraph),
    };
    const headingOnly = split.headingOnly || this.isHeadingSentence(label, index, parent, list);
    const introduces = /[：:]$/.test(paragraph.text);
    const open = openNode({ node, label, index, headingOnly, styleLevel, introduces });
    list.items.push(open);
    this.nodes.push(node);
    this.stack.push(open);
    this.extend(paragraph.end);
    this.addClause(paragraph, section, open.node.level, headingOnly ? open : undefined);
  }

  /** The list that an item joins; a second list stands under the paragraph that introduces it. */
  private findList(parent: OpenNode, label: Label): OpenList {
    const known = parent.lists.get(label.style);
    if (known && (label.value !== 1 || label.style === "heading")) return known;
    const introduction = label.value === 1 ? introductionOf(parent) : undefined;
    const list = {
      prefix: introduction ?? this.childPrefix(parent, label),
      items: [],
      hasLongItems: false,
    };
    parent.lists.set(label.style, list);
    return list;
  }

  private childPrefix(parent: OpenNode, label: Label): string {
    if (!parent.label) return this.part.prefix;
    if (!carriesPath(parent.label.style, label)) return parent.node.section;
    const base = this.stack.findLast((open) => !open.label || !carriesPath(open.label.style, label));
    return base?.label ? base.node.section : this.part.prefix;
  }

  /** 「（一）加强组织领导。」 alone on its line, its text below; all items of such a list are like that. */
  private isHeadingSentence(label: Label, index: number, parent: OpenNode, list: OpenList): boolean {
    if (label.style !== "cn" && label.style !== "cn-paren") return false;
    if (parent.label?.style === "article") return false;
    const previous = list.items.at(-1);
    return previous ? previous.headingOnly && this.standsAlone(index) : this.standsAlone(index);
  }

  private standsAlone(index: number): boolean {
    const label = this.part.labels[index];
    const text = this.part.paragraphs[index]?.text ?? "";
    const next = this.part.paragraphs[index + 1];
    if (!label || !next || this.part.labels[index + 1]) return false;
    return /^[^。；，：]{2,24}。$/.test(text.slice(label.end)) && next.text.length > text.length * 2;
  }

  /** A row is a unit of its own: `三（一）表1第2行`, under its header. Rows of the header are in the text only. */
  private addRow(paragraph: Paragraph, index: number): void {
    const table = paragraph.note?.table;
    if (!table) return;
    if (this.table?.id !== table.id) this.table = this.openTable(table.id);
    this.extend(paragraph.end);
    if (isHeaderRow(this.part.paragraphs, index)) return;
    this.table.rows += 1;
    const section = this.nameSection(`${this.table.section}第${this.table.rows}行`);
    const level = this.stack.at(-1)?.node.level ?? 0;
    this.addClause(paragraph, section, level, undefined, table.isHeader ? null : table.header);
  }

  private openTable(id: number): OpenTable {
    if (this.stack.length > 1) this.stack.length = chooseOwner(this.stack, this.sequence) + 1;
    const owner = this.stack.at(-1);
    if (!owner) return { id, section: "", rows: 0 };
    owner.filled = true;
    const count = (this.tables.get(owner) ?? 0) + 1;
    this.tables.set(owner, count);
    const base = owner.label ? owner.node.section : this.part.prefix;
    return { id, section: `${base}表${count}`, rows: 0 };
  }

  private addUnnumbered(paragraph: Paragraph, index: number): void {
    if (this.stack.length === 1) {
      this.addToRoot(paragraph, index);
      return;
    }
    const hasKeyword = KEYWORD.test(paragraph.text);
    const keeper = hasKeyword ? this.stack.findLastIndex((open) => open.hasKeywords) : -1;
    const opener = ownerOfNewList(this.stack, this.part, index, this.sequence);
    const depth = opener ?? (keeper > 0 ? keeper : chooseOwner(this.stack, this.sequence));
    this.stack.length = depth + 1;
    const owner = this.stack[depth];
    if (!owner) return;
    owner.hasKeywords ||= hasKeyword;
    owner.filled = true;
    owner.paragraphs += 1;
    this.markLongItem(owner, depth);
    this.extend(paragraph.end);
    this.addParagraph(paragraph, index, owner, this.paragraphSection(owner, index));
  }

  private paragraphSection(owner: OpenNode, index: number): string {
    if (owner.label?.style === "question") {
      if (this.part.answers.has(index)) {
        const section = owner.node.section.replace(/问(?=\d+(?:〔\d+〕)?$)/, "答");
        owner.answer = { section, paragraphs: 0 };
      }
      if (owner.answer) {
        const { section } = owner.answer;
        owner.answer.paragraphs += 1;
        return owner.answer.paragraphs === 1 ? section : `${section}¶${owner.answer.paragraphs}`;
      }
    }
    return `${owner.node.section}¶${owner.paragraphs}`;
  }

  private markLongItem(owner: OpenNode, depth: number): void {
    if (!owner.label || owner.headingOnly) return;
    const list = this.stack[depth - 1]?.lists.get(owner.label.style);
    if (list) list.hasLongItems = true;
  }

  private addToRoot(paragraph: Paragraph, index: number): void {
    const root = this.stack[0];
    if (!root) return;
    root.paragraphs += 1;
    const { introduction, prefix, alwaysIntroduced } = this.part;
    const named = this.isNumbered || alwaysIntroduced;
    const count = root.paragraphs === 1 ? "" : `¶${root.paragraphs}`;
    const section = this.addParagraph(
      paragraph,
      index,
      root,
      named ? introduction + count : `${prefix}¶${root.paragraphs}`,
    );
    if (named && root.paragraphs === 1) {
      const { start, end } = paragraph;
      this.introductionNode = {
        section,
        level: 0,
        heading: introduction,
        start,
        end,
        ...pageOf(paragraph),
      };
      this.nodes.push(this.introductionNode);
    }
    if (this.introductionNode) this.introductionNode.end = paragraph.end;
  }

  private addParagraph(paragraph: Paragraph, index: number, owner: OpenNode, wanted: string): string {
    const section = this.nameSection(wanted);
    owner.lastParagraph = { section, index };
    const caption = this.readCaption(paragraph.text);
    if (caption !== undefined || owner.label || this.isNumbered) owner.caption = undefined;
    this.addClause(paragraph, section, owner.node.level, undefined);
    if (caption !== undefined) owner.caption = caption;
    return section;
  }

  private readCaption(text: string): string | undefined {
    if (text.length > MAX_CAPTION) return undefined;
    const match = /^(?:【(.{2,14})】|(.{2,14})[：:])$/.exec(text);
    if (match) return match[1] ?? match[2];
    return this.isNumbered || /[。；，？！、：]/.test(text) || !/^[一-龥]/.test(text) ? undefined : text;
  }

  private addClause(
    paragraph: Paragraph,
    section: string,
    level: number,
    onlyHeadingOf: OpenNode | undefined,
    tableHeader: string | null = null,
  ): void {
    const heading = [...this.part.headings];
    for (const open of this.stack) {
      if (open.label) heading.push(open.node.heading);
      if (open.caption !== undefined) heading.push(open.caption);
    }
    const { start, end, text, note } = paragraph;
    const clause: DraftClause = { section, level, heading, text, start, end, page: note?.page ?? null };
    if (tableHeader !== null) {
      clause.tableHeader = tableHeader;
      heading.push(TABLE_HEADING + tableHeader);
    }
    this.drafts.push({ clause, onlyHeadingOf });
  }

  private extend(end: number): void {
    for (const open of this.stack) open.node.end = Math.max(open.node.end, end);
  }
}

/** 第二条¶2（一）, 二（一）1.; a blank keeps the figures of ¶2 1. and of 4.1 1. apart. */
function joinMark(prefix: string, mark: string): string {
  return /\d$/.test(prefix) && /^\d/.test(mark) ? `${prefix} ${mark}` : prefix + mark;
}

export function pageOf({ note }: Paragraph): { page?: number } {
  return note === undefined || note.page === null ? {} : { page: note.page };
}

function haveTitledArticles({ paragraphs, labels }: OutlinePart): boolean {
  let articles = 0;
  let titled = 0;
  for (const [index, label] of labels.entries()) {
    if (label?.style !== "article") continue;
    articles += 1;
    if (
      articleTitle(unifyPunctuation(closeGaps(paragraphs[index]?.text.slice(label.end) ?? ""))) !== undefined
    )
      titled += 1;
  }
  return titled >= 3 && titled >= articles * 0.4;
}
