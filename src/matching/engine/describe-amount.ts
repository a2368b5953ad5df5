import { type Interval, isExact } from "./interval.ts";
import { isMoney } from "./units.ts";

export type Language = "zh" | "en";

const SPACED: Readonly<Record<string, string>> = {
  元: "yuan",
  人: "people",
  平方米: "m²",
  项: "items",
  件: "items",
  个: "items",
  家: "items",
};

/** `4.5亿元`, `120万元`, `320人`; in English `450 million yuan`, `320 people`. */
export function describeAmount(value: number, unit: string, language: Language): string {
  const [scaled, named] = scale(value, unit, language);
  return `${formatNumber(scaled)}${named}`;
}

/** `约300人（270–330）`, `1亿–2亿元`, `不少于50人`. */
export function describeInterval(interval: Interval, unit: string, language: Language): string {
  const { min, max } = interval;
  const zh = language === "zh";
  if (isExact(interval)) return describeAmount(min, unit, language);
  if (min === Number.NEGATIVE_INFINITY && max === Number.POSITIVE_INFINITY) return zh ? "不详" : "not known";
  if (max === Number.POSITIVE_INFINITY)
    return `${lower(interval.minOpen, zh)}${describeAmount(min, unit, language)}`;
  if (min === Number.NEGATIVE_INFINITY)
    return `${upper(interval.maxOpen, zh)}${describeAmount(max, unit, language)}`;
  const range = `${bareAmount(min, max, unit, language)}–${describeAmount(max, unit, language)}`;
  const middle = (min + max) / 2;
  if (interval.minOpen || interval.maxOpen || min <= 0 || (max - min) / middle > 0.25) return range;
  const around = describeAmount(Number(middle.toPrecision(6)), unit, language);
  return zh ? `约${around}（${range}）` : `about ${around} (${range})`;
}

/** Without its unit when both ends share it. */
function bareAmount(value: number, other: number, unit: string, language: Language): string {
  const [scaled, named] = scale(value, unit, language);
  return scale(other, unit, language)[1] === named ? formatNumber(scaled) : `${formatNumber(scaled)}${named}`;
}

function lower(open: boolean, zh: boolean): string {
  if (zh) return open ? "超过" : "不少于";
  return open ? "more than " : "at least ";
}

function upper(open: boolean, zh: boolean): string {
  if (zh) return open ? "不足" : "不超过";
  return open ? "less than " : "at most ";
}

function scale(value: number, unit: string, language: Language): [number, string] {
  const size = Math.abs(value);
  if (language === "en") {
    const named = unit === "%" ? "%" : ` ${SPACED[unit] ?? unit}`;
    if (isMoney(unit) && size >= 1e9) return [value / 1e9, " billion yuan"];
    if (isMoney(unit) && size >= 1e6) return [value / 1e6, " million yuan"];
    return [value, named];
  }
  if (isMoney(unit) && size >= 1e8) return [value / 1e8, "亿元"];
  if (isMoney(unit) && size >= 1e4) return [value / 1e4, "万元"];
  return [value, unit];
}

function formatNumber(value: number): string {
  return String(Math.round(value * 100) / 100);
}
