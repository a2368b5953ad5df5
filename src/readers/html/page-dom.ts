import type { Cheerio, CheerioAPI } from "cheerio";

type DocumentOf<Root> = Root extends Cheerio<infer Node> ? Node : never;

/** Nodes as parse5 builds them. */
export type PageDocument = DocumentOf<ReturnType<CheerioAPI["root"]>>;
export type PageNode = PageDocument["children"][number];
export type PageElement = Extract<PageNode, { attribs: unknown }>;

export function isElement(node: PageNode | PageDocument | null | undefined): node is PageElement {
  return node?.type === "tag" || node?.type === "script" || node?.type === "style";
}

export function elementsIn(node: PageElement | PageDocument): PageElement[] {
  return node.children.filter(isElement);
}

/** The element and everything in it, in the order of the source. */
export function* walkElements(node: PageElement | PageDocument): Generator<PageElement> {
  for (const child of node.children) {
    if (!isElement(child)) continue;
    yield child;
    yield* walkElements(child);
  }
}

export function attribute(element: PageElement, name: string): string {
  return element.attribs[name] ?? "";
}

/** Lower case, without blanks: `display:none;text-align:center`. */
export function styleOf(element: PageElement): string {
  return attribute(element, "style").replace(/\s+/g, "").toLowerCase();
}

/** Class names and the id. */
export function namesOf(element: PageElement): string[] {
  return `${attribute(element, "class")} ${attribute(element, "id")}`.split(/\s+/).filter(Boolean);
}

/** All characters below, as the source has them. */
export function rawText(node: PageNode | PageDocument): string {
  if (node.type === "text") return node.data;
  if (!("children" in node)) return "";
  return node.children.map(rawText).join("");
}

export function countLetters(text: string): number {
  return text.replace(/[\s\u00a0\u3000]+/g, "").length;
}

/** One line, without blanks at the edges. A break of the source beside a Chinese character is no blank. */
export function tidyText(text: string): string {
  return text
    .replace(/[\u200b-\u200d\u2060\ufeff\u00ad]/g, "")
    .replace(
      /(?<=[\u3000-\u9fff\uff00-\uffef“”‘’])[ \t]*[\r\n][ \t\r\n]*|[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff\uff00-\uffef“”‘’])/g,
      "",
    )
    .replace(/[\t\n\r\v\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f ]+/g, " ")
    .replace(/^[ \u3000]+|[ \u3000]+$/g, "");
}

const CONTAINER =
  /<(\/?)(?:div|span|font|section|article|center|b|i|u|strong|em|table|ul|ol|dl|blockquote|form)\b/gi;
const MAX_OPEN = 4_000;

/** Before parsing, which takes time with the square of the depth: more open elements at a time than any page has. */
export function isTooDeepToParse(html: string): boolean {
  let open = 0;
  for (const [, slash] of html.matchAll(CONTAINER)) {
    open = slash === "/" ? Math.max(0, open - 1) : open + 1;
    if (open > MAX_OPEN) return true;
  }
  return false;
}

const MAX_DEPTH = 600;

/** Whether elements are nested deeper than any page does: what follows them by recursion would break. */
export function isTooDeep(root: PageDocument): boolean {
  const open: { node: PageElement | PageDocument; depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.depth > MAX_DEPTH) return true;
    for (const child of next.node.children)
      if (isElement(child)) open.push({ node: child, depth: next.depth + 1 });
  }
  return false;
}

export function detach(node: PageNode): void {
  const siblings = node.parent?.children;
  const index = siblings?.indexOf(node) ?? -1;
  if (siblings && index >= 0) siblings.splice(index, 1);
}

export function contains(outer: PageElement, inner: PageNode): boolean {
  for (let node: PageNode | PageDocument | null = inner; node; node = node.parent as PageElement | null)
    if (node === outer) return true;
  return false;
}
