import type { CategoryId, RequestPart } from "../types.ts";

const CLAUSE = /[^，,。！!？?；;、\n]+[，,。！!？?；;、\n]*/g;

export interface Segment {
  start: number;
  end: number;
}

/** Clauses of at least four characters; shorter ones go with what follows. Over long texts only the first forty. */
export function splitClauses(folded: string): Segment[] {
  const segments: Segment[] = [];
  let pending: number | null = null;
  for (const { index, 0: words } of folded.matchAll(CLAUSE)) {
    const start: number = pending ?? index;
    const end = index + words.length;
    if (end - start < 5) {
      pending = start;
      continue;
    }
    pending = null;
    segments.push({ start, end });
    if (segments.length >= 40) break;
  }
  const last = segments.at(-1);
  if (pending !== null && last) last.end = folded.length;
  if (segments.length === 0) segments.push({ start: 0, end: folded.length });
  return segments;
}

/** Neighbouring segments of one category become one part; the main category's parts come first. */
export function toParts(
  text: string,
  main: CategoryId,
  also: readonly CategoryId[],
  assigned: readonly { segment: Segment; category: CategoryId }[],
): RequestPart[] {
  const words = new Map<CategoryId, string[]>();
  for (const { segment, category } of assigned) {
    const target = category === main || also.includes(category) ? category : main;
    const piece = text.slice(segment.start, segment.end).trim();
    if (piece !== "") words.set(target, [...(words.get(target) ?? []), piece]);
  }
  return [main, ...also].map((category) => ({
    category,
    words: (words.get(category) ?? [text.trim()]).join("").replace(/[，,、；;]$/, ""),
  }));
}
