import type { ProfileLexicon } from "../../enterprises/index.ts";
import type { Program, ProgramKind, ServedNeed } from "../types.ts";

const KINDS: readonly (readonly [RegExp, ProgramKind])[] = [
  [/基金|创投|股权投资/, "基金"],
  [/上市|挂牌/, "上市"],
  [/贷款|贴息|担保|融资|信贷|风险补偿|金融|资金池/, "金融服务"],
  [/总部/, "总部"],
  [/公寓|安居|住房|安家/, "人才安居"],
  [/大赛|挑战赛|创业赛/, "赛事"],
  [/培训|研修|实训/, "培训"],
  [/维权|专利|知识产权|商标/, "知识产权"],
  [/注册服务|注册指导|备案|注册证|国际注册|特别审查/, "注册备案"],
  [/质量|品牌|标准制/, "质量品牌"],
  [/孵化|加速器|众创/, "孵化"],
  [/技改|技术改造|设备更新|智能化改造/, "技改"],
  [/厂房|用地|租金|用房|场地|产业园/, "空间"],
  [/人才|引才|博士|英才/, "人才"],
  [/论坛|峰会|大会|活动|展会|会展/, "活动"],
  [/场景/, "场景"],
  [/一网通办|一码通|政务/, "政务服务"],
  [/临床|研发|攻关|创新券|新药/, "研发"],
  [/平台|中心|基地|实验室|研究院|机构/, "平台"],
  [/认定|专精特新|高新技术企业|资质/, "资质"],
  [/培育|链主|冠军|名单/, "培育"],
  [/招商|落户|引进/, "招商"],
  [/补贴|补助|奖励|资助/, "补贴"],
  [/服务|机制/, "服务"],
];

/** By the name first, then by what it gives. Pure. */
export function chooseKind(name: string, text: string): ProgramKind {
  return (
    (KINDS.find(([words]) => words.test(name)) ?? KINDS.find(([words]) => words.test(text)))?.[1] ?? "其他"
  );
}

/** Needs whose words the name says (direct) or the text (related), at most six. Pure. */
export function chooseNeeds(name: string, text: string, lexicon: ProfileLexicon): ServedNeed[] {
  const found: ServedNeed[] = [];
  for (const { id, words, topics = [], not = [] } of lexicon.needs.values()) {
    const said = (where: string, least: number) =>
      [...words, ...topics].some((word) => word.length >= least && where.includes(word)) &&
      !not.some((pattern) => new RegExp(pattern).test(where));
    if (said(name, 2)) found.push({ need: id, fit: "direct" });
    else if (said(text, 3)) found.push({ need: id, fit: "related" });
  }
  return found
    .sort((one, other) => Number(other.fit === "direct") - Number(one.fit === "direct"))
    .slice(0, 6);
}

/** Industries that the measure itself names, the nearest term of each word. Pure. */
export function chooseIndustries(text: string, lexicon: ProfileLexicon): string[] {
  let rest = text;
  const words = [...lexicon.industries.values()]
    .flatMap((term) => [term.name, ...term.words].map((word) => ({ id: term.id, word, not: term.not ?? [] })))
    .filter(({ word }) => /^[一-鿿]{3,}$/.test(word) || /^(?:新药|药品|疫苗)$/.test(word))
    .sort((one, other) => other.word.length - one.word.length);
  const ids = new Set<string>();
  for (const { id, word, not } of words) {
    if (!rest.includes(word) || not.some((pattern) => new RegExp(pattern).test(text))) continue;
    rest = rest.replaceAll(word, "＃");
    ids.add(id);
  }
  return ids.size > 6 ? [] : [...ids];
}

const SUBJECTS: readonly (readonly [RegExp, string[]])[] = [
  [/企业|公司|申办者/, ["company", "foreign-company"]],
  [/央企/, ["central-soe"]],
  [/高校|大学/, ["university"]],
  [/科研院所|研究机构|研发机构/, ["institute"]],
  [/医院|医疗机构/, ["hospital"]],
  [/创投机构|投资机构|管理机构/, ["investor"]],
  [/团队/, ["team"]],
  [/人才|毕业生|个人/, ["individual"]],
];

/** Whose matter it is, by the words of the audience; nobody is left out where it is not said. Pure. */
export function chooseSubjects(audience: string, lexicon: ProfileLexicon): Program["subjects"] {
  const known = new Set(lexicon.fields.get("subject-type")?.options?.map(({ id }) => id));
  if (/孵化器|众创空间/.test(audience) && !/在孵/.test(audience))
    return ["incubator-operator"].filter((id) => known.has(id));
  const ids = SUBJECTS.flatMap(([words, subjects]) => (words.test(audience) ? subjects : []));
  return ids.filter((id) => known.has(id));
}
