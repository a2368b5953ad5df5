import { readLabel } from "../outline/read-label.ts";
import { isRow } from "../reading/block-note.ts";
import { findDates } from "../reading/find-dates.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import { readBracketLine, readDateLine, readOrganLine } from "../reading/line-roles.ts";
import type { BackRole, RoleBlock } from "./layout-types.ts";

export interface BackMatter {
  back: RoleBlock[];
  /** Paragraphs that remain for the body. */
  bodyLength: number;
}

const MAX_UNDATED_ORGANS = 6;
const MAX_LIST_ENTRIES = 40;
const MAX_LIST_ENTRY = 90;

/** Reads from the end: imprint, notes, attachments named, signature and date, the closing formula. */
export function readBack(body: readonly Paragraph[]): BackMatter {
  const back: RoleBlock[] = [];
  let end = body.length;
  let signed = false;
  for (;;) {
    const block = readLast(body.slice(0, end), signed);
    if (!block) break;
    if (block.role === "落款") signed = true;
    end -= block.paragraphs.length;
    const next = back[0];
    if (next?.role === block.role) next.paragraphs.unshift(...block.paragraphs);
    else back.unshift(block);
    if (block.role === "结语") break;
  }
  return { back, bodyLength: end };
}

function readLast(body: readonly Paragraph[], signed: boolean): RoleBlock | undefined {
  const text = body.at(-1)?.text;
  if (text === undefined) return undefined;
  if (isImprint(text)) return block("版记", body, 1);
  if (isRow(body.at(-1) ?? {})) return undefined;
  if (isNote(text)) return block("附注", body, 1);
  const signature = signed ? 0 : countSignature(body);
  if (signature > 0) return block("落款", body, signature);
  const list = countAttachmentList(body);
  if (list > 0) return block("附件说明", body, list);
  if (/^特此(?:通知|公告|通告|公布|公示|函告|函复|批复|报告|说明|告知|通报)[。！]?$/.test(text))
    return block("结语", body, 1);
  return undefined;
}

function block(role: BackRole, body: readonly Paragraph[], count: number): RoleBlock {
  return { role, paragraphs: body.slice(body.length - count) };
}

function isImprint(text: string): boolean {
  if (text.length > 200) return false;
  if (/^(?:抄送|抄报|分送|主送)[：:]/.test(text)) return true;
  if (/^(?:信息)?公开(?:方式|属性|类别|形式|选项)[：:]/.test(text) && text.length <= 30) return true;
  return /^.{0,60}\d{4}年\d{1,2}月\d{1,2}日印发$/.test(text.replace(/\s/g, ""));
}

/** （此件公开发布）, （联系人：…）, （本文有删减）: a last line wholly in brackets. */
function isNote(text: string): boolean {
  return text.length <= 120 && readBracketLine(text) !== undefined && !readLabel(text);
}

/** Bodies and date, on lines of their own or together; a head of government may sign by office and name. */
function countSignature(body: readonly Paragraph[]): number {
  let count = 0;
  let dated = false;
  let organs = 0;
  while (count < body.length) {
    const text = body[body.length - 1 - count]?.text ?? "";
    const kind = readSignatureLine(text);
    if (kind === undefined || (kind === "date" && dated && organs > 0)) break;
    if (kind === "date" || kind === "both") dated = true;
    if (kind !== "date") organs += 1;
    count += 1;
    if (kind === "both") break;
  }
  if (organs === 0 && !dated) return 0;
  return dated || organs <= MAX_UNDATED_ORGANS ? count : 0;
}

function readSignatureLine(text: string): "date" | "organ" | "both" | undefined {
  if (text.length > 120 || readLabel(text)) return undefined;
  if (readDateLine(text)) return "date";
  if (readOrganLine(text)) return "organ";
  if (/^(?:省长|市长|区长|县长|主任|局长|部长|厅长|主席)[\s：:]{0,4}[一-龥]{2,4}$/.test(text)) return "organ";
  const date = findDates(text).at(-1);
  if (!date || text.slice(date.end).trim() !== "") return undefined;
  return readOrganLine(text.slice(0, date.start).trim()) ? "both" : undefined;
}

const LIST_START =
  /^附\s*件\s*[0-9０-９一二三四五六七八九十]{0,3}\s*[：:]|^附[：:]|^附\s*件\s*[0-9０-９]{1,2}[.．、\s]\s*\S/;

/** `附件：1.申请表` and the entries under it. */
function countAttachmentList(body: readonly Paragraph[]): number {
  const limit = Math.min(body.length, MAX_LIST_ENTRIES);
  for (let count = 1; count <= limit; count += 1) {
    const text = body[body.length - count]?.text ?? "";
    if (!couldBeListed(text)) return 0;
    if (!LIST_START.test(text)) {
      if (count < limit && (isListEntry(text) || isRestOfEntry(text, body[body.length - count - 1])))
        continue;
      return 0;
    }
    let first = count;
    while (first < limit && LIST_START.test(body[body.length - first - 1]?.text ?? "")) first += 1;
    return first;
  }
  return 0;
}

const MAX_ENTRY_SENTENCE = 60;
const MAX_LIST_LINE = 240;

/** Names may end with a stop; several may stand on one line. */
function couldBeListed(text: string): boolean {
  const limit = LIST_START.test(text) ? MAX_LIST_LINE : MAX_LIST_ENTRY;
  if (/[。；]$/.test(text)) return text.length <= MAX_ENTRY_SENTENCE && !/[。；，].*[。；]$/.test(text);
  return text.length <= limit && !/[。；].{20}/.test(text);
}

/** The end of a long name on a line of its own. */
function isRestOfEntry(printed: string, above: Paragraph | undefined): boolean {
  const text = printed.replace(/[。；]$/, "");
  if (text.length > 16 || /[。；，：？！]/.test(text) || readLabel(text) || readOrganLine(text)) return false;
  return (
    above !== undefined && above.text.length >= 16 && (LIST_START.test(above.text) || isListEntry(above.text))
  );
}

function isListEntry(text: string): boolean {
  const style = readLabel(text)?.style;
  return (
    style === "ar" ||
    style === "ar-paren" ||
    style === "ar-half" ||
    /\.(?:docx?|xlsx?|pdf|wps|zip|rar|et)$/i.test(text) ||
    /^《.*》$/.test(text)
  );
}
