import type { PageContent, PageRule, PageRun } from "../types.ts";
import { blankBetween, closeBlanks } from "./join-text.ts";
import type { PageParts, Segment } from "./page-types.ts";

/** Of the font size: a wider gap begins another segment. */
const SEGMENT_GAP = 1;
/** Of the smaller of two runs' heights: so much side by side is one row, also when a scan is a little crooked. */
const ROW_OVERLAP = 0.5;

/** Runs → rows by baseline → segments by gaps and upright lines. */
export function buildSegments({ page, width, height, origin, runs, rules }: PageContent): PageParts {
  const uprights = rules.filter(({ x1, x2, y1, y2 }) => Math.abs(x2 - x1) < Math.abs(y2 - y1));
  const pieces = runs
    .filter((run) => run.text.trim() !== "" && run.fontSize > 0)
    .flatMap((run) => cutAtRules(run, uprights));
  const segments = groupRows(pieces).flatMap((row, index) => cutRow(row, index, uprights));
  return { page, width, height, origin, segments, rules };
}

interface Row {
  runs: PageRun[];
  bottom: number;
}

function groupRows(runs: readonly PageRun[]): PageRun[][] {
  const rows: Row[] = [];
  let open: Row[] = [];
  const byHeight = [...runs].sort((a, b) => a.y + a.height / 2 - (b.y + b.height / 2));
  for (const run of byHeight) {
    open = open.filter(({ bottom }) => bottom > run.y - run.height);
    const row = isTall(run) ? undefined : open.find((candidate) => standsIn(candidate, run));
    if (row) {
      row.runs.push(run);
      row.bottom = Math.max(row.bottom, run.y + run.height);
    } else {
      const created = { runs: [run], bottom: run.y + run.height };
      rows.push(created);
      if (!isTall(run)) open.push(created);
    }
  }
  return rows.map((row) => row.runs.sort((a, b) => a.x - b.x));
}

/** Text that runs down the page among horizontal text: a row of its own. */
function isTall({ text, height, fontSize }: PageRun): boolean {
  return text.length > 1 && height > 1.8 * fontSize;
}

/** Judged by the nearest run of the row: the far end of a crooked line may be as high as the next line. */
function standsIn({ runs }: Row, run: PageRun): boolean {
  const distance = (other: PageRun) =>
    Math.max(other.x - (run.x + run.width), run.x - (other.x + other.width), 0);
  let nearest = runs[0];
  for (const other of runs) if (nearest && distance(other) < distance(nearest)) nearest = other;
  if (!nearest) return false;
  const overlap = Math.min(nearest.y + nearest.height, run.y + run.height) - Math.max(nearest.y, run.y);
  // Runs on top of each other are no row, however close.
  const beside = Math.min(nearest.x + nearest.width, run.x + run.width) - Math.max(nearest.x, run.x);
  if (beside > 0.8 * Math.min(nearest.width, run.width) && run.width > run.fontSize) return false;
  return overlap >= ROW_OVERLAP * Math.min(nearest.height, run.height);
}

function cutRow(runs: readonly PageRun[], row: number, uprights: readonly PageRule[]): Segment[] {
  const groups: PageRun[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && !isApart(last, run, uprights)) group.push(run);
    else groups.push([run]);
  }
  const letters = groups.every((group) => [...group.map(({ text }) => text.trim()).join("")].length === 1);
  // 通　知: a title whose characters are set far apart is one piece.
  const spaced = letters && groups.length > 1 && isEven(groups.flat()) && groups.length <= 12;
  const kept = spaced && !crossesRule(runs, uprights) ? [groups.flat()] : groups;
  return kept.map((group) => toSegment(group, row, spaced));
}

function isEven(runs: readonly PageRun[]): boolean {
  const gaps = runs.slice(1).map((run, index) => run.x - ((runs[index]?.x ?? 0) + (runs[index]?.width ?? 0)));
  return (
    gaps.every((gap, index) => gap < 8 * (runs[index]?.fontSize ?? 0)) &&
    Math.max(...gaps) < 1.6 * Math.min(...gaps)
  );
}

function crossesRule(runs: readonly PageRun[], uprights: readonly PageRule[]): boolean {
  return runs.slice(1).some((run, index) => {
    const before = runs[index];
    return before ? hasRuleBetween(before, run, uprights) : false;
  });
}

