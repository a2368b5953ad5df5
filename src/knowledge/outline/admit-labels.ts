import type { Paragraph } from "../reading/join-paragraphs.ts";
import { type Label, readLabel } from "./read-label.ts";

/**
 * The numbering of each paragraph, judged in sequence: what looks like numbering but cannot be (a reference to 第三条 at the
 * start of a line, 1.5 as a figure, a lone letter) is left out.
 */
export function admitLabels(paragraphs: readonly Paragraph[]): (Label | undefined)[] {
  const candidates = paragraphs.map(({ text }) => readLabel(text));
  const state: Sequence = { article: undefined, decimals: new Set(), numbers: new Set(), letter: 0 };
  return candidates.map((label, index) => {
    if (!label || !isAdmitted(label, paragraphs[index]?.text ?? "", state)) return undefined;
    remember(label, state);
    return label;
  });
}

interface Sequence {
  article: number | undefined;
  /** Printed decimals so far: 1.1, 1.2.1. */
  decimals: Set<string>;
  /** Values of plain numbers so far, decimals continue them: 1. → 1.1. */
  numbers: Set<number>;
  letter: number;
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
  if (label.style === "article") state.article = Math.floor(label.value);
  if (label.style === "decimal") state.decimals.add(label.mark);
  if (label.style === "letter") state.letter = label.value;
  if (label.style === "ar" || label.style === "cn" || label.style === "chapter")
    state.numbers.add(label.value);
}
