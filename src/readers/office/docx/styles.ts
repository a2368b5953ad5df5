import { childrenNamed, findChild, isOn, readNumber, readValue } from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";

/** What a style, with the styles that it is based on, means for the text. */
export interface Style {
  id: string;
  name: string;
  /** 1 is the outermost. */
  headingLevel?: number;
  /** A line of a table of contents, or its title. */
  isContents: boolean;
  numId?: string;
  numLevel?: number;
  hidden?: boolean;
  bold?: boolean;
}

export interface StyleSheet {
  /** Without an id: the default paragraph style. */
  paragraph(id: string | undefined): Style | undefined;
  character(id: string | undefined): Style | undefined;
  /** The list that a numbering style stands for. */
  numbering(id: string): string | undefined;
}

const MAX_CHAIN = 20;
const HEADING = /^(?:heading|标题|標題)\s*([1-9])(?!\d)/i;
const CHINESE_HEADING = /^([一二三四五])级标题$/;
const TITLE = /^(?:title|标题|標題|文章标题|公文标题)$/i;
const CONTENTS = /^(?:(?:toc|目录|目錄)\s*[1-9]|(?:toc|contents)\s*heading|toc\s*标题|目录标题)$/i;

export function readStyles(root: XmlElement | undefined): StyleSheet {
  const elements = new Map<string, XmlElement>();
  let byDefault: string | undefined;
  for (const style of childrenNamed(root, "w:style")) {
    const id = style.attributes.get("w:styleId");
    if (id === undefined) continue;
    elements.set(id, style);
    const isDefault = /^(?:1|true|on)$/.test(style.attributes.get("w:default") ?? "");
    if (isDefault && style.attributes.get("w:type") === "paragraph") byDefault = id;
  }
  const resolved = new Map<string, Style>();
  const resolve = (id: string | undefined): Style | undefined => {
    if (id === undefined) return undefined;
    const known = resolved.get(id) ?? resolveStyle(id, elements);
    resolved.set(id, known);
    return known;
  };
  return {
    paragraph: (id) => resolve(id ?? byDefault),
    character: resolve,
    numbering: (id) => resolve(id)?.numId,
  };
}

function resolveStyle(id: string, elements: ReadonlyMap<string, XmlElement>): Style {
  const chain: XmlElement[] = [];
  let next: string | undefined = id;
  while (next !== undefined && chain.length < MAX_CHAIN) {
    const element = elements.get(next);
    if (!element || chain.includes(element)) break;
    chain.push(element);
    next = readValue(element, "w:basedOn");
  }
  const name = readValue(chain[0], "w:name") ?? id;
  const style: Style = { id, name, isContents: CONTENTS.test(name.trim()) };
  // From the base to the style itself: later ones override.
  for (const element of chain.reverse()) applyStyle(style, element);
  if (chain.length === 0) {
    const level = headingLevelOfName(id);
    if (level !== undefined) style.headingLevel = level;
  }
  return style;
}

function applyStyle(style: Style, element: XmlElement): void {
  const paragraph = findChild(element, "w:pPr");
  const run = findChild(element, "w:rPr");
  const named = headingLevelOfName(readValue(element, "w:name") ?? "");
  if (named !== undefined) style.headingLevel = named;
  const outline = readNumber(paragraph, "w:outlineLvl");
  if (outline !== undefined) {
    if (outline <= 8) style.headingLevel = outline + 1;
    else delete style.headingLevel;
  }
  const list = findChild(paragraph, "w:numPr");
  const numId = readValue(list, "w:numId");
  const numLevel = readNumber(list, "w:ilvl");
  if (numId !== undefined) style.numId = numId;
  if (numLevel !== undefined) style.numLevel = numLevel;
  const hidden = isOn(run, "w:vanish");
  const bold = isOn(run, "w:b");
  if (hidden !== undefined) style.hidden = hidden;
  if (bold !== undefined) style.bold = bold;
}

function headingLevelOfName(name: string): number | undefined {
  const plain = name.trim();
  const digit = HEADING.exec(plain)?.[1];
  if (digit !== undefined) return Number(digit);
  const chinese = CHINESE_HEADING.exec(plain)?.[1];
  if (chinese !== undefined) return "一二三四五".indexOf(chinese) + 1;
  return TITLE.test(plain) ? 1 : undefined;
}
