import { bareTitleOf } from "../layout/read-front.ts";
import { readNumeral } from "../outline/read-numeral.ts";
import { findDates } from "../reading/find-dates.ts";
import type { DocumentMetadata } from "../types.ts";
import { addTime, lastDayOf } from "./add-days.ts";

export type Validity = Pick<DocumentMetadata, "effectiveFrom" | "expiresOn" | "expiryBasis">;

/** Days that 自发布之日起 and 自印发之日起 can refer to. */
export interface DocumentDays {
  signedOn: string | null;
  publishedOn: string | null;
  /** The page is another site's copy: its publication day is not the document's. */
  isCopy: boolean;
}

/** Terms of something else: a certificate, a contract, a project, the days on which applications are taken. */
const OTHER_TERMS =
  /资格|证书|合同|租赁|补贴期限|称号|许可证|牌照|公示|申报|申请|受理|报名|填报|征集|执行期|项目|课题/;

const NONE: Validity = { effectiveFrom: null, expiresOn: null, expiryBasis: "none" };
const IN_FORCE = "(?:施行|实施|执行|生效|试行|起效)";
const SUBJECT =
  /本(?:办法|细则|规定|意见|措施|若干措施|政策|政策措施|通知|方案|条例|指南|公告|通告|文件|规则|规程|章程|实施|管理|暂行|试行|标准|目录|指引|规范|决定|条款|计划|规划|若干)|以上|上述政策|本《/;
const OPENING =
  /^(?:[第一二三四五六七八九十百条、（）()\d.．\s]{0,12})(?:本|该|上述|以上|现|有效期|施行|自|从|经|此前|特此|请)|《[^《》]{4,60}》(?:自|从)/;

/**
 * First and last day of validity, from the sentence that puts the document into force. Terms of other things (a grant, a
 * certificate) are not taken: the sentence must be about the document. The last sentence that says so counts.
 */
export function readValidity(
  paragraphs: readonly string[],
  days: DocumentDays,
  titles?: readonly string[],
): Validity {
  let found = NONE;
  for (const paragraph of paragraphs) {
    if (!/有效期|施行|实施|执行|生效|试行|延长/.test(paragraph)) continue;
    for (const sentence of splitSentences(paragraph)) {
      if (titles && isOfAnother(sentence, titles)) continue;
      const validity = readSentence(sentence, days, found.effectiveFrom);
      if (validity) found = merge(found, validity);
    }
    if (found.effectiveFrom !== null && found.expiresOn !== null) return found;
  }
  return found;
}

/** 《X》（文号）自…起施行, in a text that is not X. */
function isOfAnother(sentence: string, titles: readonly string[]): boolean {
  const named = /^[^《》]{0,24}《([^《》]{6,60})》(?:[（(][^（）]{2,60}[)）])?(?:已?[自从于]|的?有效期)/.exec(
    sentence,
  )?.[1];
  if (named === undefined || /^《/.test(named)) return false;
  const key = keyOf(named);
  return !titles.some((title) => title !== "" && (keyOf(title).includes(key) || key.includes(keyOf(title))));
}

function keyOf(title: string): string {
  return bareTitleOf(title).replace(/[^\p{L}\p{N}]/gu, "");
}

function splitSentences(paragraph: string): string[] {
  return paragraph.split(/[。；\n]/).filter((sentence) => sentence.length > 0 && sentence.length <= 300);
}

function merge(known: Validity, next: Validity): Validity {
  const expiry = next.expiresOn !== null ? next : known;
  return {
    effectiveFrom: next.effectiveFrom ?? known.effectiveFrom,
    expiresOn: expiry.expiresOn,
    expiryBasis: expiry.expiryBasis,
  };
}

function readSentence(sentence: string, days: DocumentDays, known: string | null): Validity | undefined {
  const extended = readExtension(sentence);
  if (extended) return { effectiveFrom: null, expiresOn: extended, expiryBasis: "explicit" };
  if (OTHER_TERMS.test(sentence) && !/本[一-龥]{2,6}(?:自|有效期)/.test(sentence)) return undefined;
  const isAbout = SUBJECT.test(sentence) || OPENING.test(sentence);
  if (!isAbout) return undefined;
  const effectiveFrom = readStart(sentence, days);
  const span = /有效|施行|实施|执行|生效|试行/.test(sentence) ? readSpan(sentence) : undefined;
  const start = effectiveFrom ?? span?.from ?? null;
  const explicit = span?.to ?? readExplicitEnd(sentence);
  if (explicit) return { effectiveFrom: start, expiresOn: explicit, expiryBasis: "explicit" };
  // 自A起施行。有效期3年。: the term counts from the day that the sentence before names.
  const computed = computeEnd(
    sentence,
    start ?? (/^(?:本[一-龥]{2,6})?有效期/.test(sentence) ? known : null),
  );
  if (computed) return { effectiveFrom: start, expiresOn: computed, expiryBasis: "computed" };
  return start === null ? undefined : { effectiveFrom: start, expiresOn: null, expiryBasis: "none" };
}

