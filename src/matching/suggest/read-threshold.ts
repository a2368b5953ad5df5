import type { FieldId } from "../../enterprises/index.ts";
import { readFigures } from "../catalogue/read-figures.ts";
import type { CriterionTest } from "../types.ts";

/** Whether 以上 and 以下 include the number itself; a document may say otherwise. */
export interface Bounds {
  aboveIncluded: boolean;
  belowIncluded: boolean;
}

export const USUAL_BOUNDS: Bounds = { aboveIncluded: true, belowIncluded: true };

type Operator = "at-least" | "more-than" | "at-most" | "less-than";

interface Measured {
  field: FieldId;
  words: RegExp;
  units: RegExp;
}

const MONEY = /^(?:元|人民币元)$/;
const PEOPLE = /^[人名位]$/;
/** The first that fits counts: a share before the amount it is a share of. */
const MEASURED: readonly Measured[] = [
  {
    field: "rd-share",
    words:
      /(?:研发|研究开发)(?:费用?|投入|经费|支出)(?:总额|总和)?占(?:同期|上年度?|当年)?(?:营业|销售)(?:总)?收入(?:总额)?(?:的?(?:比例|比重|比))?/,
    units: /^[%％]$/,
  },
  { field: "rd-expense", words: /(?:研发|研究开发)(?:费用?|投入|经费|支出)(?:总额)?(?!占)/, units: MONEY },
  { field: "revenue", words: /(?:营业(?:总)?收入|营收|年销售额|年销售收入)(?:总额)?/, units: MONEY },
  { field: "net-profit", words: /净利润/, units: MONEY },
  { field: "total-assets", words: /资产总额|总资产/, units: MONEY },
  { field: "registered-capital", words: /(?<!实缴)注册资(?:本|金)/, units: MONEY },
  {
    field: "tax-paid",
    words: /纳税(?:总)?额|缴纳税(?:收|款)(?:总额)?|实缴税(?:收|金|款)(?:总额)?/,
    units: MONEY,
  },
  { field: "rd-headcount", words: /(?:研发|科技|研究开发)人(?:员|数)(?:总)?数?/, units: PEOPLE },
  { field: "headcount", words: /(?:职工|员工|从业人员)(?:总人?数|人?数)?/, units: PEOPLE },
  { field: "loan-amount", words: /(?:单笔)?贷款(?:金额|额度?)/, units: MONEY },
  {
    field: "investment-amount",
    words: /(?:项目)?总投资额?|项目投资(?:总)?额|固定资产投资(?:总)?额?/,
    units: MONEY,
  },
];

/** Another figure than the field's: an average, growth, part of it, a sum of years, the past of a named year. */
const OTHER_FIGURE =
  /平均|年均|人均|亩均|均值|累计|合计|增长|增速|增幅|新增|增加|连续|近[两二三四五\d]|每年|每个|每家|其中|境外|出口|在本[市区县]|对本[市区县]|本地|区级|市级|预计|承诺|未来|实缴|以外|\d{4}年|或|占(?!.*收入)|比上年|较上年|同比|每/;
const NEGATED = /(?:未|没有|不存在|无需|除外|不受|不含(?!本数))/;

const AMOUNT =
  "(?<figure>\\d[\\d,]*(?:\\.\\d+)?|百分之[一二三四五六七八九十\\d]+|[一二两三四五六七八九十百千]+)\\s*(?<scale>万亿|亿|千万|百万|万)?\\s*(?<unit>元|人民币元|人|名|位|%|％|平方米|亩|家|项|个)?";
const BEFORE =
  "(?<before>不低于|不少于|不小于|不得低于|不得少于|应达到|须达到|达到|达|至少|大于等于|≥|不超过|不高于|不多于|不大于|不得超过|不得高于|至多|小于等于|≤|超过|高于|大于|多于|＞|>|低于|不足|少于|小于|不满|未满|未超过|＜|<)?";
const AFTER =
  "\\s*(?<after>[（(](?:不含|含)(?:本数)?[）)]\\s*(?:及)?以[上下内]|(?:及)?以[上下内]\\s*(?:[（(](?:不含|含)(?:本数)?[）)])?)?";
