import { enumerationSizes } from "../evidence/enumeration-sizes.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";

/** Counters that count the same things. */
const COUNTERS: Readonly<Record<string, string>> = {
  家: "家户",
  名: "人名位",
  位: "人名位",
  人: "人名位",
  场: "场次届",
  次: "次场",
  期: "期次批",
  个: "个家所项种类条大处座",
  项: "项个条件",
  种: "种类个大",
  类: "类种个大",
  条: "条项个",
};
const ASKED =
  /(?:几|多少)(家|所|名|位|人|项|个|种|类|条|次|场|期|批|套|间|亩|辆|款|座|支|处|户|件|倍)?([\u4e00-\u9fa5]{2})?/;
const HERE_AND_NOW = /(现在|目前|已经|一共|总共|累计|截至|现有)/;
/** Conditions bound a number; they do not count what there is. */
const CONDITION =
  /(不少于|不低于|至少|不超过|最多|满|每|超过)\s*[\d一二三四五六七八九十百千万两]+\s*[家个所户人名位次场项种类]/g;

/**
 * Whether a sentence answers a how-many question: a number with the counter asked for (几场 is not answered by 30余家), no
 * mere condition when the present number is asked, or an enumeration of the things themselves.
 */
export function statesCount(sentence: string, { normalized, form }: UnderstoodQuestion): boolean {
  const [, counter, thing] = ASKED.exec(normalized) ?? [];
  if (thing && sentence.split(thing).length > 2) return true;
  if (form !== "open" && enumerationSizes(sentence).some((size) => size >= 3)) return true;
  const text = HERE_AND_NOW.test(normalized) ? sentence.replace(CONDITION, "") : sentence;
  const same = counter ? (COUNTERS[counter] ?? counter) : "家个所户人名位次场项种类条";
  return new RegExp(
    `[\\d一二三四五六七八九十百千万两余多]\\s*(万|余|多)?\\s*[${same}]|若干|一批|规模达到\\s*\\d`,
  ).test(text);
}
