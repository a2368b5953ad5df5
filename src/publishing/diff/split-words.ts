const segmenter = new Intl.Segmenter("zh-Hans-CN", { granularity: "word" });

const DIGITS = String.raw`\d+(?:[,.，．]\d+)*`;
const NUMERAL = "[零〇一二三四五六七八九十百千]{1,9}";
const SCALE = "(?:万亿|[千百]?万|亿)";
const UNIT =
  "(?:余|多)?(?:平方米|个百分点|工作日|个工作日|美元|人民币|公顷|元|年|月|日|天|亩|家|个|人|名|项|件|次|倍|岁|级|期|批|号|%|％|‰)?";

/**
 * What reads as one figure stays whole, so that a changed amount is marked as one: 2025年6月1日, 20万元, 百分之三十, 5.5%,
 * 〔2024〕8号, 第十二条.
 */
const WHOLE = new RegExp(
  [
    String.raw`[〔[（(]\d{4}[〕\])）]\s?第?\d+号`,
    String.raw`\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?`,
    String.raw`\d{1,2}月\d{1,2}日`,
    `百分之${NUMERAL}`,
    String.raw`第?[（(]?(?:${NUMERAL}|\d+)[）)]?[条章节款项、]`,
    String.raw`[（(](?:${NUMERAL}|\d+)[）)]`,
    `${DIGITS}${SCALE}?${UNIT}`,
    `${NUMERAL}${SCALE}?(?:万|元|年|个月|日|家|人|名|项|倍|级|%)`,
    "[A-Za-z][A-Za-z0-9-]*",
  ].join("|"),
  "g",
);

/** Words, figures and marks; put together they are the text. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let end = 0;
  for (const match of text.matchAll(WHOLE)) {
    pushWords(text.slice(end, match.index), words);
    words.push(match[0]);
    end = match.index + match[0].length;
  }
  pushWords(text.slice(end), words);
  return words;
}

function pushWords(text: string, words: string[]): void {
  if (text === "") return;
  for (const { segment } of segmenter.segment(text)) words.push(segment);
}