const COMPARISON = new RegExp(
  `^\\s*(?:的)?(?:应当?|须|需|必须|均|为|在|约?应)?\\s*${BEFORE}\\s*${AMOUNT}${AFTER}`,
);
const SPAN =
  /^\s*(?:的)?(?:应当?|须|需|为|在|介于)?\s*(\d[\d,]*(?:\.\d+)?)\s*(万亿|亿|千万|百万|万)?\s*(元|人|名|%|％)?\s*(?:[（(]含[）)])?\s*(?:至|到|—|－|-|–|~|～)\s*(\d[\d,]*(?:\.\d+)?)\s*(万亿|亿|千万|百万|万)?\s*(元|人|名|%|％)(?:之间)?(?:的|$)/;

/** A threshold that field, operator, value and unit can be read from surely; otherwise undefined. Pure. */
export function readThreshold(phrase: string, bounds: Bounds = USUAL_BOUNDS): CriterionTest | undefined {
  const text = phrase.replace(/[０-９．％]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return readAge(text) ?? readMeasured(text, bounds);
}

function readMeasured(text: string, bounds: Bounds): CriterionTest | undefined {
  if (OTHER_FIGURE.test(text) || NEGATED.test(text.replace(/未超过|未满/g, ""))) return undefined;
  for (const { field, words, units } of MEASURED) {
    const found = words.exec(text);
    if (!found) continue;
    const rest = text.slice(found.index + found[0].length);
    if (!BARE_BEFORE.test(text.slice(0, found.index))) return undefined;
    const span = readSpan(rest, field, units);
    if (span) return span;
    const read = COMPARISON.exec(rest)?.groups;
    const made = read && readComparison(read, bounds, units);
    // A second figure may be a condition of its own; then nothing is sure.
    const tail = rest.slice(COMPARISON.exec(rest)?.[0].length ?? 0);
    if (!made || !BARE_AFTER.test(tail) || readFigures(withoutYears(text)).length !== figuresIn(read))
      return undefined;
    return { field, ...made };
  }
  return undefined;
}

function figuresIn(read: Record<string, string | undefined>): number {
  return readFigures(`${read["figure"] ?? ""}${read["scale"] ?? ""}`).length;
}

function withoutYears(text: string): string {
  return text.replace(
    /上一(?:个)?(?:会计)?年度?|最近一(?:个)?(?:会计)?年度?|近一年|第?[一二三]方|一次性|一般/g,
    "",
  );
}

function readSpan(rest: string, field: FieldId, units: RegExp): CriterionTest | undefined {
  const span = SPAN.exec(rest);
  if (!span) return undefined;
  const [, low = "", lowScale, lowUnit, high = "", highScale = "", unit = ""] = span;
  const same = (lowScale ?? highScale) === highScale && (lowUnit ?? unit) === unit;
  if (!same || !units.test(unit)) return undefined;
  const value: [number, number] = [toNumber(low), toNumber(high)];
  if (!(value[0] < value[1])) return undefined;
  return { field, operator: "between", value, unit: `${highScale}${plainUnit(unit)}` };
}

function readComparison(
  read: Record<string, string | undefined>,
  bounds: Bounds,
  units: RegExp,
): { operator: Operator; value: number; unit: string } | undefined {
  const percent = read["figure"]?.startsWith("百分之") ?? false;
  const unit = percent ? "%" : (read["unit"] ?? "");
  if (!units.test(unit)) return undefined;
  const operator = joinOperators(readBefore(read["before"]), readAfter(read["after"], bounds));
  const figure = (read["figure"] ?? "").replace("百分之", "");
  const value = toNumber(figure);
  if (!operator || Number.isNaN(value)) return undefined;
  return { operator, value, unit: `${read["scale"] ?? ""}${plainUnit(unit)}` };
}

function toNumber(figure: string): number {
  return readFigures(figure)[0] ?? Number.NaN;
}

function plainUnit(unit: string): string {
  if (unit === "％") return "%";
  return /^[名位]$/.test(unit) ? "人" : unit;
}

function readBefore(word: string | undefined): Operator | "reaches" | undefined {
  if (word === undefined) return undefined;
  if (/^(?:应|须)?达到?$/.test(word)) return "reaches";
  if (/^(?:不(?:得)?(?:低于|少于|小于)|至少|大于等于|≥)$/.test(word)) return "at-least";
  if (/^(?:不(?:得)?(?:超过|高于|多于|大于)|至多|小于等于|≤|未超过)$/.test(word)) return "at-most";
  return /^(?:超过|高于|大于|多于|＞|>)$/.test(word) ? "more-than" : "less-than";
}

function readAfter(word: string | undefined, { aboveIncluded, belowIncluded }: Bounds): Operator | undefined {
  if (word === undefined) return undefined;
  const said = word.includes("不含") ? false : /含|及/.test(word) ? true : undefined;
  if (word.includes("上")) return (said ?? aboveIncluded) ? "at-least" : "more-than";
  return (said ?? belowIncluded) ? "at-most" : "less-than";
}

/** 达到 … 以上 says one thing; 超过 … 以下 says none. */
function joinOperators(before: Operator | "reaches" | undefined, after: Operator | undefined) {
  if (before === "reaches") return after ?? "at-least";
  if (before === undefined || after === undefined) return before ?? after;
  return before === after ? before : undefined;
}

/** What may stand before and after without saying more than the figure does: 新引进的 and 总部 would. */
const BARE_BEFORE =
  /^(?:且|并且?|同时|须|应当?|需|企业|申报企业|申请企业|申报单位|申请单位|申请人|公司|单位|其|的|重点投资|投资|投向|上一?个?(?:会计)?年度?|最近一个?(?:会计)?年度?|近一年|全年|全部|年末|年度?|经审计的?|财务报表|拥有|符合|达到|以下条件|总|在职|，|：|:|\s)*$/;
const BARE_AFTER = /^(?:的)?(?:(?:科技|创新)?型?(?:企业|公司|单位|的))*[。；;，\s]*$/;

const AGE =
  /(?:成立|设立|注册(?:登记|成立)?)(?:时间|年限|期限)?(?:应当?|须|需|为|在)?(?<before>已?满|不少于|不低于|不超过|不满|不足|未满|超过|少于|未超过)?\s*(?<figure>\d+|[一二两三四五六七八九十]+)\s*(?:个)?(?<unit>周?年|月)(?<after>(?:[（(]含[）)])?(?:及)?以[上内下])?/;

function readAge(text: string): CriterionTest | undefined {
  const found = AGE.exec(text);
  if (!found?.groups || /或|子公司|机构|项目|基金|平台|中心/.test(text)) return undefined;
  const { before, figure = "", unit: word = "", after } = found.groups;
  const tail = text.slice(found.index + found[0].length);
  if (!BARE_BEFORE.test(text.slice(0, found.index)) || !BARE_AFTER.test(tail)) return undefined;
  const value = toNumber(figure);
  const unit = word === "月" ? "月" : "年";
  if (!Number.isInteger(value) || value < 1) return undefined;
  const old = /^(?:已?满|不少于|不低于)$/.test(before ?? "") || (!before && /上$/.test(after ?? ""));
  if (old)
    return /[内下]$/.test(after ?? "")
      ? undefined
      : { field: "founded-on", operator: "age-at-least", value, unit };
  const young =
    /^(?:不超过|不满|不足|未满|少于|未超过)$/.test(before ?? "") || (!before && /[内下]$/.test(after ?? ""));
  if (!young || /上$/.test(after ?? "")) return undefined;
  return { field: "founded-on", operator: "age-less-than", value, unit };
}

/** What the document itself says of 以上 and 以下: “本办法所称‘以上’不含本数”. Pure. */
export function readBounds(text: string): Bounds {
  const rules = text.match(/[^。\n]*(?:本数)[^。\n]*/g) ?? [];
  let bounds = USUAL_BOUNDS;
  for (const rule of rules) {
    if (!/所称|中的|提及|本(?:办法|细则|措施|意见|规定|通知|指南|政策)/.test(rule)) continue;
    for (const part of rule.split(/[，,；;]/)) {
      if (!/本数/.test(part)) continue;
      const included = !/不(?:包?含|包括)/.test(part);
      const above = /以上/.test(part);
      const below = /以下|以内/.test(part);
      bounds = {
        aboveIncluded: above ? included : bounds.aboveIncluded,
        belowIncluded: below ? included : bounds.belowIncluded,
      };
    }
  }
  return bounds;
}
