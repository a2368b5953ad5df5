const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const LARGE: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

export const CHINESE_NUMERAL = "[零〇一二两三四五六七八九十百千万亿]";

/** 六万 → 60000, 一百二十 → 120, 千亿 → 1e11, 二〇二四 → 2024, 三点五 → 3.5. Undefined: no number. */
export function parseChineseNumeral(text: string): number | undefined {
  const [whole = "", fraction] = text.split("点");
  const value = /^[零〇一二两三四五六七八九]{2,}$/.test(whole) ? readDigits(whole) : readPlaces(whole);
  if (value === undefined || fraction === undefined) return value;
  return value + readDigits(fraction) / 10 ** fraction.length;
}

function readDigits(text: string): number {
  return [...text].reduce((value, character) => value * 10 + (DIGITS[character] ?? 0), 0);
}

function readPlaces(text: string): number | undefined {
  let total = 0;
  let group = 0;
  let digit: number | undefined;
  for (const character of text) {
    const small = SMALL[character];
    const large = LARGE[character];
    if (small !== undefined) {
      group += (digit ?? 1) * small;
      digit = undefined;
    } else if (large !== undefined) {
      const carried = group + (digit ?? 0);
      // 一亿三千万 adds, 三千万亿 multiplies.
      total = total >= large ? total + carried * large : (total + carried || 1) * large;
      group = 0;
      digit = undefined;
    } else {
      const value = DIGITS[character];
      // Two digits in a row without a place (十四五) are no number.
      if (value === undefined || (digit !== undefined && digit !== 0)) return undefined;
      digit = value;
    }
  }
  return total + group + (digit ?? 0);
}

/** 3.5 + 千万 → 35000000; 2,000 → 2000. */
export function parseArabicNumeral(digits: string, multipliers = ""): number {
  const factor = [...multipliers].reduce(
    (value, character) => value * (SMALL[character] ?? LARGE[character] ?? 1),
    1,
  );
  return Number(digits.replaceAll(",", "")) * factor;
}
