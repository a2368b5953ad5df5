import { childElements, childrenNamed, textOf } from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";

/** A formula on one line: fractions with `/`, powers with `^`, indices with `_`. */
export function readMath(element: XmlElement): string {
  switch (element.name) {
    case "m:t":
      return textOf(element);
    case "m:f":
      return `${group(part(element, "m:num"))}/${group(part(element, "m:den"))}`;
    case "m:sSup":
      return `${part(element, "m:e")}^${group(part(element, "m:sup"))}`;
    case "m:sSub":
      return `${part(element, "m:e")}_${group(part(element, "m:sub"))}`;
    case "m:rad":
      return `√${group(part(element, "m:e"))}`;
    default:
      return [...childElements(element)].map(readMath).join("");
  }
}

function part(element: XmlElement, name: string): string {
  return childrenNamed(element, name).map(readMath).join("");
}

function group(text: string): string {
  return /^[\p{L}\p{N}.%]*$/u.test(text) ? text : `(${text})`;
}
