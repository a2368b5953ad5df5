import { readLabel } from "../outline/read-label.ts";
import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import {
  isAddresseeLine,
  readBracketLine,
  readDateLine,
  readDocumentNumberLine,
  readLetterhead,
  readOrganLine,
  splitTitleNumber,
} from "../reading/line-roles.ts";
import { stripSiteName } from "../reading/strip-site-name.ts";
import { endsLikeTitle } from "../reading/web-page-words.ts";
import type { FrontRole, RoleBlock } from "./layout-types.ts";

export interface FrontMatter {
  front: RoleBlock[];
  title: string;
  /** Paragraphs consumed; the body starts there. */
  length: number;
}

const MAX_TITLE_LENGTH = 120;
const MAX_TITLE_LINE = 48;
const MAX_TITLE_LINES = 5;
const MAX_FRONT_PARAGRAPHS = 30;

/** Reads what stands before the body: title, notes under it, issuers, number, date, addressees, contents. */
export function readFront(paragraphs: readonly Paragraph[]): FrontMatter {
  const front: RoleBlock[] = [];
  let title = "";
  let index = 0;
  while (index < paragraphs.length && index < MAX_FRONT_PARAGRAPHS) {
    if (isRow(paragraphs[index] ?? {}) || paragraphs[index]?.note?.isSheet) break;
    const text = paragraphs[index]?.text ?? "";
    const role = title === "" && isLetterhead(paragraphs, index) ? "发文机关" : readRole(text, title !== "");
    if (role) {
      add(front, role, paragraphs.slice(index, index + 1));
      index += 1;
      continue;
    }
    if (title !== "" || !canBeTitle(text)) break;
    const lines = countTitleLines(paragraphs, index);
    title = joinTitle(paragraphs.slice(index, index + lines));
    add(front, "标题", paragraphs.slice(index, index + lines));
    index += lines;
  }
  return title === "" && index > 0 && !hasNumberOrBody(front) ? nothing() : { front, title, length: index };
}

function nothing(): FrontMatter {
  return { front: [], title: "", length: 0 };
}

/** Front matter without a title only counts when it says something that can be nothing else. */
function hasNumberOrBody(front: readonly RoleBlock[]): boolean {
  return front.some(({ role }) => role !== "主送");
}

function add(front: RoleBlock[], role: FrontRole, paragraphs: Paragraph[]): void {
  const last = front.at(-1);
  if (last?.role === role && role !== "题注") last.paragraphs.push(...paragraphs);
  else front.push({ role, paragraphs });
}

function readRole(text: string, hasTitle: boolean): FrontRole | undefined {
  if (/^附\s*件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[：:]?$/.test(text)) return "附件标记";
  if (readDocumentNumberLine(text)) return "发文字号";
  if (readDateLine(text)) return "日期";
  const bracketed = readBracketLine(text);
  if (bracketed !== undefined) return readDocumentNumberLine(bracketed) ? "发文字号" : "题注";
  if (hasTitle && /^(?:——|—|--)\S/.test(text) && text.length <= 60) return "题注";
  if (readLetterhead(text)) return "发文机关";
  if (hasTitle && readOrganLine(text)) return "发文机关";
  if (hasTitle && isAddresseeLine(text)) return "主送";
  return undefined;
}

/** Bodies one under the other, then 文件 or the number: a letterhead over the title, not the title's beginning. */
function isLetterhead(paragraphs: readonly Paragraph[], index: number): boolean {
  let next = index;
  while (next < index + MAX_TITLE_LINES && readOrganLine(paragraphs[next]?.text ?? "")) next += 1;
  const text = paragraphs[next]?.text ?? "";
  if (/^文\s*件$/.test(text)) return true;
  return next > index && readDocumentNumberLine(text) !== undefined;
}

function canBeTitle(text: string): boolean {
  if (text.length > MAX_TITLE_LENGTH || /[。；]|[：:，、]$/.test(text)) return false;
  const label = readLabel(text);
  return label === undefined || (label.style === "part" && endsLikeTitle(text));
}

/** Title lines broken for layout, issuers over 关于…, and （试行） on a line of its own. */
function countTitleLines(paragraphs: readonly Paragraph[], from: number): number {
  let count = 1;
  let title = paragraphs[from]?.text ?? "";
  while (count < MAX_TITLE_LINES) {
    const next = paragraphs[from + count]?.text;
    if (
      next === undefined ||
      isRow(paragraphs[from + count] ?? {}) ||
      !(isTitleTail(next) || continuesTitle(title, paragraphs, from + count))
    )
      break;
    title += next;
    count += 1;
  }
  return count;
}

