import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
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
    letter: 0,
    latest: new Map(),
    bare: 0,
  };
  return paragraphs.map((paragraph, index) => {
    const label = isRow(paragraph)
      ? undefined
      : (readInSequence(paragraph, state) ?? readBareNumber(paragraphs, index, state));
    if (!label || !isAdmitted(label, paragraph.text, state)) return undefined;
    remember(label, state);
    return label;
  });
}

const MAX_MISREAD_HEADING = 40;

/** Misread numbering counts where it goes on from what stands before, or starts a list with a heading. */
function readInSequence({ text, note }: Paragraph, { latest }: Sequence): Label | undefined {
  const label = readLabel(text);
  // A lone “l.” is 1. misread far more often than the twelfth letter.
  if ((label && label.style !== "letter") || !note?.recognised) return label;
  const misread = readMisreadLabel(text);
  if (!misread) return label;
  if (misread.value === 1) return text.length <= MAX_MISREAD_HEADING ? misread : undefined;
  return latest.get(misread.style) === misread.value - 1 ? misread : undefined;
}

interface Sequence {
  article: number | undefined;
  /** Printed decimals so far: 1.1, 1.2.1. */
  decimals: Set<string>;
  /** Values of plain numbers so far, decimals continue them: 1. → 1.1. */
  numbers: Set<number>;
  letter: number;
  /** The last value of each style. */
  latest: Map<LabelStyle, number>;
  /** The last number that stood alone before a heading: 1 总则. */
  bare: number;
}

const BARE_NUMBER = /^([0-9]{1,2})[ \u3000]{1,4}(?=[\u4e00-\u9fff][^。；，：]{1,28}$)/;
const LOOK_AHEAD = 40;

/** 1 总则 over 1.1 …: a number without any mark, in sequence, over its own decimals or set as a heading. */
function readBareNumber(paragraphs: readonly Paragraph[], index: number, state: Sequence): Label | undefined {
  const paragraph = paragraphs[index];
  const match = paragraph && BARE_NUMBER.exec(paragraph.text);
  const value = Number(match?.[1]);
  if (!match || value !== state.bare + 1) return undefined;
  const below = new RegExp(`^${value}[.．]1(?![0-9.．])`);
  const isOver = paragraphs.slice(index + 1, index + LOOK_AHEAD).some(({ text }) => below.test(text));
  if (!isOver && paragraph.note?.kind !== "heading") return undefined;
  state.bare = value;
  const mark = String(value);
  return { style: "ar", value, mark, printed: `${mark} `, end: match[0].length, apart: true };
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

function followsDecimal(mark: string, { decimals, numbers }: Sequence): boolean {
  const parts = mark.split(".").map(Number);
  const lastPart = parts.at(-1) ?? 0;
  const prefix = parts.slice(0, -1);
  if (lastPart > 1) return decimals.has([...prefix, lastPart - 1].join("."));
  return prefix.length === 1 ? numbers.has(prefix[0] ?? 0) : decimals.has(prefix.join("."));
}

function remember(label: Label, state: Sequence): void {
  state.latest.set(label.style, label.value);
  if (label.style === "article") state.article = Math.floor(label.value);
  if (label.style === "decimal") state.decimals.add(label.mark);
  if (label.style === "letter") state.letter = label.value;
  if (label.style === "ar" || label.style === "cn" || label.style === "chapter")
    state.numbers.add(label.value);
}
