import { readLabel } from "../outline/read-label.ts";
import { findDates } from "./find-dates.ts";
import {
  isAddresseeLine,
  readBracketLine,
  readDateLine,
  readDocumentNumberLine,
  readLetterhead,
  readOrganLine,
} from "./line-roles.ts";
import type { Line } from "./split-lines.ts";
import { endsLikeTitle, PAGE_FIELDS, PAGE_MARKERS } from "./web-page-words.ts";

/** What the page around the document says of it. Values as printed. */
export type PageFields = Partial<
  Record<
    | "publishedOn"
    | "signedOn"
    | "documentNumber"
    | "issuer"
    | "validity"
    | "effectiveFrom"
    | "expiresOn"
    | "name",
    string
  >
>;

export interface ScreenedPage {
  /** Lines of the document itself. */
  lines: Line[];
  fields: PageFields;
  /** Lines left out as navigation, page numbers and the like. */
  dropped: number;
}

/** Separates a document from the web page or print layout around it. A text without such marks is left alone. */
export function screenWebPage(allLines: readonly Line[]): ScreenedPage {
  const lines = allLines.filter((line) => !isPageNumber(line.text));
  const anchor = findBodyStart(lines);
  const hasPageHead = lines.slice(0, anchor).some((line) => isPageMarker(line.text));
  const title = hasPageHead ? findTitle(lines, anchor) : 0;
  const first = hasPageHead ? findFrontStart(lines, title) : 0;
  const end = findPageEnd(lines, Math.max(anchor, title + 1));
  const kept: Line[] = [];
  const left: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const isFront = hasPageHead && index > title && index < anchor;
    const belongs = index >= first && index < end && (!isFront || belongsToFront(line.text));
    (belongs ? kept : left).push(line);
  }
  return { lines: kept, fields: readFields(left), dropped: allLines.length - kept.length };
}

const PAGE_NUMBER =
  /^(?:[—–\-－]{1,2}\s?\d{1,4}\s?[—–\-－]{1,2}|第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?|\d{1,4}\s?\/\s?\d{1,4})$/;

function isPageNumber(text: string): boolean {
  return text.length <= 20 && PAGE_NUMBER.test(text);
}

function isPageMarker(text: string): boolean {
  return text.length <= 90 && !text.includes("。") && PAGE_MARKERS.test(text) && !readLabel(text);
}

/** The first line that can only belong to a document: numbering, addressees, running prose. */
function findBodyStart(lines: readonly Line[]): number {
  const index = lines.findIndex(({ text }) => !isPageMarker(text) && (isProse(text) || startsBody(text)));
  return index === -1 ? lines.length : index;
}

function startsBody(text: string): boolean {
  const label = readLabel(text);
  if (label) return label.style !== "letter" && label.style !== "decimal" && label.value === 1;
  return isAddresseeLine(text) && /各|有关|你/.test(text);
}

function isProse(text: string): boolean {
  return text.length >= 40 && /[。；]|，.*，/.test(text) && !endsLikeTitle(text);
}

/** The best title among the lines over the body; pages print it up to four times, the last stands over the document. */
function findTitle(lines: readonly Line[], anchor: number): number {
  const counts = new Map<string, number>();
  for (const { text } of lines.slice(0, anchor))
    counts.set(bareTitle(text), (counts.get(bareTitle(text)) ?? 0) + 1);
  const pageTitle = lines[0]?.text ?? "";
  let best = -1;
  let bestScore = 1;
  for (let index = 0; index < anchor; index += 1) {
    const text = lines[index]?.text ?? "";
    const score = scoreTitle(text, pageTitle, counts.get(bareTitle(text)) ?? 0) + index / anchor;
    if (score >= bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best === -1 ? Math.max(0, anchor - 1) : best;
}

/** Sites put （转载） or 【申报通知】 before some of the copies. */
function bareTitle(text: string): string {
  return text.replace(/^[（(【[][^（()）【】]{2,8}[)）】\]]/, "");
}

function scoreTitle(text: string, pageTitle: string, count: number): number {
  const han = text.match(/[一-龥]/g)?.length ?? 0;
  if (han < 5 || text.length > 120 || isPageMarker(text)) return 0;
  if (readDocumentNumberLine(text) || readDateLine(text) || text.endsWith("：")) return 0;
  let score = endsLikeTitle(text) ? 3 : 0;
  if (/关于|印发|《/.test(text)) score += 2;
  if (count > 1 && han >= 8) score += 2;
  if (han >= 8 && pageTitle.includes(bareTitle(text))) score += 1.5;
  return score;
}

/** Document number, letterhead, issuers and the first half of a two-line title stand above the title. */
function findFrontStart(lines: readonly Line[], title: number): number {
  let first = title;
  while (first > 0) {
    const text = lines[first - 1]?.text ?? "";
    const isHalfTitle = /(?:关于|印发|转发|的|人民政府|委员会|办公厅|办公室)$/.test(text) && text.length >= 6;
    const isFront =
      readDocumentNumberLine(text) !== undefined || readLetterhead(text) !== undefined || isHalfTitle;
    if (isPageMarker(text) || !isFront) break;
    first -= 1;
  }
  return first;
}

/** Of the lines between title and body on a web page: what a document has there. */
function belongsToFront(text: string): boolean {
  if (isPageMarker(text)) return false;
  if (readDocumentNumberLine(text) || readOrganLine(text) || readLetterhead(text)) return true;
  if (readBracketLine(text) !== undefined && /[一-龥]{2}/.test(text)) return true;
  if (readDateLine(text)) return /[年]/.test(text);
  return endsLikeTitle(text) || isAddresseeLine(text) || (text.length >= 12 && /[，。]/.test(text));
}

/** The line after the document's last: the first page marker below the last line that can only be the document's. */
function findPageEnd(lines: readonly Line[], from: number): number {
  let last = lines.length - 1;
  while (last >= from && !isSolid(lines[last]?.text ?? "")) last -= 1;
  for (let index = last + 1; index < lines.length; index += 1) {
    if (!isPageMarker(lines[index]?.text ?? "")) continue;
    let end = index;
    while (end > last + 1 && isScrap(lines[end - 1]?.text ?? "")) end -= 1;
    return end;
  }
  return lines.length;
}

function isSolid(text: string): boolean {
  if (isPageMarker(text)) return false;
  if (/[。；]/.test(text) || isProse(text)) return true;
  return readLabel(text) !== undefined || (readDateLine(text) !== undefined && text.includes("年"));
}

function isScrap(text: string): boolean {
  return text.length <= 6 && !readOrganLine(text) && !/^附\s*件/.test(text);
}

const FIELD = /([一-龥](?: ?[一-龥]){1,5}) ?[：:] *((?:(?! +[一-龥]{2,6} ?[：:]).)*)/g;

function readFields(lines: readonly Line[]): PageFields {
  const fields: PageFields = {};
  for (const [index, { text }] of lines.entries()) {
    if (text.length > 200) continue;
    for (const [, printedKey = "", inline = ""] of text.matchAll(FIELD)) {
      const field = PAGE_FIELDS[printedKey.replaceAll(" ", "")] as keyof PageFields | undefined;
      const next = lines[index + 1]?.text ?? "";
      const value = inline.trim() || (/[：:]$/.test(next) ? "" : next.trim());
      if (!field || value === "" || fields[field] !== undefined) continue;
      if (needsDate(field) && findDates(value).length === 0) continue;
      fields[field] = value;
    }
  }
  return fields;
}

function needsDate(field: keyof PageFields): boolean {
  return (
    field === "publishedOn" || field === "signedOn" || field === "effectiveFrom" || field === "expiresOn"
  );
}
