import type { Clause } from "../../knowledge/index.ts";
import type { ProgramState } from "../types.ts";
import { isFrontMatter } from "./sort-out-document.ts";
import { splitParts, splitSentences } from "./split-text.ts";

/** What one clause gives, builds, supports or recognises. */
export interface FoundMeasure {
  name: string;
  state: ProgramState;
  verb: string;
  /** Verbatim, holds the verb. */
  quote: string;
  /** What belongs to it, verbatim. */
  sentences: string[];
  clause: Clause;
  how: "grant" | "build" | "encourage" | "recognise";
  /** Named by its own heading or by quotation marks: surer than a phrase cut out of a sentence. */
  named: boolean;
}

const OUTSIDE =
  /总则|附则|总体要求|指导思想|基本原则|[要动作展效期](?:发展)?目标|发展定位|部门职责|职责分工|监督|绩效|考核|组织(?:保障|领导|实施)|宣传|注意事项|联系方式|(?:申报|申请)材料|申报时间|(?:申报|申请|认定|办理|审核|工作|受理|拨付|兑现)[^，。]{0,6}(?:程序|流程)|名词解释|资金来源|罚则|法律责任|评估|督查|背景|附件/;
const NO_MEASURE =
  /不享受|到20\d\d年|力争到|领导小组|督查|负责解释|施行|所称|是指|台账|追缴|撤销|不予|退回|追回|虚假|骗取|违反|取消资格|责任追究|不作负面|免除|失信|绩效评价|列支|分担|安排不少于|同时废止|应当同步|不得/;
const GRANT =
  /(?:给予|予以|发放|享受|减免|兑现)(?:[^，。]{0,40})?|(?:按照?|最高)[^，。]{0,40}(?:奖励|补贴|补助|资助|贴息|补偿)|(?:奖励|补贴|补助|资助|贴息)[^，。]{0,12}[\d一二两三四五六七八九十百千]+[^，。]{0,4}元/;
const GIVES = /给予|予以|发放|享受|减免|兑现|奖励|补贴|补助|资助|贴息|补偿/;
const HEADS =
  "母基金|基金|资金池|中心|平台|服务站|工作站|驿站|基地|孵化器|加速器|产业园|联盟|联合体|联合创新体|研发机构|清单|名单|工程|计划|专项行动|行动方案|品牌|大赛|挑战赛|论坛|峰会|大会|活动|场景|公寓|实验室|培育库|示范区|服务卡|服务港|机制|制度|服务体系|2\\.0版";
const OBJECT = new RegExp(
  `^(?<object>[^，。；]{0,60}?(?:${HEADS}))(?<after>[”」）)]?(?:\\d+[个家套座])?(?:等(?:项目|平台|服务平台|载体|[^，]{0,8}活动)?)?(?:建设|项目|的品牌影响力|精准?予?以?支持)?[^，]{0,8})$`,
);

const BUILD: readonly (readonly [RegExp, ProgramState])[] = [
  [/(?:进一步)?(?:完善优化|持续举办|持续扩大|持续深化|完善|优化)/, "已有"],
  [
    /(?:加快推进建设|加快推进|推进建设|加快建设|着力建设|布局建设|着力推进|加快实施|努力打造|着力打造|加快打造|推进|打造|建设|搭建|构建|建成|新建|实施|举办|组成|布局|推行)/,
    "推进建设",
  ],
  [/(?:设立|组建|建立|形成|(?<!公)共建)/, "拟设立"],
];
const ENCOURAGE = /(?:鼓励和支持|鼓励|支持|争取|引导|推荐|盘活|引进和培育|加快集聚)/;
/** Aims, and what is led where: no matter that somebody could apply for. */
const NOBODY =
  /^(?:银行|保险|金融)机构|^(?:社会资本|社会资金|国有|民间|财政|资金|金融机构加大|各类)|集群|集聚|高质量发展$|加快成为|做大做强$/;
const SERVED = /企业|总部|机构|人才|团队|孵化器|高校|院所|项目|用地|平台/;

