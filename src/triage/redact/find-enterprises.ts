import { ALL_GENERIC, PLACES, PUBLIC_BODIES, TRADE_WORDS } from "./enterprise-words.ts";
import type { PersonalSpan } from "./redact-types.ts";

const BODY = "[\\p{Script=Han}a-z0-9()·&.\\-]";
const FORM =
  "(?:集团|\\(集团\\))?(?:股份有限公司|有限责任公司|有限公司|股份公司|(?:普通|有限)合伙(?:企业)?(?!人)|集团公司|集团|(?:律师|会计师|税务师|专利)事务所|专业合作社|合作社|经营部|个体工商户)(?:(?!想|来|要|在|有|的)[\\p{Script=Han}]{2,3}分公司)?";
const WITH_FORM = new RegExp(`${BODY}{1,40}?${FORM}`, "gu");
const WORKS =
  /[\p{Script=Han}]{2,12}?(?:五金|机械|化工|食品|制药|药|纺织|服装|塑料|印刷|包装|家具|玩具|玻璃|陶瓷|电器|电子|仪器|仪表|模具|铸造|锻造|电镀|橡胶|水泥|酒|酿造|饲料|农药|油漆|涂料|轴承|阀门|水泵|电缆|化妆品|日化|香料|皮革|造纸|木器|汽配|零件|配件|标准件|紧固件)厂(?![房区家商长址里内外子地务线门主方办界矿牌])/gu;
const OWN = "(?:我们公司|我们|我司|我公司|咱们公司|咱们|本公司|我是|这里是|这边是|俺们)";
const TRADES = [...TRADE_WORDS].toSorted((one, other) => other.length - one.length).join("|");
const NAME_ENDS =
  "(?=$|[\\s，。、；：,;.!?！？（(〔]|想|要|在|是|有|的|能|可|去年|今年|准备|计划|打算|申请|来|做|主要|专|从事|成立|位于|目前|现在|刚|正|需|拟|也|就|属|符|符合|该|怎么|如何|员工|注册)";
const OWN_NAME = new RegExp(
  `(?<=${OWN}(?:是|叫做|叫|名叫)?)(?![是叫名])([\\p{Script=Han}a-z0-9]{2,8}?(?:${TRADES})?(?:公司|集团|厂)|[\\p{Script=Han}a-z0-9]{2,5}?(?:${TRADES}))${NAME_ENDS}`,
  "gu",
);

/** Verbs and small words: then it is a sentence and no name. */
const SAYS_MORE =
  /[换懂位做想要能会有的了在跟找把给让去来对和与或也都就很不没是搞办弄谈看买卖租借投用请求需这那个]/u;

/** A name begins after these at the earliest. */
const STOP =
  /(?:我们公司|我们|我司|我公司|咱们|你们|他们|贵司|贵公司|我是|我在|这里是|这边是|本公司|名称|名为|叫做|一家|这家|那家|某家|几家|两家|多家|咨询|关于|收购|改制成?|变成|改成|转成|成为|升级成?|更名成?|让|跟|并购|参股|入股|代表|来自|去年|今年|明年|成立|注册|设立|新设|新建|扩建|引进|支持|鼓励|推动|促进|培育|吸引|组建|依托|联合|对接|导入|属于|隶属|加入|并入|委托|转让|变更|迁入|迁到|搬到|搬迁|落户|合并|名下|旗下|下属|以及|或者|还是|如果|请问|你好|您好|想问|需要|可以|是否|能否|怎么|如何|准备|计划|打算|从事|公司是|企业是|单位是|公司叫|专门|主要|有(?!限)|[的在是叫和与及给向由对从把被到为请找问帮让做搞办开建租买想要个、，,;；:：!！?？。了])/gu;
/** The others may stand within a name that began with its place: 上海联合和泰科技有限公司. */
const HARD_STOP = /[是叫的在、，,;；:：!！?？。了]|我们|我司|一家|收购|并购|成立|设立|注册|引进|委托|转让/u;
const PLACE_FIRST = new RegExp(`(?:${PLACES})`, "u");
const PLACE_ANY = new RegExp(`(?:${PLACES})`, "gu");
const CHARACTER = /[\p{Script=Han}a-z0-9]/gu;
const GENERIC = new RegExp(ALL_GENERIC.join("|"), "gu");
const FORM_ANY = new RegExp(FORM, "gu");

