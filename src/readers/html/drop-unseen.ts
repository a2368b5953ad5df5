import { isNamedContainer } from "./find-article.ts";
import { attribute, isElement, type PageDocument, type PageElement, styleOf } from "./page-dom.ts";

/** Nothing of these is text of the page. */
const UNSEEN: ReadonlySet<string> = new Set(
  "script style noscript template iframe frame object embed applet svg canvas audio video map link input select button textarea datalist dialog".split(
    " ",
  ),
);

/** Takes out scripts, controls and what the page hides. Comments stay: some mark where the article is. */
export function dropUnseen(node: PageElement | PageDocument): void {
  node.children = node.children.filter((child) => !isElement(child) || !isUnseen(child));
  for (const child of node.children) if (isElement(child)) dropUnseen(child);
}

function isUnseen(element: PageElement): boolean {
  if (UNSEEN.has(element.name)) return true;
  if ("hidden" in element.attribs && attribute(element, "hidden") !== "until-found") return true;
  if (isPageFrame(element)) return true;
  if (!("style" in element.attribs)) return false;
  const style = styleOf(element);
  // Some sites keep the article itself invisible until their script has loaded.
  if (/(?:^|;)visibility:hidden/.test(style)) return !isNamedContainer(element);
  return /(?:^|;)(?:display:none|font-size:0(?:px|pt|em|rem|%)?(?:;|$)|mso-hide:all)/.test(style);
}

/** Running heads and page numbers of a document that a word processor saved as a page. */
function isPageFrame(element: PageElement): boolean {
  if (element.name !== "div") return false;
  const title = attribute(element, "title");
  return title === "header" || title === "footer" || /mso-element:(?:header|footer)/.test(styleOf(element));
}
