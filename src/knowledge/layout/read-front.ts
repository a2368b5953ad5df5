import { readLabel } from "../outline/read-label.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import {
  isAddresseeLine,
  readBracketLine,
  readDateLine,
  readDocumentNumberLine,
  readLetterhead,
  readOrganLine,
} from "../reading/line-roles.ts";
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
    const contents = readContents(paragraphs, index);
    if (contents > 0) {
      add(front, "目录", paragraphs.slice(index, index + contents));
      index += contents;
      continue;
    }
    const text = paragraphs[index]?.text ?? "";
    const role = readRole(text, title !== "");
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
    if (next === undefined || !continuesTitle(title, next)) break;
    title += next;
    count += 1;
  }
  return count;
}

function continuesTitle(title: string, next: string): boolean {
  if (
    /^[（(](?:试行|暂行|修订|修正|[^（()）]{0,8}修订[^（()）]{0,4}|[^（()）]{0,6}年版|20\d\d.{0,3}[-—–－~～至]+.{0,2}20\d\d年?)[)）]$/.test(
      next,
    )
  )
    return true;
  if (next.length > MAX_TITLE_LINE || /[。；：，？！]/.test(next) || readLabel(next)) return false;
  if (readBracketLine(next) !== undefined || readDocumentNumberLine(next) || readDateLine(next)) return false;
  const isOpen = /(?:关于|印发|转发|的|和|与|及|、|于|进一步)$/.test(title) || hasOpenBracket(title);
  if (isOpen) return true;
  const organs = readOrganLine(title) !== undefined;
  if (organs) return /^(?:关于|印发|转发|公告|通告)/.test(next) || readOrganLine(next) !== undefined;
  if (readOrganLine(next)) return false;
  return !endsLikeTitle(title) && endsLikeTitle(next);
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

/** Number of paragraphs of a table of contents that starts here: up to where its first entry comes again. */
function readContents(paragraphs: readonly Paragraph[], index: number): number {
  if (!/^目\s*[录次]$/.test(paragraphs[index]?.text ?? "")) return 0;
  const first = entryKey(paragraphs[index + 1]?.text ?? "");
  if (first === "") return 1;
  const limit = Math.min(paragraphs.length, index + 400);
  for (let next = index + 2; next < limit; next += 1) {
    const text = paragraphs[next]?.text ?? "";
    if (entryKey(text) === first) return next - index;
    if (text.length > 90 && !isContentsEntry(text)) return next - index;
  }
  return 1;
}

function isContentsEntry(text: string): boolean {
  return /(?:[.…·]{3,}|\s{2,})\s*\d{1,4}$/.test(text);
}

function entryKey(text: string): string {
  return text.replace(/[\s.…·\d]+$/, "").replace(/\s/g, "");
}

/** The words of a title without the note of its stage, used to compare and to show. */
export function bareTitleOf(title: string): string {
  let bare = title.replace(/\s*\n\s*/g, "").trim();
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

const STAGE_NOTE =
  /[（(〔[【](?:[^（()）]{0,8}(?:征求意见|送审|审议|报审|草案|讨论|公开征求)[^（()）]{0,8})[)）〕\]】]$|(?<=.{4})(?:征求意见稿|送审稿)$/;
