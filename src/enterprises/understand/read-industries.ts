import type { ProfileLexicon } from "../types.ts";
import { createTermFinder, type TermMention } from "./find-terms.ts";
import { isGrievance } from "./is-grievance.ts";
import type { Span } from "./span.ts";
import { type Clause, clauseAt } from "./split-clauses.ts";

export interface IndustryReader {
  /** The most specific industries of the enterprise itself, in reading order. */
  read(text: string, clauses: readonly Clause[]): TermMention[];
  /** Every industry named in words that are about the business anyway (a column, an answer). */
  find(text: string): TermMention[];
}

/** Before the term: whose industry it is when not the enterprise's own. */
const OTHERS_BEFORE =
  /(?:客户|甲方|供货给|供应给|供给|卖给|服务于?|面向|用于|用在|应用[于在]|对标|上游|下游|竞品|对手|隔壁|朋友|以前|之前|曾经?|老东家|不做|不是|没做|不搞|不属于|听说|除了|替代|母公司|股东|大股东)[^，做搞研产供提是]{0,12}$/u;
const GIVEN_TO = /(?:给|为|替|帮)[^，做搞研产供提开设]{0,10}$/u;
const GIVES_AFTER = /^[^，]{0,8}(?:做|提供|供|生产|开发|代工|配套|服务|加工|设计)/u;
const OTHERS_AFTER =
  /^(?:类|行业|领域|厂商?|企业|公司)?(?:的)?(?:客户|订单|行业客户|供应商|厂家?(?:供货|配套)|背景|专业|博士|教授|协会|论坛|展会?|大会|博览会|政策|基金|孵化器|园区?|产业园|方向(?:的)?(?:基金|政策|孵化器|园区)|赛道(?:的)?(?:基金|政策))/u;
/** What is bought or used is not what is made: 需要一批算力, 缺芯片. */
const SOUGHT =
  /(?:需要|想要|急需|缺少?|想租|要租|租用|想买|要买|采购|求购|想用|要用|购买|购置)[^，做搞研产开卖]{0,6}$/u;
const ASKS = /有没有|有什么|有啥|有哪些|哪些|什么|哪里|哪个|怎么|吗/u;
const OWN = /我们|我司|咱|本公司|我是|我在|做|搞|从事|研发|生产|公司|企业|主营|专注|卖|开|是/u;
const DOES = /做|搞|从事|研发|生产|主营|专注|经营|开发|制造/u;

export function createIndustryReader(lexicon: ProfileLexicon): IndustryReader {
  const finder = createTermFinder(
    [...lexicon.industries.values()].map((term) => ({ ...term, words: [term.name, ...term.words] })),
  );
  return {
    read: (text, clauses) => {
      const all = finder.find(text);
      const strict = all.filter((mention) => isOwn(text, clauses, mention, true));
      // Who makes parts for aircraft, and names nothing else, is of that industry.
      const own = strict.length > 0 ? strict : all.filter((mention) => isOwn(text, clauses, mention, false));
      return keepSpecific(withoutGoods(own, text), lexicon);
    },
    find: (text) => keepSpecific(withoutGoods(finder.find(text), text), lexicon),
  };
}

const TRADES = new Set([
  "e-commerce",
  "cross-border-e-commerce",
  "retail",
  "wholesale-trade",
  "logistics",
  "catering",
  "beauty-salon",
  "printing-packaging",
  "culture-media",
  "consulting",
  "legal-ip-services",
]);
const MAKES = /研发|生产|制造|工厂|自主|配方|代工厂|实验室|自有品牌|自产/u;

/** Who trades in goods, carries or packs them is not of the industry that makes them: 跨境电商卖化妆品. */
function withoutGoods(mentions: readonly TermMention[], text: string): TermMention[] {
  const trades = mentions.filter(({ id }) => TRADES.has(id));
  return trades.length === 0 || MAKES.test(text) ? [...mentions] : trades;
}

function isOwn(text: string, clauses: readonly Clause[], mention: Span, isStrict: boolean): boolean {
  const clause = clauseAt(clauses, mention.start);
  if (!clause) return false;
  const before = text.slice(clause.start, mention.start);
  const after = text.slice(mention.end, clause.end);
  if (SOUGHT.test(before)) return false;
  if (isGrievance(clause.text) && !DOES.test(before)) return false;
  if (OTHERS_BEFORE.test(before) || OTHERS_AFTER.test(after)) return false;
  if (isStrict && GIVEN_TO.test(before) && GIVES_AFTER.test(after)) return false;
  if (/(?:想|要|能不能|打算|准备)?(?:进|入驻|参加|加入|搬进|去|找|对接)[^，做的]{0,6}$/u.test(before))
    return false;
  return !ASKS.test(clause.text) || OWN.test(before);
}

/** 小核酸 beside 生物医药: the wider term says nothing more. Each id once. */
function keepSpecific(mentions: readonly TermMention[], lexicon: ProfileLexicon): TermMention[] {
  const ids = new Set(mentions.map(({ id }) => id));
  const wider = new Set([...ids].flatMap((id) => ancestorsOf(id, lexicon)));
  const seen = new Set<string>();
  return mentions.filter(({ id }) => {
    if (wider.has(id) || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

function ancestorsOf(id: string, lexicon: ProfileLexicon): string[] {
  const ancestors: string[] = [];
  for (let parent = lexicon.industries.get(id)?.parent; parent; ) {
    ancestors.push(parent);
    parent = lexicon.industries.get(parent)?.parent;
  }
  return ancestors;
}

const BUSINESS =
  /(?:主要|专门|专业|一直|专注于?|就是|是)?(?:从事|主营(?:业务)?(?:是|为)?|主做|专做|专注于?|研制|做(?!了|到|过|大|强|出|好|个|一个|一家|不|产值)|搞(?!定|清|不)|研发(?!人|费|投|团|经|占|了|中心|支|和|\d)(?:和生产|生产)?|生产(?!线|基地|人|车间|许可|型)|开发(?!区|人)|制造(?!业|商|企))(?:的(?:是)?|一些|各种|一种)?/gu;
const BUSINESS_END =
  /的?(?:(?:初创|创业|高科技|科技|制造|生产|研发)?(?:企业|公司|厂家?|工厂|团队|项目|店)|方向|领域|业务|行业|生意|赛道|这块|这一块|这方面|工作)?(?:的|了|呢|啊|哈|吧)*$/u;

/** What follows “我们做…的”: the main business in the enterprise's own words. */
export function readBusinessWords(clauses: readonly Clause[], industries: readonly Span[]): Span | undefined {
  for (const clause of clauses) {
    if (/不做|没做|想做|打算做|准备做/u.test(clause.text)) continue;
    for (const match of clause.text.matchAll(BUSINESS)) {
      const from = match.index + match[0].length;
      const rest =
        clause.text
          .slice(from)
          .split(/(?=有什么|有啥|有哪些|能(?!源|力|量|耗|见|效)|可以|想|需要|要|怎么|现在|目前|去年)/u)[0] ??
        "";
      const named = rest.replace(BUSINESS_END, "");
      const start = clause.start + from;
      const end = start + named.length;
      if (named.length < 2 || named.length > 30) continue;
      if (industries.some((one) => one.start < end && start < one.end)) return { start, end };
    }
  }
  return undefined;
}
