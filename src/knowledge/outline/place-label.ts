import { isRow } from "../reading/block-note.ts";
import type { OpenNode } from "./open-node.ts";
import type { OutlinePart } from "./outline-part.ts";
import { LABEL_STYLES, type Label, type LabelStyle } from "./read-label.ts";

const RANK = new Map(LABEL_STYLES.map((style, rank) => [style, rank]));

/** What placing needs to see of the labels that are still to come and of those placed before. */
export interface LabelSequence {
  labels: readonly (Label | undefined)[];
  /** Index of the next label of the same style, for each label; -1: none. */
  nextOfStyle: readonly number[];
  /** `outer>inner` for every pair of styles that stood inside one another so far. */
  nestings: Set<string>;
}

export function createLabelSequence(labels: readonly (Label | undefined)[]): LabelSequence {
  const nextOfStyle = new Array<number>(labels.length).fill(-1);
  const latest = new Map<string, number>();
  for (let index = labels.length - 1; index >= 0; index -= 1) {
    const label = labels[index];
    if (!label) continue;
    nextOfStyle[index] = latest.get(familyOf(label)) ?? -1;
    latest.set(familyOf(label), index);
  }
  return { labels, nextOfStyle, nestings: new Set() };
}

/** Numbers that go on from one another: those over decimals are apart from the lists under them, 1. and 1. alike. */
export function familyOf({ style, heads }: Label): string {
  return heads ? "heads" : style;
}

/** Whether the list that an open node belongs to goes on further down. */
export function listContinues(open: OpenNode, { labels, nextOfStyle }: LabelSequence): boolean {
  const next = labels[nextOfStyle[open.index] ?? -1];
  return open.label !== undefined && next !== undefined && follows(open.label, next);
}

function follows(last: Label, next: Label): boolean {
  if (familyOf(last) !== familyOf(next)) return false;
  if (last.style === "decimal")
    return decimalPrefix(last) === decimalPrefix(next) && next.value === last.value + 1;
  if (last.style === "article") return next.value > last.value && next.value <= Math.floor(last.value) + 2;
  return next.value === last.value + 1;
}

function decimalPrefix(label: Label): string {
  return label.mark.slice(0, label.mark.lastIndexOf("."));
}

/**
 * Depth in the stack of the node under which a label belongs (0: the root of the part). An open list that it continues
 * comes first, then the usual order of styles; the order of this document overrides the usual one where they differ.
 */
export function chooseParent(stack: readonly OpenNode[], label: Label, sequence: LabelSequence): number {
  if (label.style === "heading") return parentOfHeading(stack, label.value);
  if (label.style === "decimal") return chooseDecimalParent(stack, label);
  let sameStyle = -1;
  for (let depth = stack.length - 1; depth > 0; depth -= 1) {
    const open = stack[depth]?.label;
    if (!open || familyOf(open) !== familyOf(label)) continue;
    if (follows(open, label)) return depth - 1;
    if (sameStyle === -1) sameStyle = depth;
  }
  if (sameStyle !== -1) return sameStyle - 1;
  const continued = continuedOverHeadings(stack, label);
  if (continued !== -1) return continued;
  // Articles that are numbered through a text divided by 一、 or （一）: 第23条 under the last of them.
  if (label.style === "article" && label.value > 1) return innermostDivision(stack);
  return chooseByRank(stack, label, sequence);
}

/** The innermost open heading of a higher level; numbered paragraphs without a style stand under headings, not over them. */
function parentOfHeading(stack: readonly OpenNode[], level: number): number {
  return Math.max(
    0,
    stack.findLastIndex(({ styleLevel }) => styleLevel !== undefined && styleLevel < level),
  );
}

/** Depth to which the stack is cut before a numbered heading of this style level, or a division of the whole text. */
export function cutHeadings(
  stack: readonly OpenNode[],
  label: Label,
  styleLevel: number | undefined,
): number {
  if (label.style === "heading") return stack.length;
  const isDivision = DIVISIONS.has(label.style);
  if (styleLevel === undefined && !isDivision) return stack.length;
  const depth = stack.findIndex(
    (open) =>
      open.label?.style === "heading" && (styleLevel === undefined || (open.styleLevel ?? 1) >= styleLevel),
  );
  return depth === -1 ? stack.length : depth;
}

/** 二、 after an unnumbered heading goes on with the list before that heading, unless the heading has a 一、 of its own. */
function continuedOverHeadings(stack: readonly OpenNode[], label: Label): number {
  if (label.value === 1 || !stack.some((open) => open.label?.style === "heading")) return -1;
  return stack.findLastIndex(({ lists }) => {
    const last = lists.get(label.style)?.items.at(-1)?.label;
    return last !== undefined && follows(last, label);
  });
}

function innermostDivision(stack: readonly OpenNode[]): number {
  return stack.findLastIndex(
    ({ label }) => !label || label.style === "cn-paren" || OVER_ARTICLES.has(label.style),
  );
}

const OVER_ARTICLES: ReadonlySet<LabelStyle> = new Set(["part", "chapter", "section", "cn"]);

/** Divisions of a whole text: a chapter never stands inside an article or an item. */
const DIVISIONS: ReadonlySet<LabelStyle> = new Set(["part", "chapter", "section"]);

