import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import { findDecimalHeads } from "./find-decimal-heads.ts";
import { type Label, type LabelStyle, readLabel } from "./read-label.ts";
import { readMisreadLabel } from "./read-misread-label.ts";

/**
 * The numbering of each paragraph, judged in sequence: what looks like numbering but cannot be (a reference to 第三条 at the
 * start of a line, 1.5 as a figure, a lone letter) is left out.
 */
export function admitLabels(paragraphs: readonly Paragraph[]): (Label | undefined)[] {
  const state: Sequence = {
    article: undefined,
    decimals: new Set(),
    numbers: new Set(),
    heads: new Set(),
    letter: 0,
    latest: new Map(),
  };
  const chain = findDecimalHeads(paragraphs);
  return paragraphs.map((paragraph, index) => {
    const label = isRow(paragraph)
      ? undefined
      : (chain.get(index) ?? readInSequence(paragraphs, index, state));
    if (!label || !isAdmitted(label, paragraph.text, state)) return undefined;
    remember(label, state);
    return label;
  });
}

const MAX_MISREAD_HEADING = 40;
const LOOK_AHEAD = 60;

/**
 * Misread numbering (三，for 三、, l、 for 1、) counts where it goes on from what stands before, or where the second item of its list
 * follows; on a recognised page also over a heading. Text that nobody recognised may have been recognised elsewhere.
 */
function readInSequence(
  paragraphs: readonly Paragraph[],
  index: number,
  { latest, letter }: Sequence,
): Label | undefined {
  const paragraph = paragraphs[index];
  if (!paragraph) return undefined;
  const { text, note } = paragraph;
  const label = readLabel(text);
  // A lone “l.” is 1. misread far more often than the twelfth letter.
  if (label && (label.style !== "letter" || label.value === letter + 1)) return label;
  const misread = readMisreadLabel(text);
  if (!misread) return label;
  if (misread.value !== 1) return latest.get(misread.style) === misread.value - 1 ? misread : label;
  const isHeading = note?.recognised === true && text.length <= MAX_MISREAD_HEADING;
  return isHeading || hasSecond(paragraphs, index, misread) ? misread : label;
}

/** The next number of this style further down is 2. */
function hasSecond(paragraphs: readonly Paragraph[], index: number, first: Label): boolean {
  for (const { text } of paragraphs.slice(index + 1, index + LOOK_AHEAD)) {
    const label = readLabel(text) ?? readMisreadLabel(text);
    if (label?.style === first.style) return label.value === 2;
  }
  return false;
}

interface Sequence {
  article: number | undefined;
  /** Printed decimals so far: 1.1, 1.2.1. */
  decimals: Set<string>;
  /** Values of plain numbers so far, decimals continue them: 1. → 1.1. */
  numbers: Set<number>;
  /** Those of them that stand over decimals. */
  heads: Set<number>;
  letter: number;
  /** The last value of each style. */
  latest: Map<LabelStyle, number>;
}

const MAX_ARTICLE_GAP = 3;
const MAX_STRUCTURE_HEADING = 45;

function isAdmitted(label: Label, text: string, state: Sequence): boolean {
  if (label.style === "article") return isArticle(label, state.article);
  if (label.style === "chapter" || label.style === "section" || label.style === "part") {
    return text.length <= MAX_STRUCTURE_HEADING && !/[。；，]$/.test(text);
  }
  if (label.style === "decimal") return followsDecimal(label.mark, state);
  if (label.style === "letter") return label.value === 1 || label.value === state.letter + 1;
  return true;
}

function isArticle({ value, apart }: Label, last: number | undefined): boolean {
  if (value === 1) return true;
  if (last === undefined) return apart;
  if (value > last && value <= last + MAX_ARTICLE_GAP) return true;
  return apart && value > last;
}

const MAX_DECIMAL_GAP = 2;

function followsDecimal(mark: string, { decimals, numbers, heads }: Sequence): boolean {
  const parts = mark.split(".").map(Number);
  const lastPart = parts.at(-1) ?? 0;
  const prefix = parts.slice(0, -1);
  for (let gap = 1; gap <= MAX_DECIMAL_GAP && gap < lastPart; gap += 1)
    if (decimals.has([...prefix, lastPart - gap].join("."))) return true;
  const [only] = prefix;
  if (lastPart > 1) return lastPart <= MAX_DECIMAL_GAP && prefix.length === 1 && heads.has(only ?? 0);
  return prefix.length === 1 ? numbers.has(only ?? 0) : decimals.has(prefix.join("."));
}

function remember(label: Label, state: Sequence): void {
  state.latest.set(label.style, label.value);
  if (label.style === "article") state.article = Math.floor(label.value);
  if (label.style === "decimal") state.decimals.add(label.mark);
  if (label.style === "letter") state.letter = label.value;
  if (label.heads) state.heads.add(label.value);
  if (label.style === "ar" || label.style === "cn" || label.style === "chapter")
    state.numbers.add(label.value);
}
