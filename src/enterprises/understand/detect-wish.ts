import type { FieldId, ReadFact } from "../types.ts";

const FIRST_PERSON =
  /我们(?!国家?|区|市|上海|园区|奉贤|这边有)|我司|员工没|我公司|本公司|本企业|我企业|咱|俺|我方|敝司|本人|我厂|我院|我校|我所|我(?:是|在|这边|这里|有|想|要|做|开|刚|准备|打算|个人|自己|团队|就|的(?:公司|企业|项目|团队|厂))|\b(?:we|our|i am|i'm|my)\b/u;
/** What is said of others, of enterprises in general, or of the documents. */
const OF_OTHERS =
  /隔壁|(?:朋友|同学|同事|亲戚|邻居|老乡|表[哥弟姐妹])(?:的|家|那|他|她|开|做|想|在|要|有|公司|企业|厂)|(?:替|帮|代)(?:我)?(?:们)?(?:的|一个|个)?(?:朋友|客户|同学|亲戚|别人|人)[^，。]{0,4}(?:问|咨询|打听|看|了解)|亲戚|竞争对手|竞品|听说|新闻|据说|别(?:人|家|的公司)|人家|有家(?:公司|企业)|那家|哪家|某(?:家|某|公司|企业|厂|[^，。]{0,4}(?:厂|公司))|如果是?一家|假如|假设|比如(?:一家|说)|一般(?:来说|的)|通常/u;
const THIRD_PERSON = /他们|她们|他家|人家/u;
const ABOUT_TEXT =
  /是什么(?!原因)|什么是|什么意思|是啥|啥意思|有什么区别|有啥区别|区别是|是干(?:什么|啥|嘛)|方案(?:里|中|到|说|提|写)|文件(?:里|中|说|提|写)|原文|第[一二三四五六七八九十\d]+条|哪个部门|谁负责|电话|标准(?:是|有)|怎么联动|多大[?？]?$|在哪(?:里|儿)?[?？]?$|几(?:家|个|点)|多少(?:家|钱|人以|才)|最低要|什么时候|(?:企业|公司|个人|人才|初创|机构|大家|(?:^|[，。])谁|哪些人|什么样的)[^，。]{0,6}(?:可以|能(?!源)|怎么|如何|有(?:什么|哪些|啥)|要(?:什么|哪些)|享受|是否)/u;
const ASKS = /[?？]|什么|啥|哪|怎么|咋|如何|吗|多少|几(?=[个家年月天])|能不能|可不可以|是不是|有没有|谁/u;
const WANTS = /想|缺|找|要(?!求|什么|哪|多少|几)|求|需(?!要什么)|打算|准备|帮|给我|能不能|正在|马上|急/u;
const TRADE =
  /^(?:你好|您好|请问|老师|想问下?|问一下|咨询一下|咨询|hi|hello)?[,，!！。\s]*(?:是)?(?:一家|一个)?(?:做|搞|从事|专做|主做|主营|开|办|经营|研发|生产|卖)(?!好|不|了解|一个登记)[^?？]{1,24}/u;
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
export function isAboutSelf(
  folded: string,
  facts: readonly ReadFact[],
  asked: readonly FieldId[] = [],
): boolean {
  if (facts.length === 0) return false;
  if (facts.some(({ field }) => asked.includes(field)) && !ASKS.test(folded)) return true;
  if (OF_OTHERS.test(folded)) return false;
  if (THIRD_PERSON.test(folded) && !/我们|我司|咱|本公司|我公司/u.test(folded)) return false;
  if (FIRST_PERSON.test(folded)) return true;
  if (ABOUT_TEXT.test(folded)) return false;
  // A statement without a subject is the sender's own.
  if (!ASKS.test(folded)) return true;
  if (facts.some(({ field }) => OWN_FACTS.has(field))) return true;
  const telling = facts.filter(({ field }) => TELLING.has(field)).length;
  if (TRADE.test(folded.trim()) && telling > 0) return true;
  return telling >= 2 || WANTS.test(folded);
}

export function wishesMatch(folded: string, facts: readonly ReadFact[]): boolean {
  const wants = ({ field, value }: ReadFact) =>
    field === "needs" && value.kind === "terms" && value.has.length > 0;
  return WISH.test(folded) || facts.some(wants);
}
