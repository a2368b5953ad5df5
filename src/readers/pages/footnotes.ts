import type { PageRule } from "../types.ts";
import { joinLines } from "./join-text.ts";
import type { Footnote, PageParts, Segment } from "./page-types.ts";
import { groupByRow } from "./running-heads.ts";

const MARKER =
  /^(?:[①-⑳⁰¹²³⁴⁵⁶⁷⁸⁹*＊†‡]|\[\d{1,3}\]|〔\d{1,3}〕|［\d{1,3}］|\d{1,3}(?=[\s.．、\u4e00-\u9fff“《])|注\d{0,2}[:：])/;

/** Smaller print at the foot of a page, below a short line or begun with a mark. */
export function takeFootnotes(page: PageParts, bodySize: number): { rest: Segment[]; footnotes: Footnote[] } {
  const start = findStart(page, bodySize);
  if (start === undefined) return { rest: page.segments, footnotes: [] };
  const rest = page.segments.filter(({ y }) => y < start);
  const notes = groupByRow(page.segments.filter(({ y }) => y >= start)).sort(
    (a, b) => (a[0]?.y ?? 0) - (b[0]?.y ?? 0),
  );
  const footnotes: Footnote[] = [];
  for (const row of notes) {
    const text = row.map((segment) => segment.text).join(" ");
    const last = footnotes.at(-1);
    if (!last || MARKER.test(text)) footnotes.push({ text, confidence: row[0]?.confidence ?? null });
    else last.text = joinLines(last.text, text);
  }
  return { rest, footnotes };
}

/** The height from which on everything is footnote. */
function findStart(page: PageParts, bodySize: number): number | undefined {
  const rows = groupByRow(page.segments).sort((a, b) => (a[0]?.y ?? 0) - (b[0]?.y ?? 0));
  const small = page.origin === "ocr" ? 0.9 : 0.93;
  let start: number | undefined;
  rows.reverse();
  for (const [index, row] of rows.entries()) {
    const [top, size] = [
      Math.min(...row.map(({ y }) => y)),
      Math.max(...row.map(({ fontSize }) => fontSize)),
    ];
    if (size > small * bodySize || top < page.height / 2) break;
    const marked = MARKER.test(row[0]?.text ?? "");
    if (marked) start = top;
    const above = Math.max(0, ...(rows[index + 1] ?? []).map(({ y, bottom }) => (y + bottom) / 2));
    if (page.rules.some((rule) => rule.y1 > above && isSeparator(rule, page, top, size))) return top - 0.5;
  }
  return start === undefined || start < page.height * 0.6 || !hasBodyAbove(page, start, bodySize)
    ? undefined
    : start - 0.5;
}

function hasBodyAbove({ segments }: PageParts, start: number, bodySize: number): boolean {
  return segments.some(({ y, fontSize }) => y < start && fontSize > 0.95 * bodySize);
}

/** A short level line right above, from the left margin on. */
function isSeparator({ x1, x2, y1, y2 }: PageRule, page: PageParts, top: number, size: number): boolean {
  const length = Math.abs(x2 - x1);
  const above = top - (y1 + y2) / 2;
  const left = Math.min(...page.segments.map(({ x }) => x));
  return (
    Math.abs(y2 - y1) < 1 &&
    above > -0.3 * size &&
    above < 2.2 * size &&
    length > 0.08 * page.width &&
    length < 0.45 * page.width &&
    Math.abs(Math.min(x1, x2) - left) < 3 * size
  );
}
