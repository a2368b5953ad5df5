import type { PageRule } from "../types.ts";
import { type Matrix, transformPoint } from "./matrix.ts";
import type { OperatorVisitor, PageOperators } from "./page-operators.ts";

/** Charts and maps hold tens of thousands of lines; a page of tables some hundreds. */
const MAX_RULES = 5_000;
const MIN_LENGTH = 3;
/** A filled rectangle that is thinner is a line. */
const MAX_THICKNESS = 2.6;
const MAX_SLOPE = 0.02;

type Point = [number, number];

/** Straight lines along the page's axes: strokes, and rectangles that are filled so thin that they are lines. */
export function createRuleCollector(page: PageOperators): { visitor: OperatorVisitor; rules: PageRule[] } {
  const { codes } = page;
  const strokes = new Set<number>([codes.stroke, codes.closeStroke]);
  const fills = new Set<number>([codes.fill, codes.eoFill]);
  const both = new Set<number>([
    codes.fillStroke,
    codes.eoFillStroke,
    codes.closeFillStroke,
    codes.closeEOFillStroke,
  ]);
  const rules: PageRule[] = [];
  const visit = (operator: number, operands: readonly unknown[], matrix: Matrix) => {
    if (operator !== codes.constructPath || rules.length >= MAX_RULES) return;
    const [paint, data] = operands;
    const buffer = Array.isArray(data) ? data[0] : undefined;
    if (typeof paint !== "number" || !(buffer instanceof Float32Array)) return;
    for (const subpath of readSubpaths(buffer, matrix)) {
      if (strokes.has(paint) || both.has(paint)) addStrokes(subpath, rules);
      else if (fills.has(paint)) addThinRectangle(subpath, rules);
      if (rules.length >= MAX_RULES) return;
    }
  };
  return { visitor: { visit, save: () => undefined, restore: () => undefined }, rules };
}

/** How many numbers follow each of the library's path codes: move, line, cubic, quadratic, close. */
const ARITY = [2, 2, 6, 4, 0];
const [MOVE, LINE, CLOSE] = [0, 1, 4];

interface Subpath {
  points: Point[];
  straight: boolean;
}

function readSubpaths(buffer: Float32Array, matrix: Matrix): Subpath[] {
  const subpaths: Subpath[] = [];
  let current: Subpath = { points: [], straight: true };
  for (let index = 0; index < buffer.length; ) {
    const code = buffer[index] ?? -1;
    const arity = ARITY[code];
    if (arity === undefined) break;
    const end = index + arity;
    const point = arity > 0 ? transformPoint(matrix, buffer[end - 1] ?? 0, buffer[end] ?? 0) : undefined;
    if (code === MOVE && point) {
      current = { points: [point], straight: true };
      subpaths.push(current);
    } else if (code === CLOSE) {
      const first = current.points[0];
      if (first) current.points.push(first);
    } else if (point) {
      if (code !== LINE) current.straight = false;
      current.points.push(point);
    }
    index = end + 1;
  }
  return subpaths.filter(({ straight, points }) => straight && points.length > 1);
}

function addStrokes({ points }: Subpath, rules: PageRule[]): void {
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]];
    if (from && to) addRule(from, to, rules);
  }
}

function addRule([x1, y1]: Point, [x2, y2]: Point, rules: PageRule[]): void {
  const [dx, dy] = [Math.abs(x2 - x1), Math.abs(y2 - y1)];
  const length = Math.max(dx, dy);
  if (length < MIN_LENGTH || Math.min(dx, dy) > Math.max(0.5, length * MAX_SLOPE)) return;
  rules.push({ x1: Math.min(x1, x2), y1: Math.min(y1, y2), x2: Math.max(x1, x2), y2: Math.max(y1, y2) });
}

function addThinRectangle({ points }: Subpath, rules: PageRule[]): void {
  if (points.length > 6) return;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [right - left, bottom - top];
  if (Math.min(width, height) > MAX_THICKNESS || Math.max(width, height) < MIN_LENGTH) return;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  if (width >= height) rules.push({ x1: left, y1: y, x2: right, y2: y });
  else rules.push({ x1: x, y1: top, x2: x, y2: bottom });
}
