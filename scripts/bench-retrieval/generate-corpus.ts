/**
 * Policy-like Chinese from a seeded generator: no real text, but real shape — titles, headings, numbered clauses of some
 * 250 characters, words by a Zipf-like law, figures and names. Good for time and memory, worthless for ranking quality.
 */
export interface GeneratedClause {
  document: number;
  ordinal: number;
  title: string;
  heading: string[];
  text: string;
}

const VERBS =
  "支持|鼓励|推进|加快|建设|培育|引进|完善|优化|落实|强化|设立|探索|提升|打造|聚焦|深化|开展|促进|给予".split(
    "|",
  );
const TARGETS =
  "科技企业|高新技术企业|专精特新企业|创新平台|孵化器|众创空间|产业基金|人才公寓|重点实验室|概念验证中心|中试基地|工业用地|标准厂房|知识产权|成果转化|技术改造|数字化转型|绿色制造|生物医药|集成电路|人工智能|新能源汽车|高端装备|新材料|化妆品|合成生物|工业互联网|检验检测|公共服务平台|上市后备企业".split(
    "|",
  );
const ACTS =
  "一次性奖励|贷款贴息|租金补贴|研发补助|贡献奖励|资金配套|场地支持|人才引进|绩效评价|揭榜挂帅|联合攻关|应用示范|产业协同|政策兑现|风险补偿|融资担保|上市辅导|专利导航|用能保障|服务专班".split(
    "|",
  );
const LINKS = "对符合条件的|围绕|按照|结合本区实际，|经认定后，|每年|通过|依托|会同有关部门|力争".split("|");
const PLACES = "云川|望溪|柏桥|青岚|澜江|星屿|临湖|石渡|白鹭|松原|清泉|东岭".split("|");
/** Common characters for the long tail of names and terms. */
const CHARACTERS =
  "天地山水云雨风华明新远达通信安康宁和平正中方圆金石玉林森江海河湖泉春秋冬夏光辉星月虹晨阳东西南北高长广大宏伟智慧创联合众诚德仁义礼文博思源启航".split(
    "",
  );

export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;

/** Low positions much more often than high ones. */
function pick<Value>(list: readonly Value[], random: Random): Value {
  return list[Math.floor(random() ** 2 * list.length)] as Value;
}

function makeName(random: Random): string {
  const length = 2 + Math.floor(random() * 2);
  return Array.from({ length }, () => pick(CHARACTERS, random)).join("");
}

function makeSentence(random: Random): string {
  const amount = `${Math.ceil(random() * 40) * 25}万元`;
  const tail =
    random() < 0.4
      ? `，最高不超过${amount}`
      : random() < 0.5
        ? `，到${2024 + Math.floor(random() * 4)}年达到${Math.ceil(random() * 300)}家`
        : "";
  const name =
    random() < 0.5 ? `${makeName(random)}${pick(["科技园", "产业基地", "创新中心", "研究院"], random)}` : "";
  return `${pick(LINKS, random)}${pick(VERBS, random)}${name}${pick(TARGETS, random)}${pick(ACTS, random)}${tail}`;
}

const CLAUSES_PER_DOCUMENT = 30;

export function* generateCorpus(count: number, seed: number): Generator<GeneratedClause> {
  const random = createRandom(seed);
  let title = "";
  let heading = "";
  for (let number = 0; number < count; number += 1) {
    const ordinal = number % CLAUSES_PER_DOCUMENT;
    if (ordinal === 0)
      title = `${pick(PLACES, random)}${makeName(random)}促进${pick(TARGETS, random)}发展若干措施`;
    if (ordinal % 5 === 0)
      heading = `（${"一二三四五六"[ordinal / 5]}）${pick(VERBS, random)}${pick(TARGETS, random)}${pick(ACTS, random)}`;
    const sentences = Array.from({ length: 6 + Math.floor(random() * 6) }, () => makeSentence(random));
    const document = Math.floor(number / CLAUSES_PER_DOCUMENT);
    yield { document, ordinal, title, heading: [heading], text: `${sentences.join("；")}。` };
  }
}

const QUESTIONS: readonly ((random: Random) => string)[] = [
  (random) => `${pick(TARGETS, random)}有什么${pick(ACTS, random)}`,
  (random) =>
    `${pick(PLACES, random)}的${pick(TARGETS, random)}怎么申请${pick(ACTS, random)}，最多能拿多少钱？`,
  (random) => `我们是做${pick(TARGETS, random)}的，想了解${pick(ACTS, random)}和${pick(ACTS, random)}`,
  (random) => `${makeName(random)}科技园${pick(VERBS, random)}${pick(TARGETS, random)}吗`,
  (random) => `到${2024 + Math.floor(random() * 4)}年${pick(TARGETS, random)}要达到多少家`,
  (random) => `刚搬来的公司想租房，有没有${pick(ACTS, random)}？`,
];

export function generateQuestions(count: number, seed: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, number) => QUESTIONS[number % QUESTIONS.length]?.(random) ?? "");
}
