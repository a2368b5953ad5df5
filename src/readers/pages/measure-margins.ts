import type { Line, Margins, Region } from "./page-types.ts";
import { median } from "./split-columns.ts";

/** Points within which edges count as the same, in font sizes. */
const SAME = 0.7;
/** A page's own edges may be further inside than those of pages alike, by as many characters. */
const WITHIN = 5;

/** The margins of every region: by its own lines, and by regions at the same place of other pages where it has few. */
export function measureMargins(regions: readonly Region[]): Map<Region, Margins> {
  const own = new Map(regions.map((region) => [region, measureRegion(linesOf(region))]));
  const alike = new Map<string, Margins[]>();
  for (const [region, margins] of own) {
    if (!margins || linesOf(region).length < 4) continue;
    const key = keyOf(region);
    alike.set(key, [...(alike.get(key) ?? []), margins]);
  }
  const result = new Map<Region, Margins>();
  for (const [region, margins] of own) {
    const others = alike.get(keyOf(region)) ?? [];
    result.set(region, widen(margins ?? { left: 0, right: 0, em: 12, pitch: 18 }, others));
  }
  return result;
}

export function linesOf({ items }: Region): Line[] {
  return items.flatMap((item) => (item.kind === "line" ? [item.line] : []));
}

/** Books have wider margins at the spine: left and right pages are measured apart. */
function keyOf({ page, place }: Region): string {
  return `${place}/${page % 2}`;
}

function measureRegion(lines: readonly Line[]): Margins | undefined {
  if (lines.length === 0) return undefined;
  const em = bodySizeOf(lines);
  const body = lines.filter(({ fontSize }) => fontSize <= 1.25 * em);
  const used = body.length > 0 ? body : lines;
  return {
    left: edge(
      used.map(({ x }) => x),
      em,
      -1,
    ),
    right: edge(withoutHanging(used), em, 1),
    em,
    pitch: measurePitch(used, em),
  };
}

/** The size that most characters are printed in. */
export function bodySizeOf(lines: readonly { fontSize: number; text: string }[]): number {
  const weights = new Map<number, number>();
  for (const { fontSize, text } of lines) {
    const size = Math.round(fontSize * 2) / 2;
    weights.set(size, (weights.get(size) ?? 0) + text.length);
  }
  let best = 12;
  let most = 0;
  for (const [size, weight] of weights) if (weight > most) [best, most] = [size, weight];
  return Math.max(best, 1);
}

/** The outermost position that at least two lines share; a mark that hangs over the edge is alone. */
function edge(positions: readonly number[], em: number, side: 1 | -1): number {
  const sorted = [...positions].sort((a, b) => side * (b - a));
  const found = sorted.find((position, index) => {
    const next = sorted[index + 1];
    return next !== undefined && Math.abs(next - position) <= SAME * em;
  });
  const outermost = sorted[0] ?? 0;
  // Few lines: the longest one shows the margin.
  return found === undefined || sorted.length < 5 || Math.abs(outermost - found) > 1.3 * em
    ? outermost
    : found;
}

const HANGING = /[，。、；：！？）》”’〉」』〕】]$/;

/** Marks may hang over the margin: where other lines show it, lines that end in one do not count. */
function withoutHanging(lines: readonly Line[]): number[] {
  const plain = lines.filter(({ text }) => !HANGING.test(text));
  return (plain.length >= 5 ? plain : lines).map(({ right }) => right);
}

function measurePitch(lines: readonly Line[], em: number): number {
  const pitches: number[] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before && before.page === line.page && line.bottom > before.bottom)
      pitches.push(line.bottom - before.bottom);
  }
  return pitches.length === 0 ? 1.8 * em : median(pitches);
}

function widen(own: Margins, others: readonly Margins[]): Margins {
  if (others.length < 2) return own;
  const left = median(others.map((margins) => margins.left));
  const right = median(others.map((margins) => margins.right));
  const reach = WITHIN * own.em;
  const most = own.right > right ? own.right : right;
  return {
    ...own,
    left: left < own.left && own.left - left < reach ? left : own.left,
    right: right > own.right && own.left - left < reach ? most : own.right,
    pitch: median(others.map((margins) => margins.pitch)),
  };
}
