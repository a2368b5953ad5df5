import { isGrievance, type ReadFact, type Understanding } from "../../enterprises/index.ts";
import { asksOfMatters } from "./asks-of-matters.ts";
import { OWN } from "./own-words.ts";

/**
 * Question marks and question words. Counting words (几, 多少) alone stand in figures as well (几百万), so they count only
 * with what is asked for.
 */
const ASKS =
  /[?？]|什么|啥|哪些|哪个|哪里|哪儿|哪家|哪种|哪几|怎么|怎样|咋|如何|是否|吗|呢|能不能|可不可以|可以不|是不是|有没有|多少(?!人左右)|多久|为什么|为何|谁|几(?:个|家|项|天|条|次)|介绍一下|讲一下|说说|解释|^\s*(?:what|which|how|when|where|who|why|is|are|does|do|can|could)\b/iu;

export function isQuestion(text: string): boolean {
  return ASKS.test(text);
}

/** Begins like somebody who says what they do: “做智能网联的，50人”. */
const TRADE =
  /^(?:你好|您好|hi|hello)?[,，!！。\s]*(?:是|主要)?(?:一家|一个)?(?:做|搞|从事|专做|主做|主营|专注|经营|研发|生产|制造)(?!好|不)/iu;

/** Asks generally what there is for them; of one matter it is a question for the documents. */
const WISHES_ALL =
  /能(?:够)?(?:申请|申报|拿|享受|报|参加|匹配|对接)(?:到|上)?(?:什么|啥|哪些|哪几)|可以(?:申请|申报|拿|享受|匹配|对接)(?:到)?(?:什么|啥|哪些|哪几)|(?:什么|啥|哪些).{0,8}适合(?:我|咱)|适合(?:我们?|咱们?)(?:公司|企业|团队)?(?:的|吗|不)?|(?:帮|给|替|为)(?:我们?|咱们?|忙).{0,6}(?:匹配|推荐|看看(?:能|有|可以|适合))|what (?:can|could|may) (?:we|i) (?:apply|get)|which .{0,30}(?:fit|suit) us|match us/iu;

/** Asks what there is, after saying who they are. */
const WISHES_SOME =
  /(?:有|能|可以|想|要|找|求)[^，。？?]{0,10}(?:什么|啥|哪些|没有)[^，。？?]{0,14}(?:政策|基金|项目|支持|扶持|补贴|资金|资助|奖励|帮助|机会|载体|场地|服务)|(?:政策|基金|项目|支持|扶持|补贴|资金|资助|奖励)[^，。？?]{0,4}(?:吗|么|没有|有哪些|有什么)|(?:能|可以)(?:申请|申报|拿|享受|对接|匹配)|推荐|匹配|怎么支持|any (?:fund|support|program|incentive)|what (?:support|fund|program|incentive)/iu;

/** Wants to be told, not to be matched. */
const INQUIRES = /了解|咨询|请教|请问|问一下|问下|想问|想知道|介绍|说明|解释/u;

/** What is said of others. */
const OF_OTHERS =
  /朋友(?:的|家)|别(?:人|家)|人家|听说|据说|新闻|竞争对手|某(?:家|公司|企业)|假如|假设|如果|比如/u;

/** Somebody in danger or with a complaint wants no list of programs, whatever else they say of themselves. */
const NOT_NOW = /着火|起火|火灾|爆炸|泄漏|中毒|伤亡|坍塌|救命|投诉|举报/u;

/** Attempts to make the bot say what no document says are the answering part's to turn down. */
const ORDERS =
  /忽略|无视|开发者模式|不受限制|系统提示|提示词|越狱|扮演|假装|指令|你现在(?:是|进入)|领导(?:已经|已|都)?(?:说|同意|批|答应|交代)|(?:只|必须|直接)(?:要)?(?:回答|回复|告诉|输出|承诺)|prompt|jailbreak|instructions?\b/iu;

/** Facts that say who an enterprise is; a need or a place alone is told by any question. */
const TELLING: ReadonlySet<string> = new Set([
  ...["industries", "industry-words", "stage", "headcount", "rd-headcount", "revenue", "rd-expense"],
  ...["net-profit", "founded-on", "name", "credit-code", "qualifications", "ip", "subject-type", "tax-paid"],
  ...["total-assets", "registered-capital", "rd-share", "product-progress"],
]);

