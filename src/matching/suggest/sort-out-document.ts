import type { Clause } from "../../knowledge/index.ts";
import type { Program } from "../types.ts";
import { splitSentences } from "./split-text.ts";

type Saying = Program["benefits"][number];

export interface ConditionList {
  /** The clause that introduces it, or the heading: “申请综合型总部的，应当同时符合下列条件”. */
  lead: string;
  section: string;
  chapter: string;
  /** 符合下列条件之一 */
  oneSuffices: boolean;
  items: { text: string; section: string }[];
}

/** What a document says beside its measures; it counts for all of them unless it names one. */
export interface DocumentFacts {
  conditions: ConditionList[];
  materials: Saying[];
  steps: Saying[];
  window: NonNullable<Program["window"]> | null;
  /** Days that come back every year, which are no window of a year. */
  recurring: Saying | null;
  contact: boolean;
  body: Saying | null;
  onlyOnce: Saying | null;
}

const FRONT =
  /^(?:通知)?(?:标题|题注|发文机关|发文字号|日期|主送|落款|附注|版记|附件说明|结语|通知正文|附件\d*\s*标题)/;
const MATERIALS =
  /(?:申报|申请|提交|提供|报送|所需|办理)(?:的)?(?:书面)?材料|材料(?:清单|要求)|下列材料|以下材料/;
const CONDITIONS =
  /(?:申报|申请|认定|支持|准入|入驻|基本|补贴|扶持|享受)?(?:条件|范围|对象|资格)(?:和要求|与条件|及条件|和条件)?$/;
const STEPS =
  /(?:申报|申请|认定|办理|审核|工作|受理|拨付|兑现|评审)[^，。]{0,6}(?:程序|流程|步骤|方式)|^[第章节一二三四五六七八九十、（）()\s\d.]*(?:程序|流程|步骤)/;

export function isFrontMatter({ section }: Clause): boolean {
  return FRONT.test(section);
}

/** Conditions, materials, days and offices of a document. Pure. */
export function sortOutDocument(clauses: readonly Clause[]): DocumentFacts {
  const body = clauses.filter((clause) => !isFrontMatter(clause));
  return {
    conditions: findConditionLists(body),
    materials: findMaterials(body),
    steps: findSteps(body),
    window: findWindow(body),
    recurring: findSentence(body, /(?:申报|受理|申请|填报)/, /每年|当年|次年|上半年/, /\d+月\d+日/),
    contact: clauses.some(({ text }) => /(?:电话|联系人|邮箱)[^。\n]{0,12}[：:]|\d{3,4}-\d{7,8}/.test(text)),
    body: findBody(body),
    onlyOnce: findSentence(body, /不得?重复(?:享受|申报|支持)|就高不(?:就低|重复)|择优不重复|从高不重复/),
  };
}

/** The clauses of a list below the clause that introduces it. Pure. */
export function itemsBelow(lead: Clause, clauses: readonly Clause[]): Clause[] {
  const at = clauses.indexOf(lead);
  const items: Clause[] = [];
  for (const clause of clauses.slice(at + 1)) {
    const below =
      clause.section.startsWith(lead.section) && /^[^\d]/.test(clause.section.slice(lead.section.length));
    if (!below || clause.section.slice(lead.section.length).startsWith("¶")) break;
    items.push(clause);
  }
  return items;
}

export function chapterOf({ heading }: Clause): string {
  return heading[0] ?? "";
}

function findConditionLists(clauses: readonly Clause[]): ConditionList[] {
  const lists: ConditionList[] = [];
  for (const lead of clauses) {
    const said = lead.text.trim();
    if (
      !/(?:条件|要求|企业|对象|范围)(?:之一)?(?:的)?[：:]$/.test(said) ||
      MATERIALS.test(said) ||
      /不得|情形|停止|处理/.test(said)
    )
      continue;
    const items = itemsBelow(lead, clauses);
    if (items.length > 0) lists.push(toList(splitSentences(said)[0] ?? said, lead, items, /之一/.test(said)));
  }
  const taken = new Set(
    lists.flatMap(({ items, section }) => [section, ...items.map((item) => item.section)]),
  );
  const chapters = new Map<string, Clause[]>();
  for (const clause of clauses) {
    const headings = clause.heading.filter((heading) => CONDITIONS.test(heading.replace(/[。：:]$/, "")));
    const under = headings[0];
    if (under === undefined || taken.has(clause.section) || under.length > 24) continue;
    chapters.set(under, [...(chapters.get(under) ?? []), clause]);
  }
  for (const [heading, items] of chapters) {
    const first = items[0];
    if (first) lists.push(toList(heading, first, items, false));
  }
  return lists;
}

