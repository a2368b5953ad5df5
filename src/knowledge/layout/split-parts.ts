import { readLabel } from "../outline/read-label.ts";
import { isRow } from "../reading/block-note.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import { readBracketLine, readDateLine, readOrganLine } from "../reading/line-roles.ts";
import { endsLikeTitle } from "../reading/web-page-words.ts";
import { innerTitleOf, namesSeveralTexts } from "./inner-title.ts";
import type { PartLayout } from "./layout-types.ts";
import { readBack } from "./read-back.ts";
import { bareTitleOf, readFront } from "./read-front.ts";

/** Divides a document into the notice over it, the text itself, and what is attached. */
export function splitParts(paragraphs: readonly Paragraph[]): PartLayout[] {
  const cuts = findCuts(paragraphs);
  const parts = cuts.map(({ from, kind, name }, index) =>
    layOut(paragraphs.slice(from, cuts[index + 1]?.from ?? paragraphs.length), kind, name),
  );
  return mergeEmptyNotice(parts);
}

interface Cut {
  from: number;
  kind: PartLayout["kind"];
  name: string;
}

function layOut(paragraphs: readonly Paragraph[], kind: PartLayout["kind"], name: string): PartLayout {
  const { front, title, length } = readFront(paragraphs);
  const rest = paragraphs.slice(length);
  const { back, bodyLength } = kind === "attachment" ? { back: [], bodyLength: rest.length } : readBack(rest);
  // 附件1 名单 on one line: the mark is the part's name already.
  const own = kind === "attachment" ? title.replace(ATTACHMENT_LINE, "$2") : title;
  return { kind, name, front, title: own, body: rest.slice(0, bodyLength), back };
}

function findCuts(paragraphs: readonly Paragraph[]): Cut[] {
  const attachments = findAttachments(paragraphs);
  const textEnd = attachments[0]?.from ?? paragraphs.length;
  const several = holdsSeveralTexts(paragraphs, attachments);
  const inner = several
    ? undefined
    : (findInnerText(paragraphs, textEnd) ?? promoteAttachment(paragraphs, attachments));
  const cuts: Cut[] = [{ from: 0, kind: inner === undefined && !several ? "main" : "notice", name: "" }];
  if (inner !== undefined) cuts.push({ from: inner, kind: "main", name: "" });
  const appended = findAppended(paragraphs, (inner ?? 0) + 1, textEnd);
  cuts.push(
    ...appended.map((from, index) => ({ from, kind: "appended" as const, name: `附文${index + 1}` })),
  );
  cuts.push(...attachments.filter(({ from }) => from !== inner));
  return cuts.sort((a, b) => a.from - b.from);
}

/** A notice that puts several texts into force: each is cited under its own name, 附件1, 附件2. */
function holdsSeveralTexts(paragraphs: readonly Paragraph[], attachments: readonly Cut[]): boolean {
  return attachments.length > 1 && namesSeveralTexts(readFront(paragraphs).title);
}

/** Without a notice text the "notice" is only a title over the text: one part. */
function mergeEmptyNotice(parts: PartLayout[]): PartLayout[] {
  const [notice, main, ...others] = parts;
  if (notice?.kind !== "notice" || main?.kind !== "main") return parts;
  return notice.title === "" && notice.body.length === 0 ? [main, ...others] : parts;
}

const ATTACHMENT_LINE = /^附\s*件\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})?\s*[：:]?\s*(.*)$/;

/** Where attachments start: `附件1` on a line of its own (or with its title) and text under it. */
function findAttachments(paragraphs: readonly Paragraph[]): Cut[] {
  const cuts: Cut[] = [];
  for (let index = 1; index < paragraphs.length; index += 1) {
    if (isRow(paragraphs[index] ?? {})) continue;
    const match = ATTACHMENT_LINE.exec(paragraphs[index]?.text ?? "");
    if (!match || !startsAttachment(paragraphs, index, match)) continue;
    const number = match[1] ?? (cuts.length > 0 ? String(cuts.length + 1) : "");
    cuts.push({ from: index, kind: "attachment", name: `附件${number}` });
  }
  return cuts;
}

function startsAttachment(paragraphs: readonly Paragraph[], index: number, match: RegExpExecArray): boolean {
  const title = match[2] ?? "";
  const next = paragraphs[index + 1]?.text;
  if (next === undefined || title.length > 60 || /[。；，]$/.test(title)) return false;
  if (/^[.．、]/.test(title) && (/^.(?:[0-9]|附件)/.test(title) || !endsLikeTitle(title))) return false;
  if (ATTACHMENT_LINE.test(next) || readDateLine(next) || readOrganLine(next)) return false;
  if (title !== "") {
    const isListed =
      /[：:]/.test(match[0].slice(0, match[0].length - title.length)) && readLabel(title) !== undefined;
    return !isListed && !/\.(?:docx?|xlsx?|pdf|wps)$/i.test(title) && !isNamedList(paragraphs, index + 1);
  }
  return !isNamedList(paragraphs, index + 1);
}

/** Only short names follow, and then the signature or the end: the list of attachments, not an attachment. */
function isNamedList(paragraphs: readonly Paragraph[], from: number): boolean {
  for (let index = from; index < Math.min(paragraphs.length, from + 40); index += 1) {
    const text = paragraphs[index]?.text ?? "";
    if (readOrganLine(text) || readDateLine(text)) return true;
    if (text.length > 80 || /[。；]/.test(text)) return false;
    const style = readLabel(text)?.style;
    if (style !== "ar" && style !== "ar-half" && style !== "ar-paren" && !ATTACHMENT_LINE.test(text))
      return false;
  }
  return paragraphs.length - from < 40;
}

