/**
 * How loose words of size are read, the one table for it. `n` is the number beside the word, `step` the value of its last
 * counted place (三百 → 100, 2.3亿 → 0.1亿). Null: no bound on that side.
 *
 * | words                                   | read as                       |
 * |-----------------------------------------|-------------------------------|
 * | 约 大概 差不多 左右 上下 来             | n ± 10 %                      |
 * | 多 余（三百多、四个多亿）               | [n, n + step)                 |
 * | 出头                                    | [n, n + 10 %]                 |
 * | 近 将近 接近 快 小                      | [n − 10 %, n]                 |
 * | 不到 不足 少于 低于 未满                | (−, n)                        |
 * | 不超过 最多 至多 以内 以下              | (−, n]                        |
 * | 超过 超 逾 多于 高于 突破 过            | (n, −)                        |
 * | 以上 至少 不少于 不低于 起码 +          | [n, −)                        |
 * | 几（几十、几百万）                      | [2, 10) of the place          |
 * | 好几                                    | [3, 10) of the place          |
 * | 十几、二十几                            | [11, 19], [21, 29]            |
 * | 上（上百、上千万）                      | [1, −) of the place           |
 * | 三五十、七八个、两三百万                | both digits, both bounds in   |
 * | 把（百把人、万把平）                    | n ± 10 %                      |
 * | 百十来、百八十                          | [90, 110], [80, 100]          |
 */
export const LOOSE_SHARE = 0.1;

export interface Bounds {
  min: number | null;
  max: number | null;
  minOpen?: true;
  maxOpen?: true;
}

export type Looseness =
  | "about"
  | "more-some"
  | "just-over"
  | "nearly"
  | "below"
  | "at-most"
  | "above"
  | "at-least";

export const WORDS_BEFORE: readonly (readonly [RegExp, Looseness])[] = [
  [/(?:不超过|不多于|不高于|不大于|至多|最多|顶多|撑死)\s*(?:也就)?$/u, "at-most"],
  [/(?:不少于|不低于|不小于|至少|最少|起码|少说(?:也)?有?|最低)$/u, "at-least"],
  [/(?:不到|不足|少于|低于|小于|未满|不满|没到|未到|不够)\s*$/u, "below"],
  [/(?:超过|超出|多于|高于|大于|突破|超|逾|破|过了?)\s*$/u, "above"],
  [/(?:将近|接近|快要?|近|小)\s*(?:有|到)?\s*$/u, "nearly"],
  [
    /(?:大约|大概|大致|约莫|约|差不多|估计|估摸着?|也就|左不过|基本上?|大体)\s*(?:有|是|在|为|要|需要?|想要)?\s*$/u,
    "about",
  ],
];

export const WORDS_AFTER: readonly (readonly [RegExp, Looseness])[] = [
  [/^\s*(?:以上|起步|及以上|往上|开外|\+)/u, "at-least"],
  [/^\s*(?:以下|以内|之内|及以下)/u, "at-most"],
  [/^\s*(?:还)?(?:不到|不足|没到)(?![一二两三四五六七八九十\d])/u, "below"],
  [/^\s*(?:左右|上下|的样子|样子|前后)/u, "about"],
  [/^\s*(?:出头|冒头|挂零)/u, "just-over"],
];

/** Applies a word of size to exact or already ranging bounds. */
export function loosen(bounds: Bounds, step: number, looseness: Looseness): Bounds {
  const low = bounds.min ?? 0;
  const high = bounds.max ?? low;
  switch (looseness) {
    case "about":
      // A range is loose enough: 大概五百到八百万.
      if (bounds.min !== bounds.max) return bounds;
      return {
        min: round(low - Math.abs(low) * LOOSE_SHARE),
        max: round(high + Math.abs(high) * LOOSE_SHARE),
      };
    case "more-some":
      return { min: low, max: round(high + step), maxOpen: true };
    case "just-over":
      return { min: low, max: round(high * (1 + LOOSE_SHARE)) };
    case "nearly":
      return { min: round(low * (1 - LOOSE_SHARE)), max: high };
    case "below":
      return { min: null, max: high, maxOpen: true };
    case "at-most":
      return { min: null, max: high };
    case "above":
      return { min: low, max: null, minOpen: true };
    case "at-least":
      return { min: low, max: null };
  }
}

/** Sums of decimal fractions: 2.3 × 1e8 is 230000000, not 229999999.99999997. */
export function round(value: number): number {
  return Number(value.toPrecision(12));
}
