import { type Bounds, LOOSE_SHARE, loosen, round, WORDS_AFTER, WORDS_BEFORE } from "./number-conventions.ts";
import { type Numeral, readNumeralAt } from "./read-numeral.ts";
import type { Span } from "./span.ts";

export type FigureUnit =
  | "money"
  | "foreign"
  | "people"
  | "area"
  | "percent"
  | "count"
  | "years"
  | "months"
  | "days"
  | "none";

/** A number with its unit and words of size, in base units: 元, 人, 平方米, %, years, months. */
export interface Figure extends Bounds, Span {
  unit: FigureUnit;
  /** Digits without a unit: may be anything. */
  bare: boolean;
}

const MU = 666.67;
const HALF_YEAR = { min: 6, max: 6, unit: "months", bare: false } as const;
const UNITS: readonly (readonly [RegExp, FigureUnit, number])[] = [
  [/^\s*万?(?:美元|美金|美刀|usd|港币|港元|欧元|英镑|日元|新币|刀(?!具)|韩元|台币)/u, "foreign", 1],
  [/^\s*(?:平方公里)/u, "area", 1e6],
  [/^\s*(?:平方米|平方|平米|平(?!台|均|时|安|稳|板|行|面)|㎡|m2|m²|m\^2|方(?![案面式向法便]))/u, "area", 1],
  [/^\s*亩/u, "area", MU],
  [/^\s*公顷/u, "area", 10_000],
  [/^\s*(?:%|个百分点|个点)/u, "percent", 1],
  [/^\s*成(?![立果功都交员本长熟型为品分就绩])/u, "percent", 10],
  [/^\s*(?:元|块钱|块|人民币|rmb|圆)/u, "money", 1],
  [
    /^\s*(?:号|个|名|位|口)?\s*(?:人(?!民币|次|均|才公寓|工智能|形|脸|造|行|大)|员工|职工|小伙伴|伙伴|同事|兄弟)/u,
    "people",
    1,
  ],
  [/^\s*(?:名|位)/u, "people", 1],
  [
    /^\s*号?(?:个|来个)(?=(?:全职|专职|做|搞|干)?(?:的)?(?:研发|工程师|博士|硕士|技术|科研|科学家|研究员|销售|算法|程序员|码农))/u,
    "people",
    1,
  ],
  [/^\s*(?:周年|年(?![产营度收销底初末级轻纳缴交利税中总净]))/u, "years", 1],
  [/^\s*个?\s*(?:月(?!薪|租|产|销|收|饼|子))/u, "months", 1],
  [/^\s*(?:天|日(?!本|均|产|元))/u, "days", 1],
  [/^\s*[个家件项款套台辆条篇张所间栋层吨批次轮种类期门年]/u, "count", 1],
];

/** Figures of folded text outside of `taken` (dates, codes), in reading order. */
export function readFigures(text: string, taken: readonly Span[]): Figure[] {
  const figures: Figure[] = [];
  let skip = 0;
  for (let index = 0; index < text.length; index += 1) {
    while (taken[skip] && (taken[skip]?.end ?? 0) <= index) skip += 1;
    const inside = taken[skip];
    if (inside && index >= inside.start) {
      index = inside.end - 1;
      continue;
    }
    const figure = readFigureAt(text, index);
    if (!figure) continue;
    figures.push(figure);
    index = figure.end - 1;
  }
  return figures;
}

function readFigureAt(text: string, start: number): Figure | undefined {
  const before = text[start - 1] ?? "";
  if (/[a-z\d.]/.test(before) && !/[\d.]/.test(before)) return undefined;
  if (/[第周星]/.test(before) || /(?:星期|礼拜|同|进一)$/.test(text.slice(Math.max(0, start - 2), start)))
    return undefined;
  const halfYear = /^半年(?:多|左右)?/u.exec(text.slice(start, start + 4));
  if (halfYear) return { start, end: start + halfYear[0].length, ...HALF_YEAR };
  const numeral = readNumeralAt(text, start);
  if (!numeral || isWordPart(text, numeral)) return undefined;
  const own = readUnits(text, numeral);
  const range = readRangeEnd(text, numeral, own);
  const whole = range ?? own;
  const sign = text.slice(Math.max(0, start - 3), start);
  if (sign.endsWith("百分之"))
    return withWordsBefore(text, { ...whole, start: start - 3, unit: "percent", bare: false });
  if (/[¥￥]\s*$/.test(sign) && whole.unit === "none") whole.unit = "money";
  if (/[$€£]\s*$/.test(sign)) whole.unit = "foreign";
  return withWordsBefore(text, { ...whole, start });
}

