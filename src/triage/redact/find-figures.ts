/** Figures that a policy lives on and that stay: amounts, quantities, days, numbers of documents and standards. */

const YEAR = "(?:19|20)\\d{2}";
const MONTH = "(?:0?[1-9]|1[0-2])";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])";
const TIME = "(?:[t ]{0,2}\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?(?!\\d)(?:z|\\+08:?00)?)?";

const CURRENCY =
  "(?:(?:十|百|千|万|亿)*(?:元|美元|美金|欧元|日元|港元|港币|英镑|人民币|块钱|块)|(?:十|百|千)?(?:万|亿)|rmb|cny|usd)";
const QUANTITY =
  "(?:平方米|平方|平米|平|㎡|m2|亩|公顷|股|吨|公斤|千克|kg|千瓦|kw|度电|立方|家|人|件|台|套|户|次|瓶|片|支|粒|升|%)";

/** What follows a number that is money, whatever it looks like. */
export const MONEY_FOLLOWS = new RegExp(`^\\s?${CURRENCY}`, "u");

const KEPT: readonly RegExp[] = [
  new RegExp(`(?<!\\d)${YEAR}\\s?年度?(?:\\s?\\d{1,2}\\s?月(?:\\s?\\d{1,2}\\s?[日号])?)?`, "gu"),
  new RegExp(`(?<![\\d-])${YEAR}([-/.])${MONTH}(?:\\1${DAY})?(?!\\d)${TIME}`, "gu"),
  new RegExp(`(?<![\\d-])${YEAR}(?:0[1-9]|1[0-2])(?:(?:0[1-9]|[12]\\d|3[01]))?(?![\\da-z])`, "gu"),
  new RegExp(`(?<![\\d-])${YEAR}(?:(?:\\s?[-–—~至到]\\s?|[ 、,，/])${YEAR})+(?![\\d-])`, "gu"),
  /[¥￥$€£]\s?\d[\d,]{0,18}(?![\d,])(?:\.\d{1,4})?(?!\d)/gu,
  /(?<![\d,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])/gu,
  /(?<![\da-z.])\d{1,15}\.\d{1,2}(?![\d.])/gu,
  new RegExp(
    `(?<!\\d)(?:\\d{1,15}(?:\\.\\d+)?\\s?[-–—~至到]\\s?)?\\d{1,15}(?:\\.\\d+)?\\s?${CURRENCY}`,
    "gu",
  ),
  new RegExp(`(?<!\\d)(?:\\d{1,9}(?:\\.\\d+)?\\s?[-–—~至到]\\s?)?\\d{1,10}(?:\\.\\d+)?\\s?${QUANTITY}`, "gu"),
  /(?<=(?:金额|营收|收入|产值|利润|税收|纳税|投资|预算|资本|资产|估值|额度|贷款|融资|补贴|奖励|费用|支出|价格|租金|总额|销售额|规模|产量|产能|面积|人数)[^\d\n。；，,]{0,4})\d{1,13}(?!\d)/gu,
  /[〔[(【](?:19|20)\d{2}[〕\])】]\s?第?\s?\d{1,6}\s?号?/gu,
  /(?<![a-z])(?:gb|yy|iso|iec|hj|db\d{0,2}|qb|hg|jb|wst?|nmpa|t)(?:\/[a-z]{1,6})?[ -]?\d{2,6}(?:\.\d+)?(?:[-—]\d{2,4})?(?!\d)/gu,
];

/** Of folded text; in no order. */
export function findFigures(folded: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const pattern of KEPT) {
    for (const match of folded.matchAll(pattern)) {
      if (match[0] !== "") found.push({ start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}
