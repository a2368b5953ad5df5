import type { XmlElement } from "./read-xml.ts";

/** The child elements, in order. */
export function* childElements(element: XmlElement): Generator<XmlElement> {
  for (const child of element.children) if (typeof child !== "string") yield child;
}

export function findChild(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (!element) return undefined;
  for (const child of element.children) if (typeof child !== "string" && child.name === name) return child;
  return undefined;
}

/** `findPath(p, "w:pPr", "w:pStyle")` */
export function findPath(
  element: XmlElement | undefined,
  ...path: readonly string[]
): XmlElement | undefined {
  let found = element;
  for (const name of path) found = findChild(found, name);
  return found;
}

export function childrenNamed(element: XmlElement | undefined, name: string): XmlElement[] {
  return element ? [...childElements(element)].filter((child) => child.name === name) : [];
}

/** All descendants of a name that are not inside one another, in order. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of childElements(element)) {
    if (child.name === name) found.push(child);
    else found.push(...findAll(child, name));
  }
  return found;
}

export function hasDescendant(element: XmlElement, names: ReadonlySet<string>): boolean {
  for (const child of childElements(element)) {
    if (names.has(child.name) || hasDescendant(child, names)) return true;
  }
  return false;
}

/** The text of an element and everything inside. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return "";
  return element.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

/** The `val` of a child: `readValue(pPr, "w:pStyle")`. */
export function readValue(element: XmlElement | undefined, name: string): string | undefined {
  return findChild(element, name)?.attributes.get(`${name.slice(0, name.indexOf(":"))}:val`);
}

export function readNumber(element: XmlElement | undefined, name: string): number | undefined {
  const value = Number.parseInt(readValue(element, name) ?? "", 10);
  return Number.isNaN(value) ? undefined : value;
}

/** On/off properties: present without a value means on. Undefined: says nothing. */
export function isOn(element: XmlElement | undefined, name: string): boolean | undefined {
  const child = findChild(element, name);
  if (!child) return undefined;
  const value = child.attributes.get("w:val");
  return value === undefined || !/^(?:0|false|off|none)$/i.test(value);
}