/** Index of the title of the text that a notice puts into force, or of the text after a signed notice. */
function findInnerText(paragraphs: readonly Paragraph[], end: number): number | undefined {
  const { title, length } = readFront(paragraphs);
  const wanted = innerTitleOf(title);
  if (wanted) {
    const found = findTitleAgain(paragraphs, length, end, wanted);
    if (found !== undefined) return found;
  }
  return findTextAfterSignature(paragraphs, length, end, wanted !== undefined);
}

const MAX_INNER_TITLE_LINES = 4;

function findTitleAgain(
  paragraphs: readonly Paragraph[],
  from: number,
  end: number,
  wanted: string,
): number | undefined {
  const key = titleKey(wanted);
  for (let index = from; index < end; index += 1) {
    const text = paragraphs[index]?.text ?? "";
    if (text.length > 120 || readBracketLine(text) !== undefined || readLabel(text)?.style === "article")
      continue;
    let joined = "";
    for (const line of paragraphs.slice(index, index + MAX_INNER_TITLE_LINES)) {
      joined += titleKey(line.text);
      if (joined === key) return index;
      if (!key.startsWith(joined)) break;
    }
  }
  return undefined;
}

/** Titles are compared without blanks, quotation marks, stage notes and the kind of a dash. */
function titleKey(title: string): string {
  return bareTitleOf(title)
    .replace(/(?<=\d年?)[-—–－~～―一至]+(?=\d)/g, "-")
    .replace(/[\s《》〈〉“”"（()）〔〕]/g, "");
}

/** A signature with a date, then a title, then numbering: a second text starts. */
function findTextAfterSignature(
  paragraphs: readonly Paragraph[],
  from: number,
  end: number,
  expected: boolean,
): number | undefined {
  for (let index = from + 1; index + 2 < end; index += 1) {
    const previous = paragraphs[index - 1]?.text ?? "";
    if (!readDateLine(previous) && !/\d{4}年\d{1,2}月\d{1,2}日$/.test(previous)) continue;
    const text = paragraphs[index]?.text ?? "";
    if (text.length > 80 || readLabel(text) || readOrganLine(text)) continue;
    if (!endsLikeTitle(text) && !(expected && !/[。；：，]/.test(text))) continue;
    const under = paragraphs.slice(index + 1, index + 14);
    const isText = under.some(({ text: line }) => readLabel(line)?.value === 1);
    if (isText && previous.length <= 80) return index;
  }
  return undefined;
}

/** 「附件」 over the very text that the notice puts into force: that is the text, not an attachment. */
function promoteAttachment(
  paragraphs: readonly Paragraph[],
  attachments: readonly Cut[],
): number | undefined {
  const wanted = innerTitleOf(readFront(paragraphs).title);
  if (wanted === undefined) return undefined;
  const key = titleKey(wanted);
  const cut =
    attachments.find(({ from }) => titlesAt(paragraphs, from).includes(key)) ??
    attachments.find(({ from }) => titlesAt(paragraphs, from).some((title) => isAlike(title, key)));
  return cut?.from;
}

/** What could be the title of an attachment: the words beside its mark, and the lines under it. */
function titlesAt(paragraphs: readonly Paragraph[], from: number): string[] {
  const lines = paragraphs
    .slice(from, from + 5)
    .map(({ text }) => titleKey(text.replace(ATTACHMENT_LINE, "$2")));
  return lines.flatMap((_, first) =>
    [1, 2, 3].map((count) => lines.slice(first, first + count).join("")).filter((title) => title !== ""),
  );
}

const MIN_ALIKE = 8;

/** The heading of the text may leave out the place, or say （试行） where the notice does not. */
function isAlike(title: string, key: string): boolean {
  const [short, long] = title.length < key.length ? [title, key] : [key, title];
  return short.length >= MIN_ALIKE && short.length >= long.length * 0.7 && long.includes(short);
}

/** A further text in the same file: its outermost numbering starts again under a line that reads like a title. */
function findAppended(paragraphs: readonly Paragraph[], from: number, end: number): number[] {
  const cuts: number[] = [];
  const highest = new Map<string, number>();
  for (let index = from; index < end; index += 1) {
    const label = readLabel(paragraphs[index]?.text ?? "");
    if (label?.style !== "cn" && label?.style !== "chapter" && label?.style !== "article") continue;
    const seen = highest.get(label.style) ?? 0;
    if (label.value === 1 && seen >= 2) {
      const title = findTitleAbove(paragraphs, index);
      if (title !== undefined && title > (cuts.at(-1) ?? from)) {
        cuts.push(title);
        highest.clear();
      }
    }
    highest.set(label.style, Math.max(highest.get(label.style) ?? 0, label.value));
  }
  return cuts;
}

const MAX_LINES_UNDER_TITLE = 6;

function findTitleAbove(paragraphs: readonly Paragraph[], index: number): number | undefined {
  for (let above = index - 1; above >= Math.max(0, index - MAX_LINES_UNDER_TITLE); above -= 1) {
    const text = paragraphs[above]?.text ?? "";
    if (readLabel(text)) return undefined;
    if (text.length <= 80 && endsLikeTitle(text) && !/[。；：，]/.test(text)) return above;
  }
  return undefined;
}
