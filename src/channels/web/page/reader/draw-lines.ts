import { element } from "./element.ts";
import type { CitedRange, LoadedDocument, OutlineNode } from "./loaded-document.ts";

export type Headings = ReadonlyMap<number, OutlineNode>;

/** Outline nodes whose heading stands in a line of its own, by where that line starts. */
export function findHeadings({ text, nodes }: LoadedDocument): Headings {
  const headings = new Map<number, OutlineNode>();
  for (const node of nodes) {
    const lineEnd = text.indexOf("\n", node.start);
    const line = text.slice(node.start, lineEnd === -1 ? text.length : lineEnd).trim();
    const isFront = node.level === 0;
    if (line !== "" && (isFront || line === node.heading.trim())) headings.set(node.start, node);
  }
  return headings;
}

/** Every line as an element, with what is cited marked. */
export function drawLines(text: string, headings: Headings, cited: CitedRange | undefined): HTMLElement[] {
  const lines: HTMLElement[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (text.slice(start, end).trim() !== "")
      lines.push(drawLine(text, { start, end }, headings.get(start), cited));
    start = end + 1;
  }
  return lines;
}

function drawLine(
  text: string,
  { start, end }: CitedRange,
  node: OutlineNode | undefined,
  cited: CitedRange | undefined,
): HTMLElement {
  const line = element(tagOf(node), { id: `at-${start}` });
  if (node?.level === 0 && node.section !== "导语") line.classList.add("is-front");
  const from = Math.max(start, cited?.start ?? end);
  const to = Math.min(end, cited?.end ?? start);
  if (from >= to) line.append(text.slice(start, end));
  else line.append(text.slice(start, from), element("mark", {}, text.slice(from, to)), text.slice(to, end));
  return line;
}

function tagOf(node: OutlineNode | undefined): string {
  if (!node) return "p";
  if (node.level === 0) return node.section === "标题" ? "h1" : "p";
  return `h${Math.min(4, node.level + 1)}`;
}
