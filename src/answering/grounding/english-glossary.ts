/**
 * English words of the field → what the Chinese quote beside them must hold. A stem matches words that begin with it.
 * Benefits, duties and contacts stand here first of all: a gloss may not bring them in by itself.
 */
const ENTRIES: readonly (readonly [string, RegExp])[] = [
  ["subsid|grant|allowance", /补贴|补助|资助|津贴/],
  ["reward|bonus|prize|award", /奖/],
  ["tax", /税/],
  ["rent", /租/],
  ["hous|apartment|accommodation", /房|安居|居住|公寓/],
  ["free", /免/],
  ["loan|credit", /贷|信用|信贷/],
  ["fund", /基金|资金/],
  ["capital|financ", /资本|资金|金融|融资|财政/],
  ["money|cash|payment|pay|amount|fee|yuan|rmb", /元|费|金额|资金|额度/],
  ["phone|telephone|call|hotline|contact", /电话|热线|联系/],
  ["email|website|online", /邮箱|网|线上/],
  ["deadline|apply|applicat|applicant|submit", /申请|申报|截止|提交/],
  ["eligib|qualif|condition|criteri", /符合|条件|资格|标准/],
  ["list|ipo", /上市|名单|清单|培育库|列入/],
  ["talent|expert|personnel", /人才|专家|人员/],
  ["incubator", /孵化/],
  ["enterprise|compan|firm|business", /企|公司|创业/],
  ["startup|entrepreneur", /创业/],
  ["state-owned", /国有|国企|央企/],
  ["private", /民间|民营/],
  ["invest", /投资|投向/],
  ["angel", /天使/],
  ["industr", /产业|工业|行业/],
  ["land", /用地|土地/],
  ["stock|idle|existing", /存量|现有/],
  ["market", /市场|上市/],
  ["headquarter", /总部/],
  ["universit|college", /大学|高校|学院/],
  ["hospital|medical|medicine", /医/],
  ["pharma|drug", /药/],
  ["cosmetic|beauty", /化妆品|美/],
  ["health", /健康/],
  ["life", /生命/],
  ["equipment", /装备|设备/],
  ["material", /材料/],
  ["vehicle|car|automotive", /车|汽/],
  ["intelligent|smart", /智/],
  ["digital|data", /数/],
  ["platform", /平台/],
  ["center|centre", /中心/],
  ["base", /基地/],
  ["alliance", /联盟/],
  ["proof-of-concept|concept", /概念/],
  ["institution|institute", /机构|研究院|所/],
  ["research", /研发|研究|科研/],
  ["development", /发展|研发|开发/],
  ["technolog|scien", /科技|技术|科学|科研/],
  ["innovat", /创新/],
  ["achievement|transfer|commerciali", /成果|转化|转移|商业/],
  ["patent|intellectual|property", /专利|知识产权/],
  ["competition|contest", /赛/],
  ["conference|forum|summit|event", /会|论坛|活动/],
  ["training", /培训/],
  ["overseas|abroad|offshore|foreign", /海外|境外|国外|外资/],
  ["domestic", /境内|国内/],
  ["district", /区/],
  ["park", /园/],
  ["city|municipal", /市/],
  ["service", /服务/],
  ["stage|early|mid|early-to-mid", /早|中|期|阶段/],
  ["output|scale|size", /规模/],
  ["daily|day", /日/],
  ["year|annual", /年/],
  ["month", /月/],
  ["new", /新/],
  ["emerging|frontier|cutting-edge", /前沿|新兴/],
  ["field|area|sector", /领域|产业|方向/],
  ["main|leading|key|characteristic|feature", /主导|特色|重点|龙头|领军|关键/],
  ["unicorn", /独角兽/],
  ["hidden|champion", /隐形冠军/],
  ["high-quality|quality", /质量|品质/],
  ["high-level", /高水平|高层次|高能级/],
  ["large|major", /重大|大/],
  ["responsib|duty", /负责/],
  ["commission|committee|bureau|department|authority", /委|局|部门|办/],
  ["government", /政府/],
  ["cooperat|joint|collaborat", /合作|联合|协同|共建/],
  ["policy|policies|measure", /政策|措施|举措/],
  ["valid|expir", /有效/],
  ["effect|force", /施行|生效|有效|实施/],
];

