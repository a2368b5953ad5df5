import type { ProfileLexicon } from "../types.ts";
import { createTermFinder, type TermMention } from "./find-terms.ts";
import type { Span } from "./span.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export interface NeedReading {
  has: TermMention[];
  lacks: TermMention[];
}

export interface NeedReader {
  /** What the text wants; what it says it does not need is lacked. */
  read(text: string, clauses: readonly Clause[]): NeedReading;
  /** Every need named in words that are about needs anyway. */
  find(text: string): TermMention[];
}

const WANTS =
  /想|需要|需求|诉求|急需|急着|亟需|要(?!求|么|是|不要)|求(?!职|是)|找|缺|希望|打算|计划|准备|寻求|寻找|寻|盼|能不能|能否|可否|可不可以|可以|有没有|有无|有啥|有什么|有哪些|哪里|哪儿|怎么|如何|对接|申请|申报|解决|帮|支持|考虑|关心|关注|咨询|了解|参与|参加|争取|拟|搞(?:个|一)|办(?!公|了)|招(?!商)|扩|困难|不够|难|愁|头疼|差|推荐|介绍|落实|正在(?!做|开展|进行|生产|研发)|在谈|在看|物色|兜底|盘|拿(?!到|了)/u;
const NOT_WANTED =
  /(?:不|没有?|无|暂无|暂不|并不|别|未)(?:太|怎么|再|打算|准备|考虑|想|用|需要|需|要|缺|急|差|存在|什么)*[^，有想要]{0,5}$/u;
const NOT_LACK = /(?:没有?|不|无)(?:足够|合适|稳定|自己|专门|懂|像样|人)/u;
const NOT_WANTED_AFTER =
  /^[^，]{0,6}(?:不(?:缺|需要|考虑|用|急|愁)|够用|够了|没(?:有)?(?:需求|需要|问题)|已经?解决|暂时?不|不用|先不)/u;
const DONE =
  /刚(?:刚)?(?:融|拿|完成|贷|搬|招|租|办)|(?:融|拿|完成|贷|搬|招|租|办|建|买|上|参加|申请|备案|注册)(?:完|好|到|成|下来|过|了)|已经?(?:有|完成|拿|融|贷|办|建|租|搬|解决|备|注|上|申请|列入|纳入|入选|入驻|获|取得|落户)|(?:列|纳|进|并)入了?|去年(?:刚)?(?:融|贷|办)|之前(?:融|贷|办)|曾/u;
const OPENS =
  /(?:需求|诉求|需要(?:解决)?(?:的)?(?:支持|问题)?|困难|想要(?:的)?|想解决|希望(?:解决|得到)?|痛点|难点|问题|诉求如下)(?:是|有|为|包括|主要是|主要有|如下)*[:：,，]?$/u;

export function createNeedReader(lexicon: ProfileLexicon): NeedReader {
  const needs = [...lexicon.needs.values()];
  const strong = createTermFinder(needs.map((need) => ({ ...need, patterns: need.patterns ?? [] })));
  const topics = createTermFinder(
    needs.map(({ id, topics: own = [], not = [] }) => ({ id, words: own, not })),
  );
  const all = createTermFinder(
    needs.map((need) => ({ ...need, words: [need.name, ...need.words, ...(need.topics ?? [])] })),
  );
  return {
    read: (text, clauses) => {
      const reading: NeedReading = { has: [], lacks: [] };
      const phrases = strong.find(text);
      for (const mention of phrases) sort(reading, mention, true, clauses);
      for (const mention of topics.find(text)) {
        // 人才 inside of 人才公寓 is no need of its own.
        if (!phrases.some((phrase) => isInside(mention, phrase))) sort(reading, mention, false, clauses);
      }
      const wanted = new Set(reading.has.map(({ id }) => id));
      return {
        has: eachOnce(reading.has),
        lacks: eachOnce(reading.lacks.filter(({ id }) => !wanted.has(id))),
      };
    },
    find: (text) => eachOnce(all.find(text)),
  };
}

function sort(
  reading: NeedReading,
  mention: TermMention,
  isStrong: boolean,
  clauses: readonly Clause[],
): void {
  const clause = clauseAt(clauses, mention.start);
  if (!clause) return;
  const before = clause.text.slice(0, mention.start - clause.start);
  const after = clause.text.slice(mention.end - clause.start);
  if (isNotWanted(clause, before, after)) {
    reading.lacks.push(mention);
    return;
  }
  if (isDone(clause, before, after)) return;
  if (isStrong || WANTS.test(withoutMention(clause, mention)) || isListed(mention, clause, clauses))
    reading.has.push(mention);
}

function isInside(one: Span, other: Span): boolean {
  return one.start >= other.start && one.end <= other.end;
}

/** “没有厂房” tells what there is, “没有融资需求” what is wanted. */
function isNotWanted(clause: Clause, before: string, after: string): boolean {
  if (NOT_WANTED_AFTER.test(after)) return true;
  if (!NOT_WANTED.test(before) || NOT_LACK.test(before.slice(-6)) || isQuestion(clause)) return false;
  const isBareLack = /(?:没有?|无|未|别)(?:什么|任何|存在)*[^，不需想打考]{0,5}$/u.test(before);
  return !isBareLack || /^[^，]{0,4}(?:需求|需要|打算|计划|意向|想法|压力|问题)/u.test(after);
}

function isQuestion(clause: Clause): boolean {
  return /有没有|能不能|可不可以|是不是/u.test(clause.text);
}

/** “刚融完资” is no need; “刚融完天使轮，想再融” is another clause. */
function isDone(clause: Clause, before: string, after: string): boolean {
  // 被仿冒了: what was suffered goes on.
  if (/被[^，]{0,2}$/u.test(before) || clause.text.startsWith("被", before.length)) return false;
  if (/还想|再|想|需要|下一?轮|准备|打算/u.test(clause.text)) return false;
  return (
    DONE.test(`${before.slice(-8)}`) ||
    DONE.test(clause.text.slice(Math.max(0, before.length - 2))) ||
    /^(?:完|好|到|成|下来|过|了)/u.test(after)
  );
}

function withoutMention(clause: Clause, mention: TermMention): string {
  const at = mention.start - clause.start;
  return `${clause.text.slice(0, at)}·${clause.text.slice(at + mention.end - mention.start)}`;
}

/** “需求：融资，厂房，招人”: the opening words reach to the end of the sentence. */
function isListed(mention: TermMention, clause: Clause, clauses: readonly Clause[]): boolean {
  for (let index = clauses.indexOf(clause) - 1; index >= 0; index -= 1) {
    const earlier = clauses[index];
    if (!earlier || earlier.sentence !== clause.sentence) return false;
    if (OPENS.test(earlier.text.trim())) return true;
    if (mention.start - earlier.start > 120) return false;
  }
  return false;
}

function eachOnce(mentions: readonly TermMention[]): TermMention[] {
  const byId = new Map<string, TermMention>();
  for (const mention of mentions) if (!byId.has(mention.id)) byId.set(mention.id, mention);
  return [...byId.values()].sort((a, b) => a.start - b.start);
}
