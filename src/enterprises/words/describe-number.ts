import type { FactValue } from "../types.ts";

type NumberValue = Extract<FactValue, { kind: "number" }>;

/** About a figure: 三百来人, 300人左右. Not “四个多亿”, which is a range from its figure on. */
const ABOUT =
  /约|左右|上下|大概|大约|大致|差不多|来[人号个亿万家名]|[〇零一二两三四五六七八九十百千万\d]来|about|around|roughly/i;
const BEYOND = /多|几|余|[-–—~～至到]/;

/** `320人`, `约300人（270–330人）`, `4亿–5亿元`, `不少于1000万元`. Bounds are written without loss. */
export function describeNumber(value: NumberValue, unit: string, language: "zh" | "en", words = ""): string {
  const write = (amount: number) => writeAmount(amount, unit, language);
  const { min, max } = value;
  if (min === null || max === null) return describeBound(value, write, language);
  if (min === max) return write(min);
  const range = describeRange(min, max, unit, language);
  const middle = Number(((min + max) / 2).toPrecision(12));
  if (!ABOUT.test(words) || BEYOND.test(words) || !isRound(middle)) return range;
  return language === "zh" ? `约${write(middle)}（${range}）` : `about ${write(middle)} (${range})`;
}

function describeBound(
  { min, max, minOpen, maxOpen }: NumberValue,
  write: (amount: number) => string,
  language: "zh" | "en",
): string {
  if (min !== null) {
    if (language === "en") return `${minOpen ? "more than" : "at least"} ${write(min)}`;
    return `${minOpen ? "超过" : "不少于"}${write(min)}`;
  }
  if (max !== null) {
    if (language === "en") return `${maxOpen ? "less than" : "at most"} ${write(max)}`;
    return `${maxOpen ? "不足" : "不超过"}${write(max)}`;
  }
  return language === "zh" ? "不详" : "not known";
}

/** The unit once, its 万 and 亿 with every figure: 4亿–5亿元, 270–330人. */
function describeRange(min: number, max: number, unit: string, language: "zh" | "en"): string {
  const [low, high] = [writeAmount(min, unit, language), writeAmount(max, unit, language)];
  if (language === "en" && unit === "元") return `${low} to ${high}`;
  const tail = language === "zh" ? unit : (UNITS_EN[unit] ?? "");
  return `${tail !== "" && low.endsWith(tail) ? low.slice(0, -tail.length) : low}–${high}`;
}

/** Two digits that count, at most: 300, 4.5亿, not 387. */
function isRound(amount: number): boolean {
  return amount === Number(amount.toPrecision(2));
}

const UNITS_EN: Readonly<Record<string, string>> = {
  人: " people",
  平方米: " m²",
  项: "",
  "%": "%",
};

/** `420000000` 元 → 4.2亿元. */
export function writeAmount(amount: number, unit: string, language: "zh" | "en" = "zh"): string {
  if (language === "en") {
    if (unit === "元") return `CNY ${writeEnglish(amount)}`;
    return `${amount.toLocaleString("en-US", { maximumFractionDigits: 6 })}${UNITS_EN[unit] ?? ` ${unit}`}`;
  }
  const size = Math.abs(amount);
  if (unit === "元" || size >= 1e6) {
    if (size >= 1e8) return `${plain(amount / 1e8)}亿${unit}`;
    if (size >= 1e4) return `${plain(amount / 1e4)}万${unit}`;
  }
  return `${plain(amount)}${unit}`;
}

function writeEnglish(amount: number): string {
  const size = Math.abs(amount);
  if (size >= 1e9) return `${plain(amount / 1e9)} billion`;
  if (size >= 1e6) return `${plain(amount / 1e6)} million`;
  return amount.toLocaleString("en-US");
}

/** Without the noise of binary fractions, and never in powers of ten. */
function plain(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  return /e/i.test(text) ? value.toFixed(10).replace(/\.?0+$/, "") : text;
}