function toList(lead: string, first: Clause, items: readonly Clause[], oneSuffices: boolean): ConditionList {
  return {
    lead,
    section: first.section,
    chapter: chapterOf(first),
    oneSuffices,
    items: items.flatMap(({ text, section }) =>
      splitSentences(text)
        .filter((sentence) => !/[：:]$/.test(sentence))
        .map((sentence) => ({ text: sentence, section })),
    ),
  };
}

function findMaterials(clauses: readonly Clause[]): Saying[] {
  const lead = clauses.find(({ text }) => MATERIALS.test(text) && /[：:]\s*$/.test(text));
  if (lead) return itemsBelow(lead, clauses).flatMap(toSaying);
  const under = clauses.filter(({ heading }) =>
    heading.some((one) => one.length < 20 && MATERIALS.test(one)),
  );
  const listed = under.filter(({ section }) => !section.includes("¶"));
  if (under.length > 0) return (listed.length > 0 ? listed : under).flatMap(toSaying);
  const told = findSentence(clauses, /(?:提交|提供)[^，]{0,60}(?:申请表|申请书|营业执照|审计报告|设立方案)/);
  return told ? [told] : [];
}

function findSteps(clauses: readonly Clause[]): Saying[] {
  return clauses
    .filter(({ heading }) => heading.some((one) => one.length < 20 && STEPS.test(one)))
    .filter(({ text }) => !MATERIALS.test(text) && !/[：:]\s*$/.test(text))
    .slice(0, 10)
    .flatMap(toSaying);
}

function toSaying({ text, section }: Clause): Saying[] {
  const whole = splitSentences(text);
  const [first, second] = whole;
  const told =
    first !== undefined && first.length < 8 && second !== undefined && /[。]/.test(text) ? second : first;
  return told === undefined ? [] : [{ text: told, source: { section, quote: told } }];
}

function findBody(clauses: readonly Clause[]): Saying | null {
  const told = findSentence(
    clauses,
    /(?:牵头部门|主管部门|负责受理|受理部门|受理单位|负责组织实施)/,
    /局|委|办公室|中心/,
  );
  const office =
    told &&
    /^(?:由)?(?<office>[^，。、]{1,20}?(?:局|委员会|委|办公室|中心|公司))(?=是|为|负责|作为|、|会同)/.exec(
      told.text,
    );
  const text = office?.groups?.["office"];
  return told && text ? { text, source: told.source } : null;
}

function findSentence(clauses: readonly Clause[], ...marks: RegExp[]): Saying | null {
  for (const { text, section } of clauses) {
    const found = splitSentences(text).find((sentence) => marks.every((mark) => mark.test(sentence)));
    if (found) return { text: found, source: { section, quote: found } };
  }
  return null;
}

const DAY = "(?:(\\d{4})年)?(\\d{1,2})月(\\d{1,2})日";
const PERIOD = new RegExp(`${DAY}[^，。；年月]{0,10}?(?:至|—|－|–|-|~|到)\\s*${DAY}`);

/** The days of one call, from the sentence that calls for applications. */
function findWindow(clauses: readonly Clause[]): DocumentFacts["window"] {
  for (const { text, section, heading } of clauses) {
    const called = heading.some((one) => /申报时间|受理时间|申请时间/.test(one));
    for (const sentence of splitSentences(text)) {
      if (!called && !/申报|受理|填报|报名|申请/.test(sentence)) continue;
      for (const part of splitParted(sentence)) {
        const days = PERIOD.exec(part);
        if (!days?.[1] || /取得|期间(?!受理)|发生|完成/.test(part)) continue;
        const [, year, month = "", day = "", lastYear = year, lastMonth = "", lastDay = ""] = days;
        const from = toDay(year, month, day);
        const to = nextDay(toDay(lastYear, lastMonth, lastDay));
        if (from && to && from < to) return { from, to, source: { section, quote: sentence } };
      }
    }
  }
  return null;
}

function splitParted(sentence: string): string[] {
  return sentence.split(/[，,]/);
}

function toDay(year: string | undefined, month: string, day: string): string | undefined {
  if (year === undefined) return undefined;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const time = Date.parse(`${written}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== written ? undefined : written;
}

function nextDay(day: string | undefined): string | undefined {
  return day && new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
