import type { PageRun } from "../types.ts";

/** Lines of running text have at least as many characters. */
const LONG = 8;
/** Of a mark's height: a line of its own needs more room between its neighbours. */
const ROOM = 0.8;

/**
 * Without single figures and letters that stand where no line has room, between two lines that reach over them on both sides:
 * strokes of a stamp or a signature.
 */
export function dropStrayMarks(runs: readonly PageRun[]): PageRun[] {
  const lines = runs.filter(({ text }) => [...text].length >= LONG);
  return runs.filter((run) => !isStrayMark(run, lines));
}

function isStrayMark(run: PageRun, lines: readonly PageRun[]): boolean {
  if ([...run.text].length > 1 || /\p{Script=Han}/u.test(run.text)) return false;
  const over = lines.filter((line) => line.x < run.x && line.x + line.width > run.x + run.width);
  const middle = run.y + run.height / 2;
  // Inside a line it may be a figure of that line.
  if (over.some((line) => line.y < middle && line.y + line.height > middle)) return false;
  const above = over.filter((line) => line.y + line.height / 2 < middle).map((line) => line.y + line.height);
  const below = over.filter((line) => line.y + line.height / 2 >= middle).map(({ y }) => y);
  if (above.length === 0 || below.length === 0) return false;
  return Math.min(...below) - Math.max(...above) < ROOM * run.height;
}
