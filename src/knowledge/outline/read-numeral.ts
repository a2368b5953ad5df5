const DIGITS = new Map(
  [..."〇零一二三四五六七八九"].map((character, index) => [character, index === 0 ? 0 : index - 1] as const),
);
DIGITS.set("○", 0);
DIGITS.set("Ｏ", 0);
DIGITS.set("O", 0);
DIGITS.set("两", 2);

/** Chinese or arabic numerals, blanks between them allowed (OCR): 十二, 一百零三, 二〇二五, 1 0, １２. Undefined: no number. */
export function readNumeral(printed: string): number | undefined {
  const compact = toHalfWidthDigits(printed).replace(/\s/g, "");
  if (compact === "") return undefined;
  if (/^\d+$/.test(compact)) return Number(compact);
  if (/[十百]/.test(compact)) return readPositional(compact);
  let value = 0;
  for (const character of compact) {
    const digit = DIGITS.get(character);
    if (digit === undefined) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

function readPositional(compact: string): number | undefined {
  let total = 0;
  let digit: number | undefined;
  for (const character of compact) {
    if (character === "百" || character === "十") {
      total += (digit ?? 1) * (character === "百" ? 100 : 10);
      digit = undefined;
      continue;
    }
    const next = DIGITS.get(character);
    if (next === undefined) return undefined;
    digit = next;
  }
  return total + (digit ?? 0);
}

export function toHalfWidthDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}