const ENGLISH_FORM =
  /(?:[A-Z][\w&.'-]*\s+(?:\([A-Za-z]+\)\s+)?){1,6}(?:Co\.?\s?,?\s?Ltd\.?|Inc\b\.?|LLC\b|Ltd\b\.?|Limited\b|GmbH\b|Corp\b\.?|Corporation\b|PLC\b|Holdings\b|Group\b)/gu;

/** Names of companies. What only says what sort of company it is stays, and so do authorities. */
export function findEnterprises(text: string, folded: string): PersonalSpan[] {
  const found: PersonalSpan[] = [];
  for (const [pattern, needed] of [
    [WITH_FORM, 1],
    [WORKS, 2],
  ] as const) {
    for (const match of folded.matchAll(pattern)) {
      const start = match.index + nameStart(match[0]);
      add(found, folded, start, match.index + match[0].length, needed);
    }
  }
  for (const match of folded.matchAll(OWN_NAME)) {
    const name = match[1] ?? "";
    if ((nameStart(name) > 0 && !PLACE_FIRST.test(name)) || SAYS_MORE.test(name)) continue;
    add(found, folded, match.index, match.index + name.length, 2);
  }
  for (const match of text.matchAll(ENGLISH_FORM)) {
    const lead = /^(?:We|I|Our|The|From|At|This|Is|Are|Does|Can|A|An)\s+(?:are\s+|am\s+|from\s+)?/u.exec(
      match[0],
    );
    const start = match.index + (lead?.[0].length ?? 0);
    const end = match.index + match[0].length;
    if (/\s/u.test(text.slice(start, end)))
      found.push({ kind: "enterprise", start, end, put: "〔企业名称〕" });
  }
  return found;
}

function add(found: PersonalSpan[], folded: string, start: number, end: number, needed: number): void {
  const name = folded.slice(start, end);
  if (PUBLIC_BODIES.test(name) || countOwn(name) < needed) return;
  const isOurs = /(?:我们|咱们|我|本|贵)$/u.test(folded.slice(Math.max(0, start - 2), start));
  found.push({ kind: "enterprise", start, end, put: isOurs ? "企业" : "某企业" });
}

/** Where the name begins in a run that ends with the form: at its place, else after the last word that is none of it. */
function nameStart(run: string): number {
  let after = 0;
  for (const match of run.matchAll(STOP)) {
    const end = match.index + match[0].length;
    if (PLACE_FIRST.test(run.slice(after, match.index)) && !HARD_STOP.test(match[0])) continue;
    after = end;
  }
  const place = PLACE_FIRST.exec(run.slice(after));
  const inBrackets = place && run.charAt(after + place.index - 1) === "(";
  return place && !inBrackets && countOwn(run.slice(after, after + place.index)) < 6
    ? after + place.index
    : after;
}

/** Characters that are neither place nor trade nor form. */
function countOwn(name: string): number {
  const own = name.replace(FORM_ANY, "").replace(PLACE_ANY, "").replace(GENERIC, "");
  return own.match(CHARACTER)?.length ?? 0;
}

/** 上海恒远生物科技有限公司 → what else it is called: 恒远生物科技有限公司, 恒远生物科技, 恒远生物, 恒远公司, 恒远 when long enough. */
export function namesOfEnterprise(full: string): string[] {
  const name = full.trim();
  const short = name.replace(FORM_ANY, "").replace(/[()（）]/gu, "");
  const withoutPlace = short.replace(new RegExp(`^(?:${PLACES})+`, "u"), "");
  const core = withoutPlace.replace(new RegExp(`(?:${TRADES})+$`, "u"), "");
  const trades = TRADE_WORDS.map((trade) => `${core}${trade}`).filter((each) =>
    withoutPlace.startsWith(each),
  );
  const cores = [...core].length >= 3 ? [core] : [...core].length === 2 ? [`${core}公司`, `${core}集团`] : [];
  return [name, short, withoutPlace, ...trades, ...cores].filter(
    (each) => [...each].length >= 3 && countOwn(each.toLowerCase()) > 0,
  );
}
