import { readLabel } from "../outline/read-label.ts";
import { isRow } from "./block-note.ts";
import { closeGaps } from "./close-gaps.ts";
import {
  isAddresseeLine,
  readBracketLine,
  readDateLine,
  readDocumentNumberLine,
  readLetterhead,
  readOrganLine,
} from "./line-roles.ts";
import { type PageFields, readParticulars } from "./page-particulars.ts";
import { takeParticularRows } from "./particular-rows.ts";
import type { Line } from "./split-lines.ts";
import { endsLikeTitle, PAGE_MARKERS } from "./web-page-words.ts";

export interface ScreenedPage {
  /** Lines of the document itself. */
  lines: Line[];
  fields: PageFields;
  /** Lines left out as navigation, page numbers and the like. */
  dropped: number;
}

/** Separates a document from the web page or print layout around it. A text without such marks is left alone. */
export function screenWebPage(allLines: readonly Line[], pageTitle?: string): ScreenedPage {
  const rows = takeParticularRows(allLines);
  const lines = rows.lines.filter((line) => isRow(line) || !isPageNumber(line.text));
  const particulars = readParticulars(lines);
  const isChrome = (index: number) => particulars.lines.has(index) || isPageMarker(lines[index]?.text ?? "");
  const anchor = findBodyStart(lines, isChrome);
  const hasPageHead = lines.slice(0, anchor).some((_, index) => isChrome(index));
  const head: PageHead = { lines, anchor, isChrome, name: particulars.fields.name ?? pageTitle };
  const title = hasPageHead ? findTitle(head) : 0;
  const first = hasPageHead ? findFrontStart(head, title) : 0;
  const end = findPageEnd(lines, Math.max(anchor, title + 1));
  const kept = lines.filter((line, index) => {
    const isFront = hasPageHead && index > title && index < anchor;
    return index >= first && index < end && (!isFront || (!isChrome(index) && belongsToFront(line.text)));
  });
  return {
    lines: kept,
    fields: { ...rows.fields, ...particulars.fields },
    dropped: rows.lines.length - kept.length,
  };
}

/** The lines over the body of a page. */
interface PageHead {
  lines: readonly Line[];
  /** Where the body starts. */
  anchor: number;
  isChrome(index: number): boolean;
  /** The title in the page's table of particulars. */
  name: string | undefined;
}

const PAGE_NUMBER =
  /^(?:[—–\-－]{1,2}\s?\d{1,4}\s?[—–\-－]{1,2}|第\s?\d{1,4}\s?页(?:\s?[,，/]?\s?共\s?\d{1,4}\s?页)?|\d{1,4}\s?\/\s?\d{1,4})$/;

function isPageNumber(text: string): boolean {
  return text.length <= 20 && PAGE_NUMBER.test(text);
}

function isPageMarker(printed: string): boolean {
  if (printed.length > 90) return false;
  const text = closeGaps(printed);
  return text.length <= 90 && !text.includes("。") && PAGE_MARKERS.test(text) && !readLabel(text);
}

/** The first line that can only belong to a document: numbering, addressees, running prose. */
function findBodyStart(lines: readonly Line[], isChrome: (index: number) => boolean): number {
  const index = lines.findIndex(
    (line, at) => isRow(line) || (!isChrome(at) && (isProse(line.text) || startsBody(line.text))),
  );
  return index === -1 ? lines.length : index;
}

function startsBody(text: string): boolean {
  const label = readLabel(text);
  if (label) return label.style !== "letter" && label.style !== "decimal" && label.value === 1;
  return isAddresseeLine(text) && (/各|有关|你/.test(text) || readOrganLine(text.slice(0, -1)) !== undefined);
}

/** Running text, also when cut at a page width. */
function isProse(text: string): boolean {
  if (text.length < 24 || endsLikeTitle(text)) return false;
  return /[。；]/.test(text) || (text.length >= 30 && text.includes("，"));
}

