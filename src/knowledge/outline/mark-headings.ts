import { closeGaps } from "../reading/close-gaps.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import { readDateLine, readDocumentNumberLine, readOrganLine } from "../reading/line-roles.ts";
import type { Label } from "./read-label.ts";

const MAX_HEADING = 60;
const MAX_MARK = 40;

/** Headings that a style or the print sets apart, without a number: they become labels of their own, in place. */
export function markHeadings(paragraphs: readonly Paragraph[], labels: (Label | undefined)[]): void {
  for (const [index, { text, note }] of paragraphs.entries()) {
    if (labels[index] || note?.kind !== "heading" || !isHeading(text)) continue;
    const mark = `【${nameOf(text)}】`;
    labels[index] = { style: "heading", value: note.level ?? 1, mark, printed: "", end: 0, apart: true };
  }
}

function isHeading(text: string): boolean {
  if (text.length > MAX_HEADING || /[。；，,;]$|。/.test(text) || !/[一-龥A-Za-z]/.test(text)) return false;
  return !readDateLine(text) && !readOrganLine(text) && !readDocumentNumberLine(text) && nameOf(text) !== "";
}

function nameOf(text: string): string {
  return closeGaps(text)
    .replace(/[【】]/g, "")
    .replace(/[：:]$/, "")
    .trim()
    .slice(0, MAX_MARK);
}
