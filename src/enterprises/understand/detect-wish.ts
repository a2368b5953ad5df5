import type { ReadFact } from "../types.ts";

const FIRST_PERSON =
  /我们|我司|我公司|本公司|本企业|我企业|咱|俺|我方|敝司|本人|我厂|我院|我校|我所|贵园.{0,4}我|我(?:是|在|这边|这里|有|想|要|做|开|刚|准备|打算|个人|自己|团队|的(?:公司|企业|项目|团队|厂))|\b(?:we|our|i am|i'm|my)\b/u;
const TRADE =
  /^(?:你好|您好|请问|老师|想问下?|问一下|咨询一下|咨询|hi|hello)?[,，!！。\s]*(?:是)?(?:一家|一个)?(?:做|搞|从事|专做|主做|主营|开|办|经营|研发|生产|卖)(?!好|不|了解|一个登记)[^?？]{1,24}/u;
const GENERAL =
  /(?:企业|公司|个人|人才|初创|机构|大家|谁|哪些人|什么样的)(?:可以|能|怎么|如何|需要|有(?:什么|哪些|啥)|要(?:什么|哪些)|享受|是否|都)|是什么|什么意思|多少钱|什么时候|哪个部门|谁负责|原文|文件里|方案里|第[一二三四五六七八九十\d]+条|电话|地址|在哪里办/u;
const WISH =
  /(?:有(?:什么|啥|哪些|没有|木有|没得)|能(?:申请|拿|享受|匹配|对接|申报|参加|报|不能|否|有)|可以(?:申请|享受|申报|对接|匹配|拿|参加)|适合(?:我|咱)|符合(?:什么|哪些|哪|条件)|够(?:得上|格)|匹配|推荐|帮(?:我|咱|忙|助)|求(?:推荐|对接|介绍|助|支持)|怎么(?:申请|对接|弄|办|搞|报|拿)|对接|介绍(?:一下|个)?|看看|想|需要|希望|找|要|咋|行吗|咨询|what|which|can we|apply|support|match|looking for)/u;

/** Facts that people only state of themselves. */
const OWN_FACTS = new Set([
  "headcount",
  "rd-headcount",
  "revenue",
  "founded-on",
  "name",
  "credit-code",
  "net-profit",
]);
const TELLING = new Set([
  ...OWN_FACTS,
  "industries",
  "stage",
  "district",
  "subject-type",
  "qualifications",
  "ip",
]);

/** Whether a text speaks of the sender's own enterprise. */
export function isAboutSelf(folded: string, facts: readonly ReadFact[]): boolean {
  if (FIRST_PERSON.test(folded)) return facts.length > 0;
  if (GENERAL.test(folded)) return false;
  if (facts.some(({ field }) => OWN_FACTS.has(field))) return true;
  const telling = facts.filter(({ field }) => TELLING.has(field)).length;
  if (TRADE.test(folded.trim()) && telling > 0) return true;
  return telling >= 2;
}

export function wishesMatch(folded: string, facts: readonly ReadFact[]): boolean {
  return (
    WISH.test(folded) ||
    facts.some(({ field, value }) => field === "needs" && value.kind === "terms" && value.has.length > 0)
  );
}
