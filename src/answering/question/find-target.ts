import type { QueryAnalysis, QueryWord } from "../../retrieval/index.ts";

const ASKS_FOR =
  /(有啥|有什么|有哪些|有哪几个?|哪些|哪几个?|什么样的|什么|啥|哪种|哪类|哪个|有没有|有无|找个?|推荐个?|\bwhich\b|\bwhat\b)/g;
/** So far behind the asking word the thing asked for may stand: 有什么[产业]基金. */
const REACH = 6;
/** More common words (政策, 企业) tell clauses apart too little. */
const LEAST_IDF = 2;

/** The thing that is asked for: 我们做小核酸的，有啥基金能对接 → 基金. Undefined when the question names none. */
export function findTarget(normalized: string, { words }: QueryAnalysis): QueryWord | undefined {
  for (const match of normalized.matchAll(ASKS_FOR)) {
    const from = match.index + match[0].length;
    const candidates = words.filter(
      ({ start, partOfSpeech, idf }) =>
        start >= from &&
        start <= from + REACH &&
        !/[，。；,;！？!?]/.test(normalized.slice(from, start)) &&
        /^(n|vn|eng|l|j)/.test(partOfSpeech ?? "n") &&
        idf >= LEAST_IDF,
    );
    const target = candidates.at(-1);
    if (target && target.text.length > 1 && (target.known || target.alternatives.length > 0)) return target;
  }
  return undefined;
}
