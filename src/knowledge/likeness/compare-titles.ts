/** `same`; `within`: one is part of the other; `near`: a few characters differ; `other`; `numbered`: years or ordinals differ. */
export type TitleLikeness = "same" | "within" | "near" | "other" | "numbered";

const MIN_WITHIN = 6;
const NEAR_SHARE = 0.12;
const FIGURES = /\d+|第[一二三四五六七八九十]+(?:批|期|轮|次|部分)/g;
const PLACE = /^(?:[\u4e00-\u9fff]{1,6}?(?:特别行政区|自治区|自治州|新区|省|市|区|县|州|旗|镇)){1,3}/;

/** How two title keys stand to each other. Other places, years and batches make other documents, however alike the text. */
export function compareTitles(one: string, other: string): TitleLikeness {
  if (one === other) return "same";
  if (figuresOf(one) !== figuresOf(other)) return "numbered";
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= MIN_WITHIN && long.includes(short)) return "within";
  if (PLACE.exec(one)?.[0] !== PLACE.exec(other)?.[0]) return "other";
  const limit = Math.max(1, Math.floor(long.length * NEAR_SHARE));
  return countEdits(one, other, limit) <= limit ? "near" : "other";
}

function figuresOf(title: string): string {
  return (title.match(FIGURES) ?? []).sort().join(",");
}

/**
 * Whether a title that differs in a few characters is the known one misread: the body then says the known words as often as
 * the new ones. In a copy for another subject it does not say them any more.
 */
export function isMisread(title: string, known: string, text: string): boolean {
  let start = 0;
  while (start < title.length && title[start] === known[start]) start += 1;
  let end = 0;
  while (
    end < title.length - start &&
    end < known.length - start &&
    title.at(-1 - end) === known.at(-1 - end)
  )
    end += 1;
  const words = text
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
  const count = (key: string) =>
    words.split(key.slice(Math.max(0, start - 1), key.length - Math.max(0, end - 1))).length - 1;
  const asKnown = count(known);
  return asKnown > 0 && asKnown >= count(title) - 1;
}

/** Levenshtein distance, given up beyond the limit. */
function countEdits(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 1; index <= one.length; index += 1) {
    const next = [index];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[index - 1] === other[column - 1] ? 0 : 1;
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (row[column - 1] ?? 0) + same));
    }
    row = next;
  }
  return row[other.length] ?? limit + 1;
}
