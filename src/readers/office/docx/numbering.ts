import { childrenNamed, findChild, isOn, readNumber, readValue } from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { StyleSheet } from "./styles.ts";

export interface NumberingLevel {
  start: number;
  format: string;
  /** With %1 … %9 for the numbers of the levels. */
  text: string;
  suffix: "tab" | "space" | "nothing";
  /** 1-based level whose use restarts this one; 0: never; undefined: every outer level. */
  restart?: number;
  /** Numbers of all levels as decimals. */
  isLegal: boolean;
  /** The paragraph style that belongs to the level. */
  styleId?: string;
}

/** A list as a paragraph names it. Lists over the same abstract list go on with each other's numbers. */
export interface NumberingList {
  abstractId: string;
  levels: ReadonlyMap<number, NumberingLevel>;
  /** Level → the number that this list starts with, once. */
  startOverrides: ReadonlyMap<number, number>;
}

export interface Numbering {
  list(numId: string): NumberingList | undefined;
}

export function readNumbering(root: XmlElement | undefined, styles: StyleSheet): Numbering {
  const abstracts = new Map<string, XmlElement>();
  for (const element of childrenNamed(root, "w:abstractNum")) {
    abstracts.set(element.attributes.get("w:abstractNumId") ?? "", element);
  }
  const numbers = new Map<string, XmlElement>();
  for (const element of childrenNamed(root, "w:num")) {
    numbers.set(element.attributes.get("w:numId") ?? "", element);
  }
  const lists = new Map<string, NumberingList | undefined>();
  return {
    list(numId) {
      if (!lists.has(numId)) lists.set(numId, readList(numId, numbers, abstracts, styles));
      return lists.get(numId);
    },
  };
}

function readList(
  numId: string,
  numbers: ReadonlyMap<string, XmlElement>,
  abstracts: ReadonlyMap<string, XmlElement>,
  styles: StyleSheet,
): NumberingList | undefined {
  const number = numbers.get(numId);
  const abstractId = findAbstract(numId, numbers, abstracts, styles);
  const abstract = abstractId === undefined ? undefined : abstracts.get(abstractId);
  if (!number || abstractId === undefined || !abstract) return undefined;
  const levels = new Map<number, NumberingLevel>();
  for (const element of childrenNamed(abstract, "w:lvl")) addLevel(levels, element);
  const startOverrides = new Map<number, number>();
  for (const override of childrenNamed(number, "w:lvlOverride")) {
    const replaced = findChild(override, "w:lvl");
    if (replaced) addLevel(levels, replaced);
    const start = readNumber(override, "w:startOverride");
    const level = levelOf(override);
    if (start !== undefined && level !== undefined) startOverrides.set(level, start);
  }
  return { abstractId, levels, startOverrides };
}

/** Follows `numStyleLink` (a list that is kept in a numbering style) at most a few steps. */
function findAbstract(
  numId: string,
  numbers: ReadonlyMap<string, XmlElement>,
  abstracts: ReadonlyMap<string, XmlElement>,
  styles: StyleSheet,
): string | undefined {
  let next: string | undefined = numId;
  let abstractId: string | undefined;
  for (let step = 0; step < 4 && next !== undefined; step += 1) {
    abstractId = readValue(numbers.get(next), "w:abstractNumId");
    const abstract = abstractId === undefined ? undefined : abstracts.get(abstractId);
    const link = readValue(abstract, "w:numStyleLink");
    next = link === undefined ? undefined : styles.numbering(link);
  }
  return abstractId;
}

function levelOf(element: XmlElement): number | undefined {
  const level = Number.parseInt(element.attributes.get("w:ilvl") ?? "", 10);
  return level >= 0 && level <= 8 ? level : undefined;
}

function addLevel(levels: Map<number, NumberingLevel>, element: XmlElement): void {
  const index = levelOf(element);
  if (index === undefined) return;
  const restart = readNumber(element, "w:lvlRestart");
  const styleId = readValue(element, "w:pStyle");
  const suffix = readValue(element, "w:suff");
  levels.set(index, {
    start: readNumber(element, "w:start") ?? 0,
    format: readFormat(element),
    text: readValue(element, "w:lvlText") ?? "",
    suffix: suffix === "space" || suffix === "nothing" ? suffix : "tab",
    ...(restart === undefined ? {} : { restart }),
    isLegal: isOn(element, "w:isLgl") ?? false,
    ...(styleId === undefined ? {} : { styleId }),
  });
}

/** Newer formats stand in mc:AlternateContent, with an older one as fallback. */
function readFormat(element: XmlElement): string {
  const plain = readValue(element, "w:numFmt");
  if (plain !== undefined) return plain;
  const fallback = findChild(findChild(element, "mc:AlternateContent"), "mc:Fallback");
  return readValue(fallback, "w:numFmt") ?? "decimal";
}
