/**
 * What stands around a figure and changes what it says. Words of one class say the same (不低于 = 至少 = 以上);
 * classes are never exchanged for one another.
 */
export type QualifierClass =
  | "more-than"
  | "at-least"
  | "less-than"
  | "at-most"
  | "about"
  | "each-day"
  | "each-month"
  | "each-year"
  | "each-one"
  | "average"
  | "total"
  | "as-a-rule"
  | "new"
  | "aim";

type Rule = readonly [QualifierClass, RegExp];

/** Words that count wherever they stand between the previous figure and this one. Longer ones first. */
const BEFORE_ANYWHERE: readonly Rule[] = [
  ["at-least", /不低于|不少于|不小于|至少|最低|最少/g],
  ["at-most", /不超过|不高于|不多于|不大于|至多|最多|最高|上限|封顶/g],
  ["more-than", /超过|超出|突破|多于|大于|高于/g],
  ["less-than", /不足|不到|未满|未达|少于|低于|小于/g],
  ["about", /大约|大概|将近|接近|左右|(?<![集节合预契特邀签违履制])约(?=[为占达合有是])/g],
  ["each-day", /日均|每日|每天/g],
  ["each-month", /月均|每月/g],
  ["each-year", /年均|每年|同一年度|年度/g],
  ["each-one", /人均|户均|亩均|每[家个户人项次件亩]|单[个笔家户项次件]/g],
  ["average", /平均/g],
  ["total", /累计|合计|总计|总共|共计/g],
  ["as-a-rule", /原则上|一般/g],
  ["new", /新增|净增|新引进|新建|新设/g],
];
/** One-character words, only directly before the number. */
const BEFORE_ADJACENT: readonly Rule[] = [
  ["about", /(约|近)$/g],
  ["more-than", /(超|逾)$/g],
  ["at-least", /满$/g],
];
const AFTER: readonly Rule[] = [
  ["at-least", /^(及?以上|起(?![来步草]))/g],
  ["at-most", /^(及?以下|以内|之内|内(?!容|部|设|资|涵)|封顶|为上限|为限)/g],
  ["more-than", /^[余多](?!元|种|项|样|级|方)/g],
  ["about", /^(左右|上下)/g],
];
/** An aim holds for the whole segment that it opens. */
const AIM = /力争|争取|努力|目标|预计|计划|预期|拟(?!定|人|真)|力求/g;

export interface QualifierScope {
  /** The segment up to the number. */
  segmentBefore: string;
  /** The part of it after the previous figure. */
  ownBefore: string;
  /** The segment after number and unit. */
  after: string;
}

export function readQualifiers({ segmentBefore, ownBefore, after }: QualifierScope): Set<QualifierClass> {
  const found = new Set<QualifierClass>();
  let rest = ownBefore;
  for (const [kind, pattern] of BEFORE_ANYWHERE) {
    // Taken words are blanked, so that 不低于 is not read as 低于 as well.
    rest = rest.replace(pattern, (word) => {
      found.add(kind);
      return "\u0000".repeat(word.length);
    });
  }
  for (const [kind, pattern] of BEFORE_ADJACENT) if (ownBefore.search(pattern) >= 0) found.add(kind);
  for (const [kind, pattern] of AFTER) if (after.search(pattern) >= 0) found.add(kind);
  if (segmentBefore.search(AIM) >= 0) found.add("aim");
  return found;
}

/** Everything that qualifies, for taking it out of a figure's context. */
export const QUALIFIER_WORDS = new RegExp(
  [
    ...BEFORE_ANYWHERE.map(([, pattern]) => pattern.source),
    AIM.source,
    "以上|以下|以内|左右|上下|达到|达",
  ].join("|"),
  "g",
);
