import { type Bounds, round } from "./number-conventions.ts";

/** A number without its unit. `min` and `max` differ for 三五十, 几百; `step` is the value of the last counted place. */
export interface Numeral extends Bounds {
  min: number;
  max: number;
  start: number;
  end: number;
  step: number;
  /** The largest scale word at its end (万, 千万, 亿), which “三到五千万” hands to its first number; 1: none. */
  scale: number;
  /** Carries 万 or 亿: money unless a unit says otherwise. */
  large: boolean;
  /** Written with digits only: 30, 2019. */
  plain: boolean;
}

const DIGITS = "零〇一二三四五六七八九";
const SPECIAL: Readonly<Record<string, number>> = {
  两: 2,
  俩: 2,
  仨: 3,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
  陆: 6,
  柒: 7,
  捌: 8,
  玖: 9,
  〇: 0,
};
const SMALL: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const ARABIC = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?/y;
const BEGINS = /[\d零〇一二两俩仨三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾几数半]/;

interface Part {
  min: number;
  max: number;
  step: number;
  end: number;
  scale: number;
  plain: boolean;
  maxOpen?: true;
}

/** The numeral that begins exactly at `start`; undefined: none does. */
export function readNumeralAt(text: string, start: number): Numeral | undefined {
  if (!BEGINS.test(text[start] ?? "")) return undefined;
  const half = /半个?(亿|千万|百万|万)/y;
  half.lastIndex = start;
  const halved = half.exec(text);
  if (halved) {
    const scale = scaleOf(halved[1] ?? "万");
    return {
      ...finish(start, half.lastIndex, scale / 2, scale / 2, scale / 2, scale),
      large: true,
      plain: false,
    };
  }
  const first = readSmall(text, start) ?? readBareScale(text, start);
  if (!first) return undefined;
  return addLargeScales(text, start, first);
}

function finish(
  start: number,
  end: number,
  min: number,
  max: number,
  step: number,
  scale: number,
  maxOpen?: true,
) {
  return {
    start,
    end,
    min: round(min),
    max: round(max),
    step: round(step),
    scale,
    ...(maxOpen ? { maxOpen } : {}),
  };
}

const FUZZ_AND_SCALE =
  /(个半)?\s*(?:个)?(多|余|来|几|把)?(?:个)?\s*(万亿|千万|百万|十万|千亿|百亿|万|亿|w(?![a-z])|kw(?![a-z])|k(?![a-z\d]))/y;

/** 四 → 四个多亿; 一亿二千万; 一亿二; 1万2. */
function addLargeScales(text: string, start: number, first: Part): Numeral {
  let { min, max, step, end, scale } = first;
  let { maxOpen } = first;
  let large = first.scale >= 10_000;
  let part: Part = first;
  let [sumMin, sumMax] = [0, 0];
  let ceiling = Number.POSITIVE_INFINITY;
  for (;;) {
    FUZZ_AND_SCALE.lastIndex = part.end;
    const match = FUZZ_AND_SCALE.exec(text);
    const unit = match ? scaleOf(match[3] ?? "") : 1;
    if (!match || unit >= ceiling || (unit === 1000 && !part.plain)) {
      if (part !== first) [min, max, step, end] = [sumMin + part.min, sumMax + part.max, part.step, part.end];
      break;
    }
    [min, max, step, maxOpen] = scalePart(part, match[1] !== undefined, match[2], unit);
    [sumMin, sumMax] = [sumMin + min, sumMax + max];
    [min, max] = [sumMin, sumMax];
    scale = part.scale * unit;
    end = FUZZ_AND_SCALE.lastIndex;
    large ||= unit >= 10_000;
    ceiling = unit;
    const next = match[2] === undefined ? readRest(text, end, unit) : undefined;
    if (!next) break;
    if (next.closes) {
      [min, max, step, end] = [sumMin + next.part.min, sumMax + next.part.max, next.part.step, next.part.end];
      break;
    }
    part = next.part;
  }
  return {
    ...finish(start, end, min, max, step, scale, maxOpen),
    large,
    plain: first.plain && !large && end === first.end,
  };
}

function scalePart(
  part: Part,
  andHalf: boolean,
  fuzz: string | undefined,
  unit: number,
): [number, number, number, true | undefined] {
  const [low, high] = [(part.min + (andHalf ? 0.5 : 0)) * unit, (part.max + (andHalf ? 0.5 : 0)) * unit];
  const step = part.step * unit;
  if (fuzz === "多" || fuzz === "余" || fuzz === "几") return [low, high + step, step, true];
  if (fuzz === "来" || fuzz === "把") return [low * 0.9, high * 1.1, step, undefined];
  return [low, high, step, part.maxOpen];
}