/** 一家, 一起, 万一, 千万别, 三维, 二手, 十分: words, no figures. */
function isWordPart(text: string, numeral: Numeral): boolean {
  if (numeral.plain && /\d/.test(text[numeral.start] ?? "")) {
    return /^[a-z](?!2|²|\^)/.test(text.slice(numeral.end).replace(/^(?:rmb|usd|m2|m²)/, ""));
  }
  const after = text.slice(numeral.end, numeral.end + 2);
  const written = text.slice(numeral.start, numeral.end);
  if (written === "一")
    return /^[家起直下样般些点定切半种带体站线旦律致向事企网边来]|^个(?!亿|半|人|月)/.test(after);
  if (/^[一二三四五六七八九十]$/.test(written) && /^[、.]/.test(after)) return true;
  if (written === "十") return /^[分足全字里堰]/.test(after);
  if (/^(?:千|万|百)$/.test(written)) return !/^[把来余号人名多]/.test(after);
  if (written === "千万") return /^[别不要]/.test(after);
  return /^(?:维|手|分|星|类|期|轮|级|代|证|甲|氧|恶|区|线|季|本|院)/.test(after) && written.length === 1;
}

interface Whole extends Bounds {
  end: number;
  unit: FigureUnit;
  bare: boolean;
}

function readUnits(text: string, numeral: Numeral): Whole {
  let bounds: Bounds = pickBounds(numeral);
  let end = numeral.end;
  const some = /^(?:个)?\s*(多|有余|余|来|把)(?!少)/u.exec(text.slice(end, end + 4));
  if (some) {
    const loose = some[1] === "多" || some[1]?.endsWith("余") ? "more-some" : "about";
    const isLooseAlready = numeral.maxOpen || numeral.min !== numeral.max;
    if (!isLooseAlready) bounds = loosen(bounds, numeral.step, loose);
    end += some[0].length;
  }
  ({ bounds, end } = applyWordsAfter(text, bounds, end, numeral.step));
  const [unit, factor, length] = readUnit(text, end);
  const isUnit = unit !== "none";
  if (isUnit) bounds = scaleBounds(bounds, factor);
  end += length;
  const more = isUnit ? /^(?:多|来)(?!少)/u.exec(text.slice(end, end + 2)) : null;
  if (more) {
    bounds = loosen(bounds, numeral.step * factor, "more-some");
    end += more[0].length;
  }
  if (unit === "years" && /^半/u.test(text.slice(end))) {
    bounds = { min: (bounds.min ?? 0) + 0.5, max: (bounds.max ?? 0) + 0.5 };
    end += 1;
  }
  if (isUnit) ({ bounds, end } = applyWordsAfter(text, bounds, end, numeral.step * factor));
  return {
    ...bounds,
    end,
    unit: isUnit ? unit : numeral.large ? "money" : "none",
    bare: !isUnit && !numeral.large,
  };
}

function applyWordsAfter(
  text: string,
  bounds: Bounds,
  end: number,
  step: number,
): { bounds: Bounds; end: number } {
  const rest = text.slice(end, end + 6);
  for (const [pattern, looseness] of WORDS_AFTER) {
    const match = pattern.exec(rest);
    if (!match) continue;
    // A range that is given stays: 50-60人左右.
    const isRange = looseness === "about" && bounds.min !== bounds.max;
    return { bounds: isRange ? bounds : loosen(bounds, step, looseness), end: end + match[0].length };
  }
  return { bounds, end };
}