/** （试行）, （2024-2026年） and the like under the title belong to it. */
function isTitleTail(text: string): boolean {
  return /^[（(](?:试行|暂行|修订|修正|[^（()）]{0,8}修订[^（()）]{0,4}|[^（()）]{0,6}年版|20\d\d.{0,3}[-—–－~～至]+.{0,2}20\d\d年?)[)）]$/.test(
    text,
  );
}

function continuesTitle(title: string, paragraphs: readonly Paragraph[], index: number): boolean {
  const next = paragraphs[index]?.text ?? "";
  if (!isTitlePiece(next)) return false;
  if (/(?:关于|印发|转发|的|和|与|及|、|于|进一步)$/.test(title) || hasOpenBracket(title)) return true;
  if (readOrganLine(title))
    return /^(?:关于|印发|转发|公告|通告)/.test(next) || readOrganLine(next) !== undefined;
  if (/关于|印发|转发|征求/.test(title) && !NOTICE_END.test(title) && endsAsNotice(paragraphs, index))
    return true;
  if (readOrganLine(next) || endsLikeTitle(title)) return false;
  for (let ahead = index; ahead < index + 3 && isTitlePiece(paragraphs[ahead]?.text ?? ""); ahead += 1) {
    if (endsLikeTitle(paragraphs[ahead]?.text ?? "")) return true;
  }
  return false;
}

const NOTICE_END = /(?:通知|公告|通告|公示|决定|函|批复|令)$/;

/** 关于印发…若干措施 / （2026—2028年） / 的通知: the title goes on to its last word, whatever stands in between. */
function endsAsNotice(paragraphs: readonly Paragraph[], from: number): boolean {
  for (let index = from; index < from + 3; index += 1) {
    const text = paragraphs[index]?.text ?? "";
    if (isTitleTail(text)) continue;
    if (!isTitlePiece(text) || readOrganLine(text)) return false;
    if (/^关于|《.*》$/.test(text)) return false;
    if (/(?:^|的|意见)(?:通知|公告|通告|公示|决定|函|批复)$/.test(text)) return true;
  }
  return false;
}

/** A line that could be a part of a broken title: short, without sentence marks, nothing else in particular. */
function isTitlePiece(text: string): boolean {
  if (text === "" || text.length > MAX_TITLE_LINE || /[。；：，？！]/.test(text) || readLabel(text))
    return false;
  return readBracketLine(text) === undefined && !readDocumentNumberLine(text) && !readDateLine(text);
}

function hasOpenBracket(text: string): boolean {
  return (text.match(/[《（]/g)?.length ?? 0) > (text.match(/[》）]/g)?.length ?? 0);
}

export function joinTitle(lines: readonly Paragraph[]): string {
  return lines
    .map(({ text }) => text.replace(/\s*\n\s*/g, ""))
    .join("")
    .replace(/[ \u3000]{2,}/g, " ");
}

/** The words of a title without the note of its stage, used to compare and to show. */
export function bareTitleOf(title: string): string {
  const whole = stripSiteName(title.replace(/\s*\n\s*/g, "").trim());
  let bare = closeSpacing(splitTitleNumber(whole).title.trim());
  bare = bare
    .replace(/^[（(【[](?:转载|转发|申报通知|通知|公告|政策|[^（()）【】]{2,6})[)）】\]]/, "")
    .trim();
  for (let round = 0; round < 3; round += 1) {
    bare = bare.replace(STAGE_NOTE, "").trim();
    const inner = /^《([^《》]*(?:《[^《》]*》[^《》]*)*)》$/.exec(bare);
    if (inner?.[1]) bare = inner[1].trim();
  }
  return bare;
}

/** 国 家 应 急 预 案: letters set apart for layout. */
function closeSpacing(title: string): string {
  return title.replace(/(?:[一-龥][ \u3000]){2,}[一-龥](?![一-龥])/g, (spaced) =>
    spaced.replace(/[ \u3000]/g, ""),
  );
}

const STAGE_NOTE =
  /[（(〔[【](?:[^（()）]{0,8}(?:征求意见|送审|审议|报审|草案|讨论|公开征求)[^（()）]{0,8})[)）〕\]】]$|(?<=.{4})(?:征求意见稿|送审稿)$/;