/** The best title line over the body; pages print it up to four times, the last stands over the document. */
function findTitle(head: PageHead): number {
  const named = findNamedTitle(head);
  if (named !== undefined) return named;
  const { lines, anchor, isChrome } = head;
  const counts = new Map<string, number>();
  for (const { text } of lines.slice(0, anchor))
    counts.set(bareTitle(text), (counts.get(bareTitle(text)) ?? 0) + 1);
  const pageTitle = lines[0]?.text ?? "";
  let best = -1;
  let bestScore = 1;
  for (let index = 0; index < anchor; index += 1) {
    const text = lines[index]?.text ?? "";
    if (isChrome(index)) continue;
    const score = scoreTitle(text, pageTitle, counts.get(bareTitle(text)) ?? 0) + index / anchor;
    if (score >= bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best === -1 ? Math.max(0, anchor - 1) : best;
}

const MAX_TITLE_LINES = 5;

/** The last line of the last place where the title of the particulars is printed, in one line or several. */
function findNamedTitle({ lines, anchor, isChrome, name }: PageHead): number | undefined {
  const wanted = titleKey(name ?? "");
  if (wanted.length < 5) return undefined;
  for (let last = anchor - 1; last >= 0; last -= 1) {
    let joined = "";
    for (let index = last; index > last - MAX_TITLE_LINES && index >= 0 && !isChrome(index); index -= 1) {
      joined = titleKey(lines[index]?.text ?? "") + joined;
      if (joined === wanted) return last;
      if (!wanted.endsWith(joined)) break;
    }
  }
  return undefined;
}

function titleKey(title: string): string {
  return bareTitle(title).replace(/[\s《》“”"（()）〔〕]/g, "");
}

/** Sites put （转载） or 【申报通知】 before some of the copies. */
function bareTitle(text: string): string {
  return text.replace(/^[（(【[][^（()）【】]{2,8}[)）】\]]/, "");
}

function scoreTitle(text: string, pageTitle: string, count: number): number {
  const han = text.match(/[一-龥]/g)?.length ?? 0;
  if (han < 5 || text.length > 120) return 0;
  if (readDocumentNumberLine(text) || readDateLine(text) || text.endsWith("：")) return 0;
  let score = endsLikeTitle(text) ? 3 : 0;
  if (/关于|印发|《/.test(text)) score += 2;
  if (count > 1 && han >= 8) score += 2;
  if (han >= 8 && pageTitle.includes(bareTitle(text))) score += 1.5;
  return score;
}

/** Document number, letterhead, issuers and the first lines of a broken title stand above its last line. */
function findFrontStart(head: PageHead, title: number): number {
  const { lines, isChrome, name } = head;
  const wanted = titleKey(name ?? "");
  let first = title;
  let joined = titleKey(lines[title]?.text ?? "");
  while (first > 0 && !isChrome(first - 1)) {
    const text = lines[first - 1]?.text ?? "";
    const isNamed = wanted.endsWith(titleKey(text) + joined);
    const isFront = readDocumentNumberLine(text) !== undefined || readLetterhead(text) !== undefined;
    if (!isNamed && !isFront && !leadsIntoTitle(head, first - 1)) break;
    joined = isFront ? joined : titleKey(text) + joined;
    first -= 1;
  }
  return first;
}

/** A line over the title's last line that is a part of it: a piece between 关于 and the end, or issuers over 关于. */
function leadsIntoTitle({ lines, isChrome }: PageHead, index: number): boolean {
  const text = lines[index]?.text ?? "";
  const below = lines[index + 1]?.text ?? "";
  if (!isTitlePiece(text)) return false;
  if (readOrganLine(text))
    return /^(?:关于|转发|印发|公告|通告)/.test(below) || readOrganLine(below) !== undefined;
  if (/(?:关于|印发|转发|的|和|与|及|、|人民政府|委员会|办公厅|办公室)$/.test(text)) return true;
  if (endsLikeTitle(text) || /关于|印发|转发/.test(below)) return false;
  for (let above = index; above > index - 3 && above >= 0 && !isChrome(above); above -= 1) {
    const piece = lines[above]?.text ?? "";
    if (!isTitlePiece(piece)) return false;
    if (/关于|印发|转发/.test(piece)) return true;
  }
  return false;
}

function isTitlePiece(text: string): boolean {
  return text.length >= 4 && text.length <= 48 && !/[。；：，]/.test(text);
}

/** Of the lines between title and body on a web page: what a document has there. */
function belongsToFront(text: string): boolean {
  if (readDocumentNumberLine(text) || readOrganLine(text) || readLetterhead(text)) return true;
  if (readBracketLine(text) !== undefined && /[一-龥]{2}/.test(text)) return true;
  if (readDateLine(text)) return /[年]/.test(text);
  return endsLikeTitle(text) || isAddresseeLine(text) || (text.length >= 12 && /[，。]/.test(text));
}

/** The line after the document's last: the first page marker below the last line that can only be the document's. */
function findPageEnd(lines: readonly Line[], from: number): number {
  let last = lines.length - 1;
  while (last >= from && !isRow(lines[last] ?? {}) && !isSolid(lines[last]?.text ?? "")) last -= 1;
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
