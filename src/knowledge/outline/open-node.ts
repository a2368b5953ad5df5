import type { OutlineNode } from "../types.ts";
import type { Label, LabelStyle } from "./read-label.ts";

/** The items of one style under one node. */
export interface OpenList {
  /** What the items' sections start with. */
  prefix: string;
  items: OpenNode[];
  /** An item, not the last, has further paragraphs: so may the last one. */
  hasLongItems: boolean;
}

/** A node while its part is being read. The root of a part has no label. */
export interface OpenNode {
  node: OutlineNode;
  label: Label | undefined;
  /** Index of its paragraph in the part; -1 for the root. */
  index: number;
  headingOnly: boolean;
  /** By its style or print, 1 is the outermost; undefined: an ordinary paragraph. */
  styleLevel: number | undefined;
  /** Its paragraph introduces what follows: ends with a colon. */
  introduces: boolean;
  /** Paragraphs that are its own, its first line included unless that is only a heading. */
  paragraphs: number;
  lastParagraph: { section: string; index: number } | undefined;
  lists: Map<LabelStyle, OpenList>;
  /** Something stands under it: a heading alone is then no clause. */
  filled: boolean;
  /** A short line over what follows, like 补贴条件：, without the colon. */
  caption: string | undefined;
  /** Has paragraphs that start with a keyword and a colon: 补贴标准：…; more of them belong to it, too. */
  hasKeywords: boolean;
  /** Under a question: the answer's section and how many paragraphs it has so far. */
  answer: { section: string; paragraphs: number } | undefined;
}

export function openNode(
  parts: Pick<OpenNode, "node" | "label" | "index" | "headingOnly" | "styleLevel" | "introduces">,
): OpenNode {
  return {
    ...parts,
    paragraphs: parts.headingOnly || parts.index === -1 ? 0 : 1,
    lastParagraph: undefined,
    lists: new Map(),
    filled: false,
    caption: undefined,
    hasKeywords: false,
    answer: undefined,
  };
}

/** The section of the paragraph that stands between the lists of a node so far and the next. */
export function introductionOf({ lists, lastParagraph }: OpenNode): string | undefined {
  const ends = [...lists].flatMap(([style, { items }]) =>
    style === "heading" ? [] : (items.at(-1)?.index ?? []),
  );
  if (ends.length === 0 || !lastParagraph) return undefined;
  return lastParagraph.index > Math.max(...ends) ? lastParagraph.section : undefined;
}
