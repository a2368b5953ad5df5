import type { BlockKind } from "../types.ts";

interface Markable {
  kind: BlockKind;
  text: string;
  level?: number;
}

/** Outermost first. Inner numbers (（一）, 1.) also number items and clauses; they are left to those who see the whole outline. */
const LABELS: readonly RegExp[] = [
  /^第[一二三四五六七八九十百零〇\d]{1,6}[编篇](?:[\s\u3000]|$|(?=[^，。]))/,
  /^第[一二三四五六七八九十百零〇\d]{1,6}章/,
  /^第[一二三四五六七八九十百零〇\d]{1,6}节/,
  /^[一二三四五六七八九十]{1,3}、/,
];
const MAX_HEADING = 40;

/**
 * Headings that are typed, not styled: 第一章 总则, 一、总体要求. Only in documents without heading styles: where the author
 * used styles, they decide.
 */
export function markNumberedHeadings<Block extends Markable>(drafts: readonly Block[]): Block[] {
  const found = drafts.map((draft) => (draft.kind === "paragraph" ? findRank(draft.text) : -1));
  const styled = drafts.filter(({ kind, text }) => kind === "heading" && findRank(text) >= 0).length;
  if (styled > 0) return [...drafts];
  const ranks = [...new Set(found.filter((rank) => rank >= 0))].sort((a, b) => a - b);
  return drafts.map((draft, index) => {
    const level = ranks.indexOf(found[index] ?? -1) + 1;
    return level === 0 ? draft : { ...draft, kind: "heading", level };
  });
}

function findRank(text: string): number {
  if (text.length > MAX_HEADING || /[。；，：;,:！!？?]/.test(text)) return -1;
  return LABELS.findIndex((label) => label.test(text));
}
