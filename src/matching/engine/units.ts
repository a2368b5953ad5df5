import { smooth } from "./interval.ts";

interface UnitScale {
  family: string;
  factor: number;
}

const SCALES = new Map<string, UnitScale>([
  ["元", { family: "money", factor: 1 }],
  ["千元", { family: "money", factor: 1e3 }],
  ["万元", { family: "money", factor: 1e4 }],
  ["百万元", { family: "money", factor: 1e6 }],
  ["千万元", { family: "money", factor: 1e7 }],
  ["亿元", { family: "money", factor: 1e8 }],
  ["万亿元", { family: "money", factor: 1e12 }],
  ["人", { family: "people", factor: 1 }],
  ["名", { family: "people", factor: 1 }],
  ["万人", { family: "people", factor: 1e4 }],
  ["项", { family: "things", factor: 1 }],
  ["件", { family: "things", factor: 1 }],
  ["个", { family: "things", factor: 1 }],
  ["家", { family: "things", factor: 1 }],
  ["种", { family: "things", factor: 1 }],
  ["平方米", { family: "area", factor: 1 }],
  ["㎡", { family: "area", factor: 1 }],
  ["万平方米", { family: "area", factor: 1e4 }],
  ["亩", { family: "area", factor: 2000 / 3 }],
  ["公顷", { family: "area", factor: 1e4 }],
  ["平方公里", { family: "area", factor: 1e6 }],
  ["%", { family: "share", factor: 1 }],
  ["％", { family: "share", factor: 1 }],
  ["个百分点", { family: "share", factor: 1 }],
  ["月", { family: "time", factor: 1 }],
  ["个月", { family: "time", factor: 1 }],
  ["年", { family: "time", factor: 12 }],
]);

/** The number in another unit; undefined when the units measure different things. */
export function convertUnit(value: number, from: string, to: string): number | undefined {
  if (from === to) return smooth(value);
  const source = SCALES.get(from);
  const target = SCALES.get(to);
  if (!source || !target || source.family !== target.family) return undefined;
  return smooth((value * source.factor) / target.factor);
}

/** Counted in whole numbers. */
export function isCounted(unit: string): boolean {
  const family = SCALES.get(unit)?.family;
  return family === "people" || family === "things";
}

export function isMoney(unit: string): boolean {
  return SCALES.get(unit)?.family === "money";
}
