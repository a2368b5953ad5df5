/** Character pairs of a text with how often each occurs; label, blanks and punctuation left out. */
export interface TextSketch {
  pairs: ReadonlyMap<number, number>;
  size: number;
}

export function sketchText(text: string): TextSketch {
  const letters = stripLabel(text).replace(/[\s\p{P}]/gu, "");
  const pairs = new Map<number, number>();
  for (let index = 0; index + 1 < letters.length; index += 1) {
    const pair = letters.charCodeAt(index) * 65_536 + letters.charCodeAt(index + 1);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return { pairs, size: Math.max(0, letters.length - 1) };
}

/** Dice's coefficient over character pairs, 0–1. */
export function measureLikeness(left: TextSketch, right: TextSketch): number {
  if (left.size === 0 || right.size === 0) return 0;
  const [small, large] = left.pairs.size < right.pairs.size ? [left, right] : [right, left];
  let shared = 0;
  for (const [pair, count] of small.pairs) shared += Math.min(count, large.pairs.get(pair) ?? 0);
  return (2 * shared) / (left.size + right.size);
}

const LABEL =
  /^\s*(?:第\s?[零〇一二三四五六七八九十百千\d]+\s?[章节条款]|[（(][零〇一二三四五六七八九十百\d]+[）)]|[零〇一二三四五六七八九十百]+、|\d+(?:\.\d+)*[、.．]|[①-⑳])\s*/;

/** The text without the number that it begins with. */
export function stripLabel(text: string): string {
  return text.replace(LABEL, "");
}