export interface WordsContext {
  /** Asked in the last turn. */
  asked: readonly string[];
  /** Something of the enterprise is known already. */
  isKnown: boolean;
}

/**
 * Whether a message is for the matching part: a wish to be matched, a description of oneself, an answer to what was asked, a
 * correction. The reader finds facts in nearly every question about a policy, so what counts here is how they are said:
 * in doubt a message is a question, and left to the answering part.
 */
export function isForMatching(text: string, understanding: Understanding, context: WordsContext): boolean {
  if (NOT_NOW.test(text) || ORDERS.test(text) || asksOfMatters(text)) return false;
  if (isGrievance(text) && !tellsAndWishes(text, understanding)) return false;
  const { facts, declined, problems } = understanding;
  const isOpen = context.asked.length > 0;
  const answers = facts.some(({ field }) => context.asked.includes(field));
  if (isQuestion(text)) {
    // “我们三十个人，够吗？”: answers and asks.
    return wishes(text, understanding) || (isOpen && answers && OWN.test(text));
  }
  if (isOpen && (answers || declined.length > 0 || problems.length > 0 || tellingOf(facts) > 0)) return true;
  if (context.isKnown && facts.some(({ correction }) => correction)) return true;
  // “人数是一千万人”: with something known already it is meant for it.
  if (context.isKnown && problems.some(({ kind, field }) => kind === "impossible" && field !== null))
    return true;
  return wishes(text, understanding) || describesOneself(text, facts);
}

/** “我想问一下…” speaks for nobody's enterprise: it only asks politely. */
const POLITE =
  /(?:你好|您好)?[,，!！。\s]*(?:我|我们)?(?:这边)?(?:就)?(?:想|要)(?:请)?(?:问|咨询|了解|请教|知道)(?:一下|下)?/gu;

function speaksForOwn(text: string): boolean {
  return OWN.test(text.replace(POLITE, ""));
}

/** A question that is a wish: asked for oneself, and generally or after saying who one is. */
function wishes(text: string, { facts, aboutSelf, wishesMatch }: Understanding): boolean {
  if (OF_OTHERS.test(text)) return false;
  const telling = tellingOf(facts);
  // Nobody tells so much of an enterprise to ask about a document.
  if (telling > 2 && aboutSelf && wishesMatch) return true;
  if (speaksForOwn(text)) return WISHES_ALL.test(text) || (telling > 0 && WISHES_SOME.test(text));
  return TRADE.test(text) && telling > 1 && (WISHES_ALL.test(text) || WISHES_SOME.test(text));
}

/** Who tells much of themselves and asks what there is for them says by the way what troubles them. */
function tellsAndWishes(text: string, { facts }: Understanding): boolean {
  return tellingOf(facts) > 1 && (WISHES_ALL.test(text) || WISHES_SOME.test(text));
}

function describesOneself(text: string, facts: readonly ReadFact[]): boolean {
  if (facts.length === 0 || OF_OTHERS.test(text)) return false;
  const telling = tellingOf(facts);
  if (OWN.test(text)) return telling > 0;
  return telling > (TRADE.test(text) ? 0 : 1) && !INQUIRES.test(text);
}

/** How many fields of who they are. */
function tellingOf(facts: readonly ReadFact[]): number {
  return new Set(facts.filter(({ field }) => TELLING.has(field)).map(({ field }) => field)).size;
}

/** Begins with a yes or a no. */
const YES_OR_NO = /^\s*(?:是|对|有|没|不|否|未|已|会|愿|可以|嗯|yes|no|y\b|n\b)/iu;

/**
 * “在奉贤”, asked where they are and whether they come from Zhangjiang, answers the first. A yes that is read from words
 * which say something else is none.
 */
export function withoutBorrowedAnswers(
  understanding: Understanding,
  isFlag: (field: string) => boolean,
): Understanding {
  const { facts } = understanding;
  const isBorrowed = (fact: ReadFact) =>
    isFlag(fact.field) &&
    !YES_OR_NO.test(fact.words) &&
    facts.some((other) => !isFlag(other.field) && other.start >= fact.start && other.end <= fact.end);
  return { ...understanding, facts: facts.filter((fact) => !isBorrowed(fact)) };
}
