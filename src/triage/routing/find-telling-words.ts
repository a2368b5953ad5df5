import { foldWords, holdsWord } from "./fold-words.ts";

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
const HAN = /^\p{Script=Han}{2,}$/u;
/** Words of every request, which tell nothing. */
const EVERYWHERE = new Set(
  "我们 公司 企业 贵司 请问 想问 咨询 了解 申请 办理 可以 怎么 什么 如何 是否 有没有 需要 希望 目前 现在 今年 去年 明年 相关 政策 部门 专员 对接 联系 情况 问题 事项 帮忙 谢谢 您好 你好 一下 一个 这个 那个 是不是 哪些 哪里 多少 为什么 不知道 麻烦".split(
    " ",
  ),
);

const MOST_WORDS = 6;

/**
 * Words that stand in the texts of one kind and hardly in those of the other, those that tell most first. A word must stand in
 * `minCount` of the first and be at least three times as frequent there.
 */
export function findTellingWords(
  texts: readonly string[],
  others: readonly string[],
  minCount: number,
): string[] {
  const [own, rest] = [texts.map(foldWords), others.map(foldWords)];
  const found = [...new Set(own.flatMap(toWords))].flatMap((word) => {
    const here = own.filter((text) => holdsWord(text, word)).length;
    const there = rest.filter((text) => holdsWord(text, word)).length;
    const telling = here >= minCount && here / own.length > 3 * (there / Math.max(rest.length, 1));
    return telling ? [{ word, here, there }] : [];
  });
  return found
    .toSorted(
      (one, other) =>
        other.here - other.there - (one.here - one.there) || other.word.length - one.word.length,
    )
    .slice(0, MOST_WORDS)
    .map(({ word }) => word);
}

/** Words of a text and pairs of neighbours, which keep together what the dictionary cuts (公|租房). */
function toWords(text: string): string[] {
  const words: string[] = [];
  let before = "";
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike && HAN.test(segment) && !EVERYWHERE.has(segment)) words.push(segment);
    const pair = before + segment;
    const joinable = before.length === 1 || segment.length === 1;
    if (before !== "" && isWordLike && joinable && pair.length <= 4 && /^\p{Script=Han}{3,}$/u.test(pair))
      words.push(pair);
    before = isWordLike ? segment : "";
  }
  return words;
}