/** What follows a scale: `closes` for 一亿[二], 1万[2], 两亿[半]; else a further part that may carry a smaller scale. */
function readRest(text: string, at: number, unit: number): { part: Part; closes: boolean } | undefined {
  const digit = digitAt(text, at);
  const after = text[at + 1] ?? "";
  if (text[at] === "半" && !/[年个天]/.test(after)) {
    return {
      part: { min: unit / 2, max: unit / 2, step: unit / 10, end: at + 1, scale: 1, plain: false },
      closes: true,
    };
  }
  const arabic = /\d(?![\d.年月])/y;
  arabic.lastIndex = at;
  const tail = arabic.test(text) ? Number(text[at]) : digit;
  if (tail !== undefined && tail > 0 && !/[十百千万亿几\d年月号个家项期轮代类、]/.test(after)) {
    const value = (tail * unit) / 10;
    return {
      part: { min: value, max: value, step: unit / 10, end: at + 1, scale: 1, plain: false },
      closes: true,
    };
  }
  const zero = /[零〇]/.test(text[at] ?? "") ? at + 1 : at;
  const part = readSmall(text, zero);
  if (!part || part.min >= unit || (part.plain && part.min < 100)) return undefined;
  const follows = text[part.end] ?? "";
  const carries = /[万千百]/.test(follows) || part.scale > 1;
  return carries ? { part, closes: false } : undefined;
}

/** Under ten thousand, or any number in digits. */
function readSmall(text: string, start: number): Part | undefined {
  ARABIC.lastIndex = start;
  const arabic = ARABIC.exec(text);
  if (arabic) return readArabic(text, arabic[0], ARABIC.lastIndex);
  const positional =
    /[零〇一二三四五六七八九]{3,}(?![十百千万亿])|[一二三四五六七八九]+[零〇点][零〇一二三四五六七八九]+/y;
  positional.lastIndex = start;
  const run = positional.exec(text);
  if (run) return readPositional(run[0], positional.lastIndex);
  return readChinese(text, start);
}

function readArabic(text: string, digits: string, end: number): Part {
  const plainDigits = digits.replaceAll(",", "");
  const value = Number(plainDigits);
  const step = stepOf(plainDigits);
  const scaled = /(?:多|余|来)?([十百千])(?![\d])/y;
  scaled.lastIndex = end;
  const match = scaled.exec(text);
  if (match && value < 100 && !/^[年]/.test(text.slice(scaled.lastIndex))) {
    const unit = SMALL[match[1] ?? ""] ?? 1;
    const fuzz = match[0].length > 1;
    return {
      min: round(value * unit),
      max: round((value + (fuzz ? step : 0)) * unit),
      step: round(step * unit),
      end: scaled.lastIndex,
      scale: unit,
      plain: false,
      ...(fuzz ? { maxOpen: true as const } : {}),
    };
  }
  if (text[end] === "几" && value % 10 === 0) {
    return { min: value + 1, max: value + 9, step: 1, end: end + 1, scale: 1, plain: false };
  }
  return { min: value, max: value, step, end, scale: 1, plain: true };
}

function stepOf(digits: string): number {
  const fraction = digits.split(".")[1];
  if (fraction) return round(10 ** -fraction.length);
  const zeros = /0*$/.exec(digits)?.[0].length ?? 0;
  return 10 ** Math.min(zeros, digits.length - 1);
}

function readPositional(run: string, end: number): Part {
  const digits = [...run].map((one) => (one === "点" ? "." : String(digitValue(one) ?? 0))).join("");
  const value = Number(digits);
  return { min: value, max: value, step: stepOf(digits), end, scale: 1, plain: !digits.includes(".") };
}

