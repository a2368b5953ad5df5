import type { Box } from "./box.ts";

/** A line long enough for its direction to mean something. */
const LEAST_PROPORTION = 5;

/** Degrees by which the lines of text fall to the right, the weighted median of the long ones; 0 when there are too few. */
export function estimateSkew(boxes: readonly Box[]): number {
  const long = boxes
    .filter(({ width, height }) => width > height * LEAST_PROPORTION)
    .toSorted((left, right) => left.angle - right.angle);
  if (long.length < 3) return 0;
  const half = long.reduce((sum, { width }) => sum + width, 0) / 2;
  let sum = 0;
  for (const { width, angle } of long) {
    sum += width;
    if (sum >= half) return (angle * 180) / Math.PI;
  }
  return 0;
}

/** Whether the lines run from top to bottom, as on a page that lies on its side. Single characters say nothing. */
export function liesOnSide(boxes: readonly Box[]): boolean {
  let [across, down] = [0, 0];
  for (const { width, height } of boxes) {
    if (width > height * 2) across += width;
    else if (height > width * 2) down += height;
  }
  return down > across * 1.5;
}