function isApart(before: PageRun, after: PageRun, uprights: readonly PageRule[]): boolean {
  const gap = after.x - (before.x + before.width);
  const size = Math.max(before.fontSize, after.fontSize);
  return gap >= SEGMENT_GAP * size - 0.01 || hasRuleBetween(before, after, uprights);
}

function hasRuleBetween(before: PageRun, after: PageRun, uprights: readonly PageRule[]): boolean {
  const middle = after.y + after.height / 2;
  const [from, to] = [before.x + before.width / 2, after.x + after.width / 2];
  return uprights.some(({ x1, y1, y2 }) => x1 > from && x1 < to && y1 <= middle && y2 >= middle);
}

/** A recognised line may reach over the border of two cells. */
function cutAtRules(run: PageRun, uprights: readonly PageRule[]): PageRun[] {
  const middle = run.y + run.height / 2;
  const margin = 0.7 * run.fontSize;
  const rule = uprights.find(
    ({ x1, y1, y2 }) =>
      x1 > run.x + margin &&
      x1 < run.x + run.width - margin &&
      y1 <= run.y + run.height * 0.2 &&
      y2 >= middle,
  );
  const characters = [...run.text];
  if (!rule || characters.length < 2 || isTall(run)) return [run];
  const weights = characters.map((character) => (character.charCodeAt(0) > 0x2000 ? 2 : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let count = 0;
  let width = 0;
  while (
    count < characters.length &&
    run.x + ((width + (weights[count] ?? 1) / 2) / total) * run.width < rule.x1
  ) {
    width += weights[count] ?? 1;
    count += 1;
  }
  if (count === 0 || count === characters.length) return [run];
  const share = width / total;
  const left = {
    ...run,
    text: characters.slice(0, count).join(""),
    width: Math.min(run.width * share, rule.x1 - run.x),
  };
  const start = Math.max(run.x + run.width * share, rule.x1);
  const right = {
    ...run,
    text: characters.slice(count).join(""),
    x: start,
    width: run.x + run.width - start,
  };
  return [left, ...cutAtRules(right, uprights)];
}

function toSegment(runs: readonly PageRun[], row: number, spaced: boolean): Segment {
  const size = Math.max(...runs.map(({ fontSize }) => fontSize));
  const weight = (run: PageRun) => run.text.trim().length;
  const total = runs.reduce((sum, run) => sum + weight(run), 0);
  const boldness = runs.reduce((sum, run) => sum + (run.bold ? weight(run) : 0), 0);
  const known = runs.filter(({ confidence }) => confidence !== undefined);
  const knownWeight = known.reduce((sum, run) => sum + weight(run), 0);
  return {
    text: spaced ? runs.map(({ text }) => text.trim()).join("") : closeBlanks(joinRuns(runs, size)),
    x: Math.min(...runs.map(({ x }) => x)),
    y: Math.min(...runs.map(({ y }) => y)),
    right: Math.max(...runs.map(({ x, width }) => x + width)),
    bottom: Math.max(...runs.map(({ y, height }) => y + height)),
    fontSize: size,
    bold: boldness > total / 2,
    confidence:
      knownWeight === 0
        ? null
        : known.reduce((sum, run) => sum + (run.confidence ?? 0) * weight(run), 0) / knownWeight,
    row,
  };
}

function joinRuns(runs: readonly PageRun[], size: number): string {
  let text = "";
  let last: PageRun | undefined;
  for (const run of runs) {
    const piece = isRaised(run, runs, size) ? raise(run.text) : run.text;
    if (last) text += blankBetween(text, piece, (run.x - (last.x + last.width)) / size);
    text += piece;
    last = run;
  }
  return text;
}

const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** The mark of a footnote, or a square: small figures that stand high. They must not grow onto an amount: 100² is not 1002. */
function isRaised(run: PageRun, runs: readonly PageRun[], size: number): boolean {
  if (run.fontSize > 0.8 * size || !/^[\s\d]+$/.test(run.text)) return false;
  const large = runs.find(({ fontSize }) => fontSize === size);
  return large !== undefined && run.y + run.height / 2 < large.y + large.height / 2 - 0.08 * size;
}

function raise(digits: string): string {
  return digits.trim().replace(/\d/g, (digit) => RAISED.charAt(Number(digit)));
}
