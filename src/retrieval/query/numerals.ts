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
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };

/** Things counted in policy texts; a single Chinese digit is a number only in front of one of them. */
const COUNTED = "(?:[余多来]?个?(?:家|名|位|人|项|年|月|日|天|岁|批|轮|次|亩|平方|元|小时|工作日|周|倍|成))";

/** Five-year plans, congresses and fixed phrases that look like numbers. */
const FIXED = /百千万|十[二三四五六]五|十[八九]大|二十大|千千万万|千万(?=别|不|要|记)|百分百|万一/uy;
const CHINESE_NUMBER = /[零〇一二两三四五六七八九十百千万亿]{2,}/uy;
const SINGLE_COUNTED = new RegExp(`[二两三四五六七八九十](?=${COUNTED})`, "uy");
const DECIMAL = /\d+(?:\.\d+)?/uy;
const SCALE = /[十百千]?(?:万亿|[万亿])|[百千](?=[多余来]?[元人家名亩平])/uy;
const ROUGH = /[来余多](?=[个家名位人项年月天万亿亩元])/uy;
const NUMERIC = /[\d零〇一二两三四五六七八九十百千万亿]/gu;
const GROUPED = /(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])/g;

interface FoundNumber {
  text: string;
  length: number;
}

/**
 * One spelling for a number: 二〇二六年 → 2026年, 两千万、2千万、20,000,000 → 2000万, 三百来人 → 300人. What is not clearly
 * a number (一网通办, “百千万”工程, 十四五) stays. Applied to documents and questions alike.
 */
export function unifyNumerals(text: string): string {
  const source = text.includes(",") ? text.replace(GROUPED, (found) => found.replaceAll(",", "")) : text;
  let result = "";
  let copied = 0;
  NUMERIC.lastIndex = 0;
  for (let start = NUMERIC.exec(source); start; start = NUMERIC.exec(source)) {
    const found = readNumber(source, start.index);
    if (!found) continue;
    result += source.slice(copied, start.index) + found.text;
    copied = start.index + found.length;
    NUMERIC.lastIndex = copied;
  }
  return copied === 0 ? source : result + source.slice(copied);
}

function readNumber(text: string, position: number): FoundNumber | undefined {
  if (text.charCodeAt(position) < 0x3a) return readDecimal(text, position);
  const fixed = matchAt(FIXED, text, position);
  if (fixed) return { text: fixed, length: fixed.length };
  const run = matchAt(CHINESE_NUMBER, text, position);
  if (run) return readChinese(text, position, run);
  const single = matchAt(SINGLE_COUNTED, text, position);
  if (!single) return undefined;
  return withoutRough(text, position, { text: String(DIGITS[single] ?? 10), length: 1 });
}

function readDecimal(text: string, position: number): FoundNumber {
  const digits = matchAt(DECIMAL, text, position) ?? text.charAt(position);
  if (/^0\d|\d{14}/.test(digits)) return { text: digits, length: digits.length };
  const scale = matchAt(SCALE, text, position + digits.length) ?? "";
  const value = [...scale].reduce((product, unit) => product * (UNITS[unit] ?? 1), Number(digits));
  const unified = scale || /\d\d000$/.test(digits) ? spell(value) : digits;
  return withoutRough(text, position, { text: unified, length: digits.length + scale.length });
}

function readChinese(text: string, position: number, run: string): FoundNumber {
  const next = text.charAt(position + run.length);
  const value = /[十百千万亿]/u.test(run) ? readPositional(run) : readDigitByDigit(run, next);
  const length = run.length;
  return value === undefined
    ? { text: run, length }
    : withoutRough(text, position, { text: spell(value), length });
}

/** 二〇二六 and 一九七八年 are numbers; 三五 (人) and 零零 (后) are not. */
function readDigitByDigit(run: string, next: string): number | undefined {
  const hasZero = /^[^零〇].*[零〇]/u.test(run) && run.length >= 3;
  const isYear = run.length === 4 && next === "年";
  if (!hasZero && !isYear) return undefined;
  return Number([...run].map((digit) => DIGITS[digit] ?? 0).join(""));
}

/** 一千二百, 两亿五千万, 三千五 (3500); undefined when the characters do not make up one number. */
function readPositional(run: string): number | undefined {
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastUnit = 0;
  for (const character of run) {
    const unit = UNITS[character];
    if (unit === undefined) {
      if (digit) return undefined;
      digit = DIGITS[character] ?? 0;
      if (digit === 0) lastUnit = 0;
    } else if (unit < 10_000) {
      if (digit === undefined && (section > 0 || lastUnit > 0)) return undefined;
      section += (digit ?? 1) * unit;
      digit = undefined;
      lastUnit = unit;
    } else {
      const counted = section + (digit ?? 0);
      if (counted === 0 && !(unit > 10_000 && total > 0)) {
        if (unit > 10_000 || total > 0) return undefined;
      }
      total = unit > 10_000 ? (total + counted) * unit : total + (counted || 1) * unit;
      section = 0;
      digit = undefined;
      lastUnit = unit;
    }
  }
  const tail = digit && lastUnit >= 100 ? (digit * lastUnit) / 10 : (digit ?? 0);
  return total + section + tail;
}

/** 300来人 → 300人: roughness must not hinder a match. */
function withoutRough(text: string, position: number, found: FoundNumber): FoundNumber {
  const rough = matchAt(ROUGH, text, position + found.length);
  return rough ? { text: found.text, length: found.length + rough.length } : found;
}

function spell(exact: number): string {
  const value = Math.round(exact * 100) / 100;
  if (value >= 100_000_000 && Number.isInteger(value / 1_000_000)) return `${value / 100_000_000}亿`;
  if (value >= 10_000 && Number.isInteger(value / 100)) return `${value / 10_000}万`;
  return String(value);
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0];
}

/** 26年 in a question means 2026年; durations (满26年, 近30年, 20年以上) are left. */
export function expandShortYears(text: string): string {
  return text.replace(
    /(?<![\d.满近连续超过第共约了龄])(2[0-9]|3[0-5])年(?![限内以期前来]|之|个)/gu,
    "20$1年",
  );
}