/** The measures of one clause, in their order; none for goals, duties, definitions and final clauses. Pure. */
export function findMeasures(clause: Clause, actionPlan: boolean): FoundMeasure[] {
  if (isFrontMatter(clause) || /^导语|^附件|^[问答]/.test(clause.section)) return [];
  if (clause.heading.some((heading) => heading.length < 30 && OUTSIDE.test(heading))) return [];
  const title = titleOf(clause);
  const sentences = splitSentences(clause.text).filter(
    (sentence) => sentence !== title && !NO_MEASURE.test(sentence) && !/责任(?:单位|部门)：/.test(sentence),
  );
  const recognised = findRecognition(clause);
  if (recognised) return [recognised];
  const grants = sentences.filter(
    (sentence) => GRANT.test(sentence) && /[\d%]|给予|予以|享受/.test(sentence),
  );
  const money = grants.some((sentence) => /[\d%％]/.test(sentence)) || (grants.length > 0 && !actionPlan);
  const built = sentences.flatMap((sentence) => findBuilt(sentence, clause));
  if (money) {
    const granted = toGrant(grants, title, clause);
    return [...(granted ? [granted] : []), ...built.filter(({ state }) => state === "拟设立")];
  }
  const encouraged = sentences.flatMap((sentence) => findEncouraged(sentence, title, clause, built));
  const all = [...built, ...encouraged];
  return all.filter((one, index) => all.findIndex(({ name }) => name === one.name) === index).slice(0, 8);
}

/** The clause's own short heading: “落户奖励。” */
export function titleOf({ text }: Clause): string | null {
  const [first, second] = splitSentences(text);
  if (first === undefined || second === undefined) return null;
  return first.length >= 3 && first.length <= 24 && !/[，：\d]/.test(first) ? first : null;
}

function findRecognition(clause: Clause): FoundMeasure | undefined {
  const [first] = splitSentences(clause.text);
  const asked =
    /^(?<verb>申请|申报)(?:认定)?(?<object>[^，。的]{2,16})(?:认定)?的?，应当?(?:同时)?(?:符合|具备|由)/.exec(
      first ?? "",
    );
  const { verb, object } = asked?.groups ?? {};
  if (!first || !verb || !object || /补贴|补助|奖励|资金|子基金/.test(object)) return undefined;
  return {
    name: object.endsWith("认定") ? object : `${object}认定`,
    ...{ state: "明确措施", verb, quote: first, sentences: [first], clause, how: "recognise", named: true },
  };
}

function toGrant(grants: readonly string[], title: string | null, clause: Clause): FoundMeasure | undefined {
  const [first] = grants;
  const verb = first && GIVES.exec(first)?.[0];
  if (!first || !verb || /^(?:单户|单个|单家|每家|同一|年度|累计|总额)/.test(first)) return undefined;
  const name = title ?? nameGrant(first);
  if (name.length < 3) return undefined;
  return {
    name,
    state: "明确措施",
    verb,
    quote: first,
    sentences: [...grants],
    clause,
    how: "grant",
    named: title !== null,
  };
}

/** 对年度考核优秀的孵化器给予50万元奖励 → 年度考核优秀的孵化器奖励. */
export function nameGrant(sentence: string): string {
  const whom =
    /^(?:对(?:于)?)?(?<whom>[^，。]{2,60}?)(?:的)?(?=，|给予|予以|按照|按|每年|$)/.exec(sentence)?.groups?.[
      "whom"
    ] ?? "";
  const what = [...sentence.matchAll(/奖励|补贴|补助|资助|贴息|补偿|奖补|减免|支持/g)].at(-1)?.[0] ?? "支持";
  const [head = whom] = splitParts(whom, "、，");
  const short = head.length < 6 || /[级型类]$/.test(head) ? whom : head;
  const bare = short
    .replace(
      /^(?:每年|每季度)?(?:实施|建立|对|凡|安排|评选)?(?:不(?:超过|少于|低于))?(?:\d+[万亿]?[元个名家项])?的?/,
      "",
    )
    .slice(0, 36);
  return bare.endsWith(what) ? bare : `${bare}${what}`;
}

