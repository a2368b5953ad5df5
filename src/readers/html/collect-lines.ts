import { isNumbered, labelItems } from "./list-labels.ts";
import { attribute, isElement, type PageElement, type PageNode, styleOf, tidyText } from "./page-dom.ts";
import { makesBold } from "./read-table.ts";
import { isLayoutTable } from "./table-kind.ts";

/** A paragraph of the page, with the look that tells what it is; or a table in its place. */
export type PageLine =
  | {
      kind: "text";
      text: string;
      /** By h1–h6. */
      level: number | null;
      isCentred: boolean;
      /** All of it. */
      isBold: boolean;
      /** Of its letters, those in links: 0–1. */
      linkShare: number;
    }
  | { kind: "table"; element: PageElement };

const INLINE =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|nobr|q|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|o:p|st1:.*)$/;

interface Look {
  isCentred: boolean;
  isBold: boolean;
  isLink: boolean;
  isPreformatted: boolean;
  level: number | null;
}

const PLAIN: Look = { isCentred: false, isBold: false, isLink: false, isPreformatted: false, level: null };

/** The paragraphs and tables below the nodes, in order. A `<br>` ends a paragraph, except in headings. */
export function collectLines(nodes: readonly PageNode[]): PageLine[] {
  const collector = createCollector();
  for (const node of nodes) visit(node, PLAIN, collector);
  collector.flush(PLAIN);
  return collector.lines;
}

interface Collector {
  lines: PageLine[];
  /** Put before the next text: the number of a list item. */
  label: string;
  add(text: string, look: Look): void;
  flush(look: Look): void;
}

function createCollector(): Collector {
  let text = "";
  let letters = 0;
  let bold = 0;
  let linked = 0;
  const collector: Collector = {
    lines: [],
    label: "",
    add(piece, look) {
      text += piece;
      const count = piece.replace(/[\s\u00a0\u3000]+/g, "").length;
      letters += count;
      if (look.isBold) bold += count;
      if (look.isLink) linked += count;
    },
    flush(look) {
      const tidy = tidyText(text);
      if (tidy !== "") {
        const label = isNumbered(tidy) ? "" : collector.label;
        collector.label = "";
        const isBold = bold === letters;
        const { level, isCentred } = look;
        const linkShare = letters === 0 ? 0 : linked / letters;
        collector.lines.push({ kind: "text", text: label + tidy, level, isCentred, isBold, linkShare });
      }
      text = "";
      letters = bold = linked = 0;
    },
  };
  return collector;
}

function visit(node: PageNode, look: Look, collector: Collector): void {
  if (node.type === "text") addText(node.data, look, collector);
  else if (isElement(node)) {
    const inner = changeLook(node, look);
    if (node.name === "br") endLine(look, collector);
    else if (isInline(node)) visitAll(node, inner, collector);
    else visitBlock(node, inner, look, collector);
  }
}

function endLine(look: Look, collector: Collector): void {
  if (look.level === null) collector.flush(look);
  else collector.add("\n", look);
}

function visitBlock(node: PageElement, look: Look, outer: Look, collector: Collector): void {
  collector.flush(outer);
  if (node.name === "table" && !isLayoutTable(node)) {
    collector.label = "";
    collector.lines.push({ kind: "table", element: node });
    return;
  }
  if (node.name === "ol" || node.name === "ul") visitList(node, look, collector);
  else visitAll(node, look, collector);
  collector.flush(look);
}

function addText(text: string, look: Look, collector: Collector): void {
  if (look.isPreformatted) eachLine(text, look, collector);
  else collector.add(text, look);
}

function eachLine(text: string, look: Look, collector: Collector): void {
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    if (index > 0) collector.flush(look);
    collector.add(line, look);
  }
}

function visitAll(node: PageElement, look: Look, collector: Collector): void {
  for (const child of node.children) visit(child, look, collector);
}

function visitList(list: PageElement, look: Look, collector: Collector): void {
  const labels = labelItems(list);
  for (const child of list.children) {
    if (isElement(child)) collector.label = labels.get(child) ?? "";
    visit(child, look, collector);
  }
  collector.label = "";
}

function isInline(element: PageElement): boolean {
  return INLINE.test(element.name) && !/display:(?:block|flex|table|grid|list-item)/.test(styleOf(element));
}

function changeLook(element: PageElement, look: Look): Look {
  const style = styleOf(element);
  const align = /text-align:(\w+)/.exec(style)?.[1] ?? attribute(element, "align").toLowerCase();
  const heading = /^h([1-6])$/.exec(element.name)?.[1];
  const isLight = /font-weight:(?:normal|400|lighter)/.test(style);
  return {
    isCentred: element.name === "center" || align === "center" || (look.isCentred && align === ""),
    isBold: !isLight && (look.isBold || makesBold(element)),
    isLink: look.isLink || element.name === "a",
    isPreformatted: look.isPreformatted || element.name === "pre" || /white-space:pre/.test(style),
    level: heading ? Number(heading) : look.level,
  };
}
