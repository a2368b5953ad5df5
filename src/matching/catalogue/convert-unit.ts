/** Units that mean a multiple of a field's unit. */
const FAMILIES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  元: { 元: 1, 人民币元: 1 },
  人: { 人: 1, 名: 1, 位: 1 },
  平方米: { 平方米: 1, "㎡": 1, 亩: 2000 / 3, 公顷: 1e4, 平方公里: 1e6 },
  "%": { "%": 1, "％": 1, 百分之: 1 },
  项: { 项: 1, 件: 1, 个: 1, 家: 1 },
};

const SCALES: readonly (readonly [string, number])[] = [
  ["万亿", 1e12],
  ["千万", 1e7],
  ["百万", 1e6],
  ["亿", 1e8],
  ["万", 1e4],
];

/** `万元` → 10000 and `元`; `亩` → 1 and `亩`. */
function splitScale(unit: string): { scale: number; rest: string } {
  const found = SCALES.find(([word]) => unit.startsWith(word) && unit.length > word.length);
  return found ? { scale: found[1], rest: unit.slice(found[0].length) } : { scale: 1, rest: unit };
}

/** By what a number in this unit is multiplied to be in the field's unit; undefined: another kind of unit. */
export function toFieldUnit(unit: string, fieldUnit: string): number | undefined {
  const { scale, rest } = splitScale(unit.trim());
  const factor = rest === fieldUnit ? 1 : FAMILIES[fieldUnit]?.[rest];
  return factor === undefined ? undefined : scale * factor;
}

/** The bare figure that a text writes for it: 5000 and 万元 → 50000000; 50 and 亩 → 50. */
export function figureOf(value: number, unit: string): number {
  return value * splitScale(unit.trim()).scale;
}