function readExtension(sentence: string): string | undefined {
  const match =
    /(?:有效期|施行期|实施期限?|执行期限?|期限).{0,12}(?:延长|延续|顺延|延期).{0,6}?至(.{6,20})|(?:延长|延续|顺延).{0,4}有效期.{0,4}至(.{6,20})|继续(?:有效|实施|施行|执行).{0,8}至(.{6,20})/.exec(
      sentence,
    );
  return match ? endDay(match[1] ?? match[2] ?? match[3] ?? "") : undefined;
}

const FROM_DATE = new RegExp(
  `(?:自|从|于)(.{6,16}?)(?:起|开始|正式)?[，、]?(?:正式|开始)?(?:全面)?${IN_FORCE}`,
);
const FROM_EVENT =
  /(?:自|从)(?:本[一-龥]{2,8})?(?:正式)?(?:发布|公布|印发|颁布|下发|发文|签发|公告|通过)(?:之日后?|日|后)起?满?(?:(\d+|[一二三四五六七八九十]+)(?:个)?(工作日|日|天|个月|月)(?:之?后)?)?起?/;

function readStart(sentence: string, days: DocumentDays): string | null {
  const dated = FROM_DATE.exec(sentence);
  const isEnd = /停止|暂停|废止|失效/.test(dated?.[0] ?? "");
  const day = dated?.[1] === undefined || isEnd ? undefined : findDates(dated[1]).at(-1)?.day;
  if (day && day.length === 10) return day;
  const event = FROM_EVENT.exec(sentence);
  if (!event || !new RegExp(`${IN_FORCE}|有效`).test(sentence)) return null;
  const base = days.signedOn ?? (days.isCopy ? null : days.publishedOn);
  const count = event[1] === undefined ? undefined : readNumeral(event[1]);
  if (base === null || count === undefined) return base;
  return /月/.test(event[2] ?? "") ? addTime(base, { months: count }) : addTime(base, { days: count });
}

/** 有效期为2024年1月1日至2026年12月31日; 自A起至B止 */
function readSpan(sentence: string): { from: string | null; to: string } | undefined {
  const dates = findDates(sentence);
  for (const [index, date] of dates.entries()) {
    const next = dates[index + 1];
    if (!next) return undefined;
    const between = sentence.slice(date.end, next.start);
    const before = sentence.slice(Math.max(0, date.start - 16), date.start);
    if (!/^[起]?(?:施行|实施|执行|生效)?[，、]?(?:有效期)?[至到—-]$/.test(between.trim())) continue;
    const after = sentence.slice(next.end, next.end + 6);
    if (!/有效期|期限|施行|实施|执行|自/.test(before) && !/^(?:止|有效)/.test(after)) continue;
    const from = date.day.length === 10 ? date.day : null;
    const to = endDay(sentence.slice(next.start));
    if (to) return { from, to };
  }
  return undefined;
}

function readExplicitEnd(sentence: string): string | undefined {
  const match =
    /有效期(?:限)?(?:为)?(?:暂定)?(?:截止|截至)?(?:到|至|止|于|自)+(.{6,20})|(?:执行|施行|实施|有效|试行)(?:期限)?(?:至|到|截至|截止到?)(.{6,20})/.exec(
      sentence,
    );
  return match ? endDay(match[1] ?? match[2] ?? "") : undefined;
}

function endDay(text: string): string | undefined {
  const date = findDates(text)[0];
  if (!date || date.start > 4) {
    const year = /^.{0,3}?((?:19|20)\d{2})年(?:底|末|年底)/.exec(text)?.[1];
    return year ? `${year}-12-31` : undefined;
  }
  return date.day.length === 10 ? date.day : lastDayOf(date.day);
}

const NUMBER = "(\\d{1,2}|[一二两三四五六七八九十]{1,3})";
const TERM = new RegExp(
  `(?:有效期|试行期|施行期|实施期|执行期|期限)(?:限)?(?:为|是|暂定为?|暂为|定为|共)?[：: ]?${NUMBER}\\s?(个月|年|月)|暂定${NUMBER}\\s?(个月|年)(?:有效期)?|(?:试行|有效)${NUMBER}\\s?(个月|年)`,
);

/** A term counts from the first day: its last day is the day before the anniversary. */
function computeEnd(sentence: string, start: string | null): string | undefined {
  const match = TERM.exec(sentence);
  if (!match || start === null) return undefined;
  const count = readNumeral(match[1] ?? match[3] ?? match[5] ?? "");
  const unit = match[2] ?? match[4] ?? match[6] ?? "";
  if (count === undefined) return undefined;
  return addTime(start, unit === "年" ? { years: count, days: -1 } : { months: count, days: -1 });
}
