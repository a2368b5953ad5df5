const DIGITS = [..."〇一二三四五六七八九"];
const LEGAL_SIMPLIFIED = [..."零壹贰叁肆伍陆柒捌玖"];
const LEGAL_TRADITIONAL = [..."零壹貳參肆伍陸柒捌玖"];
const STEMS = [..."甲乙丙丁戊己庚辛壬癸"];
const BRANCHES = [..."子丑寅卯辰巳午未申酉戌亥"];

type Format = (value: number) => string;

/** `w:numFmt` → how it prints a number. What is not here prints as decimal. */
const FORMATS: Readonly<Record<string, Format>> = {
  decimal: String,
  decimalHalfWidth: String,
  decimalZero: (value) => String(value).padStart(2, "0"),
  decimalFullWidth: toFullWidth,
  decimalFullWidth2: toFullWidth,
  decimalEnclosedCircle: toCircled,
  decimalEnclosedCircleChinese: toCircled,
  decimalEnclosedParen: (value) => fromBlock(value, 0x2474, 20, `(${value})`),
  decimalEnclosedFullstop: (value) => fromBlock(value, 0x2488, 20, `${value}.`),
  ideographEnclosedCircle: (value) => fromBlock(value, 0x3280, 10, countChinese(value)),
  numberInDash: (value) => `- ${value} -`,
  upperRoman: toRoman,
  lowerRoman: (value) => toRoman(value).toLowerCase(),
  upperLetter: toLetters,
  lowerLetter: (value) => toLetters(value).toLowerCase(),
  chineseCounting: (value) => countChinese(value),
  chineseCountingThousand: (value) => countChinese(value),
  taiwaneseCounting: (value) => countChinese(value),
  taiwaneseCountingThousand: (value) => countChinese(value),
  // Word leaves out 一 before 百 here (第百条); Chinese readers write 第一百条.
  japaneseCounting: (value) => countChinese(value),
  koreanCounting: (value) => countChinese(value),
  ideographDigital: spellDigits,
  japaneseDigitalTenThousand: spellDigits,
  taiwaneseDigital: spellDigits,
  koreanDigital: spellDigits,
  chineseLegalSimplified: (value) => countLegal(value, LEGAL_SIMPLIFIED),
  ideographLegalTraditional: (value) => countLegal(value, LEGAL_TRADITIONAL),
  japaneseLegal: (value) => countLegal(value, LEGAL_TRADITIONAL),
  ideographTraditional: (value) => STEMS[value - 1] ?? String(value),
  ideographZodiac: (value) => BRANCHES[value - 1] ?? String(value),
  ordinal: toOrdinal,
  none: () => "",
  bullet: () => "",
};

export function formatNumber(value: number, format: string): string {
  const print = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return (print ?? String)(value);
}

function toFullWidth(value: number): string {
  return String(value).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
}

function toCircled(value: number): string {
  if (value >= 21 && value <= 35) return String.fromCharCode(0x3251 + value - 21);
  if (value >= 36 && value <= 50) return String.fromCharCode(0x32b1 + value - 36);
  return fromBlock(value, 0x2460, 20, String(value));
}

function fromBlock(value: number, first: number, count: number, otherwise: string): string {
  return value >= 1 && value <= count ? String.fromCharCode(first + value - 1) : otherwise;
}

const ROMAN: readonly [number, string][] = [
  [1000, "M"],
  [900, "CM"],
  [500, "D"],
  [400, "CD"],
  [100, "C"],
  [90, "XC"],
  [50, "L"],
  [40, "XL"],
  [10, "X"],
  [9, "IX"],
  [5, "V"],
  [4, "IV"],
  [1, "I"],
];

function toRoman(value: number): string {
  if (value < 1 || value > 3999) return String(value);
  let rest = value;
  let text = "";
  for (const [size, letters] of ROMAN) {
    while (rest >= size) {
      text += letters;
      rest -= size;
    }
  }
  return text;
}

/** A … Z, AA, BB …: word processors repeat the letter. */
function toLetters(value: number): string {
  if (value < 1 || value > 26 * 20) return String(value);
  const letter = String.fromCharCode(65 + ((value - 1) % 26));
  return letter.repeat(Math.floor((value - 1) / 26) + 1);
}

function toOrdinal(value: number): string {
  const tens = value % 100;
  const ending = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}

function spellDigits(value: number): string {
  return [...String(value)].map((digit) => DIGITS[Number(digit)] ?? digit).join("");
}

function countChinese(value: number): string {
  const text = count(value, ["零", ...DIGITS.slice(1)], ["", "十", "百", "千"]);
  return text.startsWith("一十") ? text.slice(1) : text;
}

function countLegal(value: number, digits: readonly string[]): string {
  return count(value, digits, ["", "拾", "佰", "仟"]);
}

/** 1–9999 with units; 零 once for zeros between digits. */
function count(value: number, digits: readonly string[], units: readonly string[]): string {
  if (value < 1 || value > 9999) return value === 0 ? (digits[0] ?? "0") : String(value);
  const places = [...String(value)].map(Number);
  let text = "";
  let gap = false;
  for (const [index, digit] of places.entries()) {
    if (digit === 0) {
      gap = true;
      continue;
    }
    if (gap) text += digits[0] ?? "";
    gap = false;
    text += `${digits[digit] ?? ""}${units[places.length - 1 - index] ?? ""}`;
  }
  return text;
}
