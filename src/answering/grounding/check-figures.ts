import type { Alignment } from "./align-statement.ts";
import { VAGUE_AMOUNTS } from "./figure-units.ts";
import type { GroundingProblem } from "./grounding-types.ts";
import {
  countShared,
  datesConflict,
  type NumericContext,
  numericContext,
  type PlacedFigure,
  placeFigure,
} from "./place-figures.ts";
import type { Figure, NumericReading } from "./read-figures.ts";
import type { QualifierClass } from "./read-qualifiers.ts";
import type { Support } from "./read-support.ts";

/** Characters around a figure that must be copied with it. */
const COPIED_AROUND = 6;
/** Characters of the last enumerated name that must be copied together with 等八家. */
const LEAST_ENUMERATED = 3;
/** Words that keep a target a target, besides its year. */
const TARGET_WORDS = /目标|力争|争取|努力|将|计划|预期|拟|提出/;

interface FigureInput {
  reading: NumericReading;
  alignment: Alignment;
  support: Support;
}

/** Every figure with its unit, its qualifiers, its date and what it counts must be in the clauses. */
export function checkFigures(statement: string, input: FigureInput): GroundingProblem[] {
  const told = numericContext(statement, input.reading);
  const known = numericContext(input.support.text, input.support.numerics);
  const problems = input.reading.figures.flatMap((figure) =>
    checkFigure(placeFigure(figure, told), told, known, input.alignment),
  );
  for (const match of statement.matchAll(VAGUE_AMOUNTS)) {
    if (!input.support.text.includes(match[0])) {
      problems.push({ kind: "figure", text: match[0], reason: "the clauses hold no such amount in words" });
    }
  }
  return problems;
}

function checkFigure(
  told: PlacedFigure,
  context: NumericContext,
  known: NumericContext,
  alignment: Alignment,
): GroundingProblem[] {
  const { figure } = told;
  const text = context.text.slice(figure.start, figure.end);
  const sameUnit = known.reading.figures.filter(
    (other) => other.unit === figure.unit && other.isOrdinal === figure.isOrdinal,
  );
  const equals = (other: { values: number[] }) =>
    other.values.length === figure.values.length &&
    other.values.every((value, index) => value === figure.values[index]);
  const candidates = sameUnit.filter(equals).map((other) => placeFigure(other, known));
  if (candidates.length === 0) return [{ kind: "figure", text, reason: "no such figure with this unit" }];
  if (isForeignTail(context.text, figure, alignment)) {
    return [{ kind: "figure", text, reason: "these are not the ones that are counted" }];
  }
  const rivals = sameUnit.filter((other) => !equals(other)).map((other) => placeFigure(other, known));
  const fitting = candidates.filter(
    (candidate) =>
      !datesConflict(told.date, candidate.date) &&
      (isCopied(figure, candidate.figure.start, alignment) || belongsTo(told, candidate, rivals)),
  );
  if (fitting.length === 0) return [{ kind: "figure", text, reason: "the figure counts something else" }];
  const verdicts = fitting.map((candidate) => checkQualifiers(told, candidate, context.text));
  const problem = verdicts.find((verdict) => verdict !== undefined);
  return verdicts.includes(undefined) || !problem ? [] : [problem];
}

/** 甲、乙等八家 is taken over with 乙, or 八家 counts others. */
function isForeignTail(statement: string, { start, end }: Figure, { tiles }: Alignment): boolean {
  if (statement[start - 1] !== "等") return false;
  return !tiles.some((tile) => tile.end >= end && tile.start <= start - 1 - LEAST_ENUMERATED);
}

/** The figure stands in a longer piece that was copied from right there. */
function isCopied(figure: Figure, source: number, { tiles }: Alignment): boolean {
  return tiles.some(
    (tile) =>
      tile.start <= figure.start &&
      tile.end >= figure.end &&
      tile.end - tile.start >= figure.end - figure.start + COPIED_AROUND &&
      tile.sources.some((at) => at + figure.start - tile.start === source),
  );
}

/** The words around both figures agree, at least as well as with any other figure of this unit. */
function belongsTo(told: PlacedFigure, known: PlacedFigure, rivals: readonly PlacedFigure[]): boolean {
  if (told.head !== undefined && known.near.size > 0 && !known.near.has(told.head)) return false;
  // Nothing around the figure to compare: the sentences must do.
  const isBare = told.near.size <= 1;
  const near = isBare ? 0 : countShared(told.near, known.near);
  const wide = countShared(told.sentence, known.sentence);
  const isBeaten = rivals.some((rival) => {
    const rivalNear = isBare ? 0 : countShared(told.near, rival.near);
    return rivalNear > near || (rivalNear === near && countShared(told.sentence, rival.sentence) > wide);
  });
  if (isBeaten) return false;
  return near > 0 || (Math.min(told.near.size, known.near.size) <= 1 && wide >= 2);
}

function checkQualifiers(
  told: PlacedFigure,
  known: PlacedFigure,
  statement: string,
): GroundingProblem | undefined {
  const text = statement.slice(told.figure.start, told.figure.end);
  const changed = differing(known.qualifiers, told.qualifiers);
  if (changed) return { kind: "qualifier", text, reason: changed };
  if (/^[元%‰]$/.test(told.figure.unit)) {
    const dropped = known.conditions.find(
      (condition) => countShared(condition, told.sentence) < condition.size / 2,
    );
    if (dropped)
      return { kind: "qualifier", text, reason: `a condition was dropped: ${[...dropped].join(" ")}` };
  }
  // A target of the text must not be told as if it had been reached.
  const isTarget = known.date?.isDeadline === true && known.date.year !== undefined;
  if (isTarget && told.date === undefined && !TARGET_WORDS.test(statement)) {
    return { kind: "qualifier", text, reason: "the year of the target was dropped" };
  }
  return undefined;
}

function differing(
  known: ReadonlySet<QualifierClass>,
  told: ReadonlySet<QualifierClass>,
): string | undefined {
  for (const kind of known) if (!told.has(kind)) return `the qualifier ${kind} was dropped`;
  for (const kind of told) {
    // To call a figure an aim weakens it, and is never wrong.
    if (kind !== "aim" && !known.has(kind)) return `the qualifier ${kind} was added`;
  }
  return undefined;
}