function findBuilt(sentence: string, clause: Clause): FoundMeasure[] {
  return splitParts(sentence).flatMap((part) => {
    if (/^(?:鼓励|支持|引导|争取|推荐|通过|围绕|借助|以|依托|充分发挥|对接)/.test(part)) return [];
    for (const [verbs, state] of BUILD) {
      const found = verbs.exec(part);
      if (!found || found.index > 24) continue;
      const verb = found[0];
      const names = nameObjects(part.slice(found.index + verb.length));
      if (names.length === 0) continue;
      return names.map((name) => ({
        ...{ name, state, verb, quote: part, sentences: [sentence], clause },
        how: "build" as const,
        named: /[“”]/.test(name),
      }));
    }
    return [];
  });
}

const SIZE =
  /^(?:一批|若干|更多|一个|首批|总)?(?:总?规模(?:为)?[\d.]+[万亿]+元(?:人民币)?的)?(?:建设)?(?:一批|若干|高水平)?/;
const VAGUE =
  /^(?:(?:公共|服务|创新|综合|重点|产业|示范|研发|工作|交流|专业|应用|技术|管理|一批|相关|各类|有关)*(?:平台|中心|基地|场景|清单|品牌|联盟|活动|工程|计划|基金|联合体|实验室)|[^“]{0,8}(?:工作|协调|长效|责任|考核|保障|推进|协同|投入|体制|管理|运行|评价|监管|容错)[^“]{0,6}(?:机制|制度|体系))$/;

/** The things that are built: what stands in a row with a head of its own is one each. */
function nameObjects(rest: string): string[] {
  if (/等[^，]{0,6}项目(?:的)?(?:建设|落地|投产)?$/.test(rest)) return [];
  const { object } = OBJECT.exec(rest)?.groups ?? {};
  const text = object ?? (/等[^，]{0,10}(?:平台|项目|活动|建设)/.test(rest) ? rest : undefined);
  if (text === undefined) return [];
  const bare = rest.replace(SIZE, "").replace(/(?:等[^，、]{0,12})?(?:建设|项目)?$/, "");
  const headed = new RegExp(`(?:${HEADS})[”）)]?$`);
  const rows = splitParts(bare, "、").flatMap((one) =>
    one.split(/(?<=心|台|站|地|港|站”|场|动|坛|会)和(?=.{4})/),
  );
  const each = rows.filter((one) => headed.test(one) && one.length >= 4);
  const names = each.length === rows.length ? each : [text.replace(SIZE, "")];
  return names
    .map((name) => name.trim())
    .filter((name) => name.length >= 4 && name.length <= 44 && !isVague(name));
}

function isVague(name: string): boolean {
  return VAGUE.test(name) || /产业集群|生态圈?$|高地$|模式$/.test(name);
}

function findEncouraged(
  sentence: string,
  title: string | null,
  clause: Clause,
  built: readonly FoundMeasure[],
): FoundMeasure[] {
  const parts = splitParts(sentence);
  const measures: FoundMeasure[] = [];
  for (const part of parts) {
    if (!startsWithVerb(part) || !SERVED.test(part) || built.some(({ quote }) => quote === part)) continue;
    const found = ENCOURAGE.exec(part);
    if (!found) continue;
    const verb = found[0];
    const phrase = part.slice(found.index + verb.length);
    if (phrase.length < 5 || NOBODY.test(phrase)) continue;
    const short = phrase.length <= 30 ? phrase : (splitParts(phrase, "、")[0] ?? phrase).slice(0, 30);
    const own = title !== null && measures.length === 0 && parts.length <= 4;
    const name = own ? title : short;
    const quoted = { quote: part, sentences: [sentence], clause };
    measures.push({ name, state: "鼓励", verb, ...quoted, how: "encourage", named: own });
  }
  return measures;
}

function startsWithVerb(part: string): boolean {
  const found = ENCOURAGE.exec(part);
  return found !== null && found.index <= 4;
}