function readUnit(text: string, end: number): [FigureUnit, number, number] {
  const rest = text.slice(end, end + 12);
  for (const [pattern, unit, factor] of UNITS) {
    const match = pattern.exec(rest);
    if (match) return [unit, factor, match[0].length];
  }
  return ["none", 1, 0];
}

const CONNECTOR = /^\s*(?:到|至|-+|–|—+|~+|〜)\s*/u;

/** 五百到八百万, 30-50人, 2000万元至3000万元. */
function readRangeEnd(text: string, numeral: Numeral, own: Whole): Whole | undefined {
  const from = own.end;
  const connector = CONNECTOR.exec(text.slice(from, from + 6));
  const comma = connector ? null : /^[、]\s*/u.exec(text.slice(from, from + 3));
  const mark = connector ?? (numeral.plain && numeral.min < 10 && own.bare ? comma : null);
  if (!mark) return undefined;
  const second = readNumeralAt(text, from + mark[0].length);
  if (!second || (comma && second.scale === 1)) return undefined;
  const other = readUnits(text, second);
  if (own.unit !== "none" && own.unit !== other.unit) return undefined;
  const factor = own.bare ? unitFactor(text, second) : 1;
  const inherited = own.bare ? inheritScale(numeral.min, second) * factor : undefined;
  const low = inherited === undefined ? own.min : round(numeral.min * inherited);
  const { end, unit, bare } = other;
  // 50-60人左右: a range is loose enough.
  const isLoosened = other.max !== null && /(?:左右|上下|样子|前后)$/u.test(text.slice(second.end, end));
  const high = isLoosened && other.max !== null ? round(other.max / (1 + LOOSE_SHARE)) : other.max;
  if (low === null || high === null || low >= high) return undefined;
  return { min: low, max: high, ...(other.maxOpen ? { maxOpen: true as const } : {}), end, unit, bare };
}

/** 亩, 成: a first number without a unit takes the unit's factor as well. */
function unitFactor(text: string, second: Numeral): number {
  const some = /^(?:个)?\s*(?:多|余|来|把)/u.exec(text.slice(second.end, second.end + 3))?.[0].length ?? 0;
  return readUnit(text, second.end + some)[1];
}

function inheritScale(first: number, second: Numeral): number {
  for (const scale of [second.scale, 1e8, 1e7, 1e6, 1e5, 10_000, 1000, 100, 10]) {
    if (scale <= second.scale && first * scale < second.max && (second.scale > 1 || scale === 1))
      return scale;
  }
  return 1;
}

function withWordsBefore(text: string, figure: Figure): Figure {
  const before = text.slice(Math.max(0, figure.start - 8), figure.start);
  for (const [pattern, looseness] of WORDS_BEFORE) {
    const match = pattern.exec(before);
    if (!match || (match[0] === "过" && /[超]$/.test(before.slice(0, match.index)))) continue;
    if (
      /^过了?$/.test(match[0]) &&
      !/(?:营收|收入|产值|销售额?|人数|员工|已经?|都|刚刚?|就|年|额|能)$/.test(before.slice(0, match.index))
    ) {
      continue;
    }
    return {
      ...figure,
      ...clearOpen(loosen(pickBounds(figure), 0, looseness)),
      start: figure.start - match[0].length,
    };
  }
  return figure;
}

function clearOpen(bounds: Bounds): Bounds {
  return { min: bounds.min, max: bounds.max, ...openOf(bounds) };
}

function openOf({ minOpen, maxOpen }: Bounds): Pick<Bounds, "minOpen" | "maxOpen"> {
  return { ...(minOpen ? { minOpen } : {}), ...(maxOpen ? { maxOpen } : {}) };
}

export function pickBounds(bounds: Bounds): Bounds {
  const max = bounds.max === Number.POSITIVE_INFINITY ? null : bounds.max;
  return { min: bounds.min, max, ...openOf(bounds) };
}

function scaleBounds(bounds: Bounds, factor: number): Bounds {
  const scaled = (value: number | null) => (value === null ? null : round(value * factor));
  return { min: scaled(bounds.min), max: scaled(bounds.max), ...openOf(bounds) };
}
