import type { Prose } from "./measure-prose.ts";
import {
  elementsIn,
  isElement,
  namesOf,
  type PageDocument,
  type PageElement,
  type PageNode,
  walkElements,
} from "./page-dom.ts";
import { isLayoutTable } from "./table-kind.ts";

/** Names that content management systems of government sites give the article's container. */
const CONTAINER_NAME =
  /^(?:trs_?(?:u?editor|editor_view|paper_default|autoadd)|trs_?editor.*|ucap-?content|ivs_content|zoom(?:con|_content)?|pages_content|article[-_]?(?:content|con|body|text|main|detail)|news[-_]?(?:content|con|body|text|detail)|(?:v_news|wp_article|gz|cas|xxgk|xl|zwxl|info|wz|bt|view|html|post|entry|rich_media|js|main|text|detail)[-_]?content|detail[-_]?(?:con|text|main)|content[-_]?(?:detail|text|body|main|article)|wznr|zhengwen|con_?text|main_?text|art[-_]?con(?:tent)?|bodytext|(?:my_?)?doc[-_]?content|view[-_]?cont?|txt_txt|font_txt_zw|custom_unionstyle)$/i;
const CONTAINER_TAGS: ReadonlySet<string> = new Set(["ucapcontent", "article"]);
const BEGIN =
  /(?:content|正文|article|zoom|enpcontent|htmlbox)[^<>]{0,12}(?:begin|start|开始)|^\s*enpcontent\s*$/i;
const END = /(?:content|正文|article|zoom|enpcontent|htmlbox)[^<>]{0,12}(?:end|结束)|^\s*\/enpcontent\s*$/i;

/** Of the page's prose: what a container has to hold to be taken for the article. */
const MIN_SHARE = 0.35;
const DESCENT_SHARE = 0.7;

/** The nodes that hold the article, in order: by the marks of the publishing system, else where the running text is. */
export function findArticle(body: PageElement | PageDocument, prose: Prose): PageNode[] {
  return findMarkedArticle(body, prose) ?? descend(body, prose);
}

/** Only by the marks. */
export function findMarkedArticle(body: PageElement | PageDocument, prose: Prose): PageNode[] | undefined {
  return findBetweenComments(body, prose) ?? findContainers(body, prose);
}

function findBetweenComments(root: PageElement | PageDocument, prose: Prose): PageNode[] | undefined {
  for (const parent of [root, ...walkElements(root)]) {
    const begin = parent.children.findIndex((node) => node.type === "comment" && BEGIN.test(node.data));
    if (begin < 0) continue;
    const end = parent.children.findIndex(
      (node, index) => index > begin && node.type === "comment" && END.test(node.data),
    );
    const nodes = parent.children.slice(begin + 1, end < 0 ? undefined : end);
    if (shareOf(nodes, prose) >= MIN_SHARE) return nodes;
  }
  return undefined;
}

function shareOf(nodes: readonly PageNode[], prose: Prose): number {
  const amount = nodes.filter(isElement).reduce((sum, element) => sum + prose.of(element), 0);
  const loose = nodes.some((node) => node.type === "text" && node.data.trim().length > 20);
  return prose.total === 0 ? 0 : loose ? 1 : amount / prose.total;
}

/** Containers by name, not inside one another. Several are parts of one article when they stand side by side. */
function findContainers(root: PageElement | PageDocument, prose: Prose): PageNode[] | undefined {
  const found: PageElement[] = [];
  collect(root, found);
  const best = found.toSorted((a, b) => prose.of(b) - prose.of(a))[0];
  if (!best) return undefined;
  const parts = found.filter((element) => element.parent === best.parent);
  return shareOf(parts, prose) >= MIN_SHARE ? parts : undefined;
}

function collect(node: PageElement | PageDocument, found: PageElement[]): void {
  for (const child of elementsIn(node)) {
    if (isNamedContainer(child)) found.push(child);
    else collect(child, found);
  }
}

/** Whether its name is one that publishing systems give to the article's container. */
export function isNamedContainer(element: PageElement): boolean {
  const isNamed =
    CONTAINER_TAGS.has(element.name) || namesOf(element).some((name) => CONTAINER_NAME.test(name));
  return isNamed && !isLeafCell(element);
}

function isLeafCell(element: PageElement): boolean {
  return element.name === "p" || element.name === "span" || element.name === "a" || element.name === "img";
}

/** Down to the innermost element that still holds most of the running text. */
function descend(root: PageElement | PageDocument, prose: Prose): PageNode[] {
  let node = root;
  let amount = prose.total;
  for (;;) {
    const best = elementsIn(node).toSorted((a, b) => prose.of(b) - prose.of(a))[0];
    if (!best || prose.of(best) === 0 || prose.of(best) < amount * DESCENT_SHARE || !isContainerTag(best))
      return node.children;
    node = best;
    amount = prose.of(best);
  }
}

const INNERMOST = /^(?:p|h\d|ul|ol|li|dl|pre|blockquote|span|b|strong|font|a)$/;

function isContainerTag(element: PageElement): boolean {
  if (element.name === "table") return isLayoutTable(element);
  return !INNERMOST.test(element.name);
}
