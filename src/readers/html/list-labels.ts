import { formatNumber } from "../office/docx/format-number.ts";
import { attribute, elementsIn, type PageElement, styleOf } from "./page-dom.ts";

/** Names of numbering in word processors for those of `list-style-type`. */
const FORMATS: Readonly<Record<string, string>> = {
  decimal: "decimal",
  "lower-alpha": "lowerLetter",
  "lower-latin": "lowerLetter",
  "upper-alpha": "upperLetter",
  "upper-latin": "upperLetter",
  "lower-roman": "lowerRoman",
  "upper-roman": "upperRoman",
  "cjk-ideographic": "chineseCounting",
  "simp-chinese-informal": "chineseCounting",
  "trad-chinese-informal": "chineseCounting",
};
const TYPES: Readonly<Record<string, string>> = {
  "1": "decimal",
  a: "lower-alpha",
  A: "upper-alpha",
  i: "lower-roman",
  I: "upper-roman",
};

/** The number that a browser prints before each item of an ordered list; undefined where it prints none. */
export function labelItems(list: PageElement): Map<PageElement, string> {
  const labels = new Map<PageElement, string>();
  const style = /list-style(?:-type)?:(?:[^;]*\s)?([a-z-]+)/.exec(styleOf(list))?.[1];
  const name = style ?? TYPES[attribute(list, "type")] ?? "decimal";
  const format = FORMATS[name];
  if (list.name !== "ol" || format === undefined) return labels;
  const items = elementsIn(list).filter(({ name }) => name === "li");
  const isReversed = "reversed" in list.attribs;
  let value = readInteger(attribute(list, "start")) ?? (isReversed ? items.length : 1);
  for (const item of items) {
    value = readInteger(attribute(item, "value")) ?? value;
    const isPlain = /list-style(?:-type)?:none/.test(styleOf(item));
    if (!isPlain) labels.set(item, writeLabel(value, format));
    value += isReversed ? -1 : 1;
  }
  return labels;
}

function readInteger(text: string): number | undefined {
  return /^-?\d{1,6}$/.test(text) ? Number(text) : undefined;
}

function writeLabel(value: number, format: string): string {
  return formatNumber(value, format) + (format === "chineseCounting" ? "、" : ". ");
}

const NUMBERED =
  /^(?:[（(]?[\d一二三四五六七八九十百]{1,4}[）)、.．:：]|第[\d一二三四五六七八九十百]{1,5}[条章节款项])/;

/** Text that brings its own number: then the list's is switched off on the page, or would be printed twice. */
export function isNumbered(text: string): boolean {
  return NUMBERED.test(text);
}
