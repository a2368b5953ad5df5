import type { Box } from "./page-types.ts";

/** Something that stands on a page as a whole: a piece of a line, or a table. */
export interface Piece extends Box {
  /** Pieces of one row are read from left to right. */
  row: number;
  em: number;
  /** Only running text shows that it is set in columns. */
  running: boolean;
}

export interface Part<T> {
  /** "" the whole width; "0", "1" the columns; deeper for columns of columns. */
  place: string;
  pieces: T[];
}

const MIN_ROWS = 4;
const MIN_COLUMN = 8;
const MIN_GUTTER = 0.8;
const MAX_DEPTH = 4;
/** Of the font size, between columns of text and what follows below. */
const WHITE_BAND = 1.6;

interface Gutter {
  x: number;
  /** The pieces from `from` to `to - 1`, by height, stand in two columns. */
  from: number;
  to: number;
}

/**
 * Reading order by white gutters: where running text stands on both sides of one for several lines, the left side is read first.
 * What crosses the gutter (titles, wide tables) parts what is above from what is below.
 */
export function splitColumns<T extends Piece>(pieces: readonly T[], place = ""): Part<T>[] {
  const sorted = [...pieces].sort((a, b) => a.y - b.y || a.x - b.x);
  const gutter = place.length < MAX_DEPTH ? findGutter(sorted) : undefined;
  if (!gutter) return sorted.length === 0 ? [] : [{ place, pieces: sorted }];
  const middle = sorted.slice(gutter.from, gutter.to);
  return [
    ...splitColumns(sorted.slice(0, gutter.from), place),
    ...splitColumns(
      middle.filter((piece) => piece.right <= gutter.x),
      `${place}0`,
    ),
    ...splitColumns(
      middle.filter((piece) => piece.right > gutter.x),
      `${place}1`,
    ),
    ...splitColumns(sorted.slice(gutter.to), place),
  ];
}

function findGutter(sorted: readonly Piece[]): Gutter | undefined {
  if (sorted.length < 2 * MIN_ROWS) return undefined;
  const left = Math.min(...sorted.map(({ x }) => x));
  const right = Math.max(...sorted.map(({ right: end }) => end));
  const step = Math.max(2, (right - left) / 160);
  let best: (Gutter & { size: number }) | undefined;
  for (let x = left + (right - left) * 0.2; x < left + (right - left) * 0.8; x += step) {
    for (const span of spansAround(sorted, x)) {
      const size = span.to - span.from;
      if (size <= (best?.size ?? 0)) continue;
      const trimmed = judgeSpan(sorted.slice(span.from, span.to), x);
      if (trimmed) best = { x, from: span.from + trimmed.skip, to: span.to, size };
    }
  }
  return best;
}

/** Runs of pieces that do not cross x and have no band of white between them. */
function spansAround(sorted: readonly Piece[], x: number): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let from = 0;
  let reached = Number.POSITIVE_INFINITY;
  const close = (to: number, next: number) => {
    if (to - from >= 2 * MIN_ROWS) spans.push({ from, to });
    from = next;
  };
  for (const [index, piece] of sorted.entries()) {
    if (piece.y - reached > WHITE_BAND * piece.em) close(index, index);
    reached = Math.max(piece.bottom, index === from ? piece.bottom : reached);
    if (piece.x < x && piece.right > x) close(index, index + 1);
  }
  close(sorted.length, sorted.length);
  return spans;
}

/** Two columns of running text, side by side; `skip`: pieces before the first line that has a neighbour. */
function judgeSpan(span: readonly Piece[], x: number): { skip: number } | undefined {
  const left = span.filter((piece) => piece.right <= x);
  const right = span.filter((piece) => piece.right > x);
  if (left.length < MIN_ROWS || right.length < MIN_ROWS) return undefined;
  const em = median(span.map((piece) => piece.em));
  const gutter = Math.min(...right.map((piece) => piece.x)) - Math.max(...left.map((piece) => piece.right));
  if (gutter < MIN_GUTTER * em || !isColumn(left, em) || !isColumn(right, em)) return undefined;
  const top = Math.max(topOf(left), topOf(right));
  const bottom = Math.min(bottomOf(left), bottomOf(right));
  if (bottom - top < MIN_ROWS * em) return undefined;
  // Lines above the other column's first line are no part of the columns when they stand clear of them. One that begins as
  // the right column does is its own: on the left a title stands lower.
  const start = Math.min(...right.map((piece) => piece.x));
  const isRightColumn = (piece: Piece) => piece.running && piece.right > x && piece.x < start + 0.6 * em;
  const skip = span.findIndex((piece) => piece.bottom > top - 0.5 * em || isRightColumn(piece));
  return { skip: Math.max(0, skip) };
}

/** Lines that begin together and, most of them, end together: cells of a table do not. */
function isColumn(pieces: readonly Piece[], em: number): boolean {
  const text = pieces.filter(({ running }) => running);
  if (text.length < MIN_ROWS) return false;
  const end = Math.max(...text.map(({ right }) => right));
  const start = Math.min(...text.map(({ x }) => x));
  if (end - start < MIN_COLUMN * em) return false;
  const full = text.filter(({ x, right }) => right > end - 1.7 * em && x < start + 2.6 * em);
  return full.length >= MIN_ROWS - 1 && full.length >= 0.5 * text.length;
}

const topOf = (pieces: readonly Box[]) => Math.min(...pieces.map(({ y }) => y));
const bottomOf = (pieces: readonly Box[]) => Math.max(...pieces.map(({ bottom }) => bottom));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
