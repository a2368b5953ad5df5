import { formatNumber } from "./format-number.ts";
import type { Numbering, NumberingLevel, NumberingList } from "./numbering.ts";

/** Gives the paragraphs of lists their numbers, in document order. */
export interface NumberCounter {
  /** The printed number with the blank after it; empty for bullets and unknown lists. */
  next(numId: string, level: number): string;
}

const MAX_NUMBER = 99_999;

export function createNumberCounter(numbering: Numbering): NumberCounter {
  /** By abstract list: the last number of each level, undefined until used. */
  const counters = new Map<string, (number | undefined)[]>();
  const started = new Set<string>();
  return {
    next(numId, level) {
      const list = numbering.list(numId);
      const definition = list?.levels.get(level);
      if (!list || !definition) return "";
      const values = counters.get(list.abstractId) ?? [];
      counters.set(list.abstractId, values);
      applyOverrides(numId, level, list, values, started);
      advance(list, level, values);
      return printLabel(list, definition, values);
    },
  };
}

/** A list with its own start begins anew the first time that a level with the override is used. */
function applyOverrides(
  numId: string,
  level: number,
  list: NumberingList,
  values: (number | undefined)[],
  started: Set<string>,
): void {
  const start = list.startOverrides.get(level);
  const key = `${numId}/${level}`;
  if (start === undefined || started.has(key)) return;
  started.add(key);
  values[level] = start - 1;
}

function advance(list: NumberingList, level: number, values: (number | undefined)[]): void {
  for (let outer = 0; outer < level; outer += 1) values[outer] ??= startOf(list, outer);
  const last = values[level];
  values[level] = Math.min(MAX_NUMBER, last === undefined ? startOf(list, level) : last + 1);
  for (let inner = level + 1; inner < 9; inner += 1) {
    const restart = list.levels.get(inner)?.restart;
    if (restart === undefined || level < restart) values[inner] = undefined;
  }
}

function startOf(list: NumberingList, level: number): number {
  return list.startOverrides.get(level) ?? list.levels.get(level)?.start ?? 1;
}

function printLabel(
  list: NumberingList,
  level: NumberingLevel,
  values: readonly (number | undefined)[],
): string {
  if (level.format === "bullet") return "";
  const label = level.text
    .replace(/%([1-9])/g, (_match, digit: string) => {
      const index = Number(digit) - 1;
      const format = level.isLegal ? "decimal" : (list.levels.get(index)?.format ?? "decimal");
      return formatNumber(values[index] ?? startOf(list, index), format);
    })
    .replace(/[\ue000-\uf8ff]/g, "")
    .trim();
  if (label === "" || level.suffix === "nothing") return label;
  return `${label} `;
}

/**
 * Label and text as people type them: `一、目标`, `（一）目标`, `1.目标`, but `第一条 目标`, `1.1 目标`, and a blank wherever figures
 * would run together.
 */
export function joinLabel(label: string, text: string): string {
  const bare = label.trimEnd();
  if (bare === "" || text === "") return `${bare}${text}`;
  if (/[0-9.．]$/.test(bare) && /^[0-9]/.test(text)) return `${bare} ${text}`;
  if (/[、）)．.。】〕］：:]$/.test(bare) && !/^[A-Za-z]/.test(text)) return `${bare}${text}`;
  return label.endsWith(" ") ? `${bare} ${text}` : `${bare}${text}`;
}