/** 三百二十五, 三百五, 三五十, 十几, 几百, 百十来. */
function readChinese(text: string, start: number): Part | undefined {
  const idiom = /百十|百八十|千八百/y;
  idiom.lastIndex = start;
  const said = idiom.exec(text)?.[0];
  if (said) return readIdiom(said, start + said.length);
  let [min, max, step, end, scale] = [0, 0, 1, start, 1];
  let maxOpen: true | undefined;
  let last = 10_000;
  for (;;) {
    const zero = /[零〇]/.test(text[end] ?? "") && end > start;
    const coefficient = readCoefficient(text, zero ? end + 1 : end, end === start);
    if (!coefficient) break;
    const unit = SMALL[text[coefficient.end] ?? ""];
    if (unit !== undefined && unit < last) {
      [min, max] = [min + coefficient.min * unit, max + coefficient.max * unit];
      maxOpen = coefficient.maxOpen;
      [step, scale, last, end] = [unit, unit, unit, coefficient.end + 1];
      continue;
    }
    if (coefficient.implied || unit !== undefined) break;
    const unitOfTail = zero || last === 10_000 ? 1 : last / 10;
    if (last < 10) break;
    if (coefficient.some && last === 10) [min, max] = [min + 1, max + 9];
    else [min, max] = [min + coefficient.min * unitOfTail, max + coefficient.max * unitOfTail];
    if (coefficient.some && last === 10_000) maxOpen = true;
    [step, end] = [unitOfTail, coefficient.end];
    if (unitOfTail === 1) scale = 1;
    break;
  }
  if (end === start) return undefined;
  return { min, max, step, end, scale, plain: false, ...(maxOpen ? { maxOpen } : {}) };
}

function readIdiom(said: string, end: number): Part {
  const [min, max] = said === "百十" ? [90, 110] : said === "百八十" ? [80, 100] : [800, 1000];
  return { min, max, step: 10, end, scale: 1, plain: false };
}

interface Coefficient {
  min: number;
  max: number;
  end: number;
  /** 十 without a digit. */
  implied: boolean;
  /** 几, 数. */
  some: boolean;
  maxOpen?: true;
}

function readCoefficient(text: string, at: number, first: boolean): Coefficient | undefined {
  const character = text[at] ?? "";
  if (character === "几" || (character === "数" && /[十百千]/.test(text[at + 1] ?? ""))) {
    return {
      min: text[at - 1] === "好" ? 3 : 2,
      max: 10,
      end: at + 1,
      implied: false,
      some: true,
      maxOpen: true,
    };
  }
  const digit = digitAt(text, at);
  if (digit === undefined) {
    return /[十拾]/.test(character) && first
      ? { min: 1, max: 1, end: at, implied: true, some: false }
      : undefined;
  }
  const second = digitAt(text, text[at + 1] === "、" ? at + 2 : at + 1);
  const end = text[at + 1] === "、" ? at + 3 : at + 2;
  if (
    second !== undefined &&
    second > digit &&
    second - digit <= 2 &&
    digit > 0 &&
    !/[零〇一二三四五六七八九年]/.test(text[end] ?? "")
  ) {
    return { min: digit, max: second, end, implied: false, some: false };
  }
  return { min: digit, max: digit, end: at + 1, implied: false, some: false };
}

/** 千把人, 百来人, 万把平, 上百: a scale without a number, only beside a word that makes it one. */
function readBareScale(text: string, start: number): Part | undefined {
  const bare =
    /(千万|百万|[百千万亿])(?=[把来余多]|号人|人|名|个亿)|(?<=[上成近过小数破超逾]\s*)(千万|百万|[百千万亿])(?!分)/y;
  bare.lastIndex = start;
  const match = bare.exec(text);
  if (!match) return undefined;
  const value = scaleOf(match[1] ?? match[2] ?? "百");
  const several = text[start - 1] === "上" || text[start - 1] === "成";
  if (match[2] === undefined && /^[人名号个]/.test(text.slice(bare.lastIndex)) && !several) return undefined;
  return {
    min: value,
    max: several ? Number.POSITIVE_INFINITY : value,
    step: value,
    end: bare.lastIndex,
    scale: value,
    plain: false,
  };
}

function digitAt(text: string, at: number): number | undefined {
  const value = digitValue(text[at] ?? "");
  return value === 0 ? undefined : value;
}

function digitValue(character: string): number | undefined {
  if (character === "") return undefined;
  const special = SPECIAL[character];
  if (special !== undefined) return special;
  const index = DIGITS.indexOf(character);
  return index < 0 ? undefined : index === 0 ? 0 : index - 1;
}

function scaleOf(word: string): number {
  if (word === "w") return 10_000;
  if (word === "kw") return 10_000_000;
  if (word === "k") return 1000;
  let value = 1;
  for (const character of word) {
    value *= character === "亿" ? 1e8 : character === "万" ? 10_000 : (SMALL[character] ?? 1);
  }
  return value;
}