/** English strength verb → the Chinese ones that it may stand for. */
export const ENGLISH_VERBS: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:support|assist|help)\w*/, /支持|扶持|帮助|助力|服务|支撑/],
  [/\bencourag\w*/, /鼓励/],
  [/\b(?:establish|set up|setting up|create|creat)\w*/, /设立|建立|成立|创建|组建|组成|搭建|构建/],
  [/\b(?:build|construct)\w*/, /建设|建立|构建|打造|搭建|建成|共建/],
  [/\b(?:promot|advanc|accelerat|push)\w*/, /推进|推动|促进|加快|深化/],
  [/\b(?:explor)\w*/, /探索/],
  [/\b(?:striv|aim|seek|endeavou?r|try|tries|target)\w*/, /力争|争取|努力|目标|达到|超过/],
  [/\b(?:guid)\w*/, /引导|指导/],
  [/\b(?:recommend)\w*/, /推荐/],
  [/\b(?:provid|offer|giv)\w*/, /提供|给予/],
  [/\b(?:hold|host|organi[sz])\w*/, /举办|组织|承接/],
  [/\b(?:implement|carry out)\w*/, /实施|落实|开展|推行/],
  [/\b(?:attract|introduc|bring)\w*/, /引进|引入|集聚|吸引|导入/],
  [/\b(?:improv|optimi[sz]|strengthen|enhanc)\w*/, /完善|优化|加强|强化|提升|增强/],
];

/** Weak Chinese verbs → the English that must not be left out. */
export const WEAK_VERBS: readonly (readonly [RegExp, RegExp])[] = [
  [/鼓励/, /\bencourag/],
  [/力争|争取|努力/, /\b(?:striv|aim|seek|endeavou?r|target|goal|hope|intend|plan(?:s|ned)? to|plans)/],
  [/探索/, /\bexplor/],
  [/支持/, /\b(?:support|assist|help)/],
  [/引导/, /\bguid/],
  [/推进|推动/, /\b(?:promot|advanc|accelerat|push|driv|mov)/],
];

const NEUTRAL = new Set(
  `a an the this that these those it its they their of in on at to for from by with within and or as is are be being which who
what where when how also both each other such including include includes included regarding concerning about under through
according document plan draft text clause section says say said states stated state mentions mention mentioned proposes
propose proposed sets set lists describes described notes original wording namely e.g i.e will would shall aims aim aimed
goal goals target targets intends intend planned plans more than over least most up no less exceeding exceed exceeds above
approximately around per cent percent one only there into between among during number numbers reach reaches total`
    .split(/\s+/)
    .filter(Boolean),
);

export interface EnglishWord {
  word: string;
  /** Undefined: not in the glossary. */
  chinese: RegExp | undefined;
}

const STEMS = ENTRIES.map(([stems, chinese]) => [new RegExp(`^(?:${stems})`), chinese] as const);

/** The content words of an English text, with what each must find in Chinese. */
export function readEnglishWords(text: string): EnglishWord[] {
  const words = text.toLowerCase().match(/[a-z][a-z'-]*/g) ?? [];
  return words
    .filter((word) => !NEUTRAL.has(word) && word.length > 1)
    .map((word) => ({ word, chinese: STEMS.find(([stem]) => stem.test(word))?.[1] }));
}

/** Names in their usual English form → the Chinese that the clauses must hold. */
export const ENGLISH_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bFengxian\b/g, "奉贤"],
  [/\bZhangjiang\b/g, "张江"],
  [/\bShanghai\b/g, "上海"],
  [/\bLingang\b/g, "临港"],
  [/\b(?:Oriental Beauty Valley|Dongfang Meigu)\b/g, "东方美谷"],
  [/\b(?:Science and Technology (?:Commission|Committee))\b/g, "科委"],
  [/\b(?:High-[Tt]ech|Park|District|Zone)\b/g, "区"],
  [/\bChina\b/g, "中国"],
  [/\bRMB\b/g, "元"],
];