function chooseByRank(stack: readonly OpenNode[], label: Label, sequence: LabelSequence): number {
  const { style } = label;
  const rank = RANK.get(style) ?? 0;
  const family = familyOf(label);
  for (let depth = stack.length - 1; depth > 0; depth -= 1) {
    const open = stack[depth];
    if (!open?.label) continue;
    const isUsual = (RANK.get(open.label.style) ?? 0) < rank;
    if (DIVISIONS.has(style)) {
      if (isUsual) return depth;
      continue;
    }
    const outer = familyOf(open.label);
    if (isUsual || sequence.nestings.has(`${outer}>${family}`) || listContinues(open, sequence)) return depth;
    // A list under a decimal heading, of whatever style, unless decimals stand inside that style here.
    const isDecimal = outer === "heads" || outer === "decimal";
    if (isDecimal && !sequence.nestings.has(`${family}>${outer}`)) return depth;
  }
  return 0;
}

function chooseDecimalParent(stack: readonly OpenNode[], label: Label): number {
  const prefix = decimalPrefix(label);
  for (let depth = stack.length - 1; depth > 0; depth -= 1) {
    const open = stack[depth]?.label;
    if (!open) continue;
    if (open.style === "decimal" && decimalPrefix(open) === prefix) return depth - 1;
    if (open.style === "decimal" && open.mark === prefix) return depth;
    if (open.heads && String(open.value) === prefix) return depth;
  }
  for (let depth = stack.length - 1; depth > 0; depth -= 1) {
    const open = stack[depth]?.label;
    if (open && open.style !== "decimal" && String(open.value) === prefix) return depth;
  }
  return Math.max(0, stack.length - 1);
}

/** 1. and 1.1 carry the path in the number itself: their sections do not repeat it. */
export function carriesPath(style: LabelStyle | undefined, child: Label): boolean {
  return child.style === "decimal" && (style === "ar" || style === "decimal");
}

const STANDING: ReadonlySet<LabelStyle> = new Set([
  "part",
  "chapter",
  "section",
  "article",
  "question",
  "heading",
  "decimal",
]);

/**
 * Depth of the node that an unnumbered paragraph belongs to. Between two items it belongs to the first; after the last
 * item of a list of sentences it closes the list and belongs to the node over it.
 */
export function chooseOwner(stack: readonly OpenNode[], sequence: LabelSequence): number {
  const depth = stack.length - 1;
  const open = stack[depth];
  const parent = stack[depth - 1];
  if (!open?.label || !parent || depth === 1) return depth;
  if (STANDING.has(open.label.style) || open.label.heads || listContinues(open, sequence)) return depth;
  const list = parent.lists.get(open.label.style);
  const earlier = list?.items.slice(-4, -1) ?? [];
  if (open.headingOnly) return closesListOfHeadings(open, parent, earlier) ? depth - 1 : depth;
  if (list?.hasLongItems) return depth;
  // In an article it is a paragraph of the article; elsewhere it may speak of the item alone.
  const isInArticle = stack.some(({ label }) => label?.style === "article");
  return isInArticle ? leaveItems(stack, depth - 1, sequence) : depth - 1;
}

/** Depth of the node beside whose list a paragraph stands when the list under that list's last item is over, too. */
function leaveItems(stack: readonly OpenNode[], from: number, sequence: LabelSequence): number {
  let depth = from;
  while (depth > 1) {
    const open = stack[depth];
    const list = open?.label && stack[depth - 1]?.lists.get(open.label.style);
    if (!open?.label || !list || list.hasLongItems || STANDING.has(open.label.style) || open.label.heads)
      break;
    if (!isSentence(open, list.items.slice(0, -1)) || listContinues(open, sequence)) break;
    depth -= 1;
  }
  return depth;
}

const LEADS_IN = /下列|以下|如下|之一|应当|包括|符合|具备/;

/** （二）具有下列能力之一：, or any item with a colon in a list of sentences; not （二）申报条件： over what follows. */
function isSentence(open: OpenNode, earlier: readonly OpenNode[]): boolean {
  if (!open.headingOnly) return true;
  return open.introduces && (LEADS_IN.test(open.node.heading) || earlier.some((item) => !item.headingOnly));
}

function closesListOfHeadings(open: OpenNode, parent: OpenNode, earlier: readonly OpenNode[]): boolean {
  if (earlier.length === 0) return false;
  if (earlier.every((item) => item.headingOnly && !item.filled)) return true;
  if (parent.label?.style !== "article" || earlier.length < 2) return false;
  const usual = earlier[0]?.paragraphs ?? 0;
  const isRegular = earlier.every((item) => item.headingOnly && item.paragraphs === usual);
  return isRegular && usual > 0 && open.paragraphs >= usual;
}

const MAX_PARAGRAPHS_OVER_LIST = 3;
const OPENS_LIST = /[：:]$|(?:下列|如下|以下)[^。]{0,30}[。：:]?$/;

/**
 * Depth of the node whose list starts anew under this paragraph: 有下列情形之一的： and then （一） once more. The paragraph stands
 * beside that list's first run, however deep the last item of the run was divided. Undefined: no list starts anew.
 */
export function ownerOfNewList(
  stack: readonly OpenNode[],
  { paragraphs, labels }: Pick<OutlinePart, "paragraphs" | "labels">,
  index: number,
  sequence: LabelSequence,
): number | undefined {
  let next = index + 1;
  while (next <= index + MAX_PARAGRAPHS_OVER_LIST && next < labels.length && !labels[next]) next += 1;
  const label = labels[next];
  const last = paragraphs[next - 1];
  if (label?.value !== 1 || !last || isRow(last) || label.heads || label.style === "heading")
    return undefined;
  if (DIVISIONS.has(label.style) || label.style === "article" || label.style === "decimal") return undefined;
  const depth = stack.findLastIndex((open) => open.label && familyOf(open.label) === familyOf(label));
  if (depth < 2 || !OPENS_LIST.test(last.text)) return undefined;
  return /^其中/.test(last.text) ? depth - 1 : leaveItems(stack, depth - 1, sequence);
}
