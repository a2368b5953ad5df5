import type { PageContent, PageRule, PageRun } from "../types.ts";
import type { Direction, PlacedGlyph } from "./collect-glyphs.ts";

type Page = Pick<PageContent, "width" | "height" | "runs" | "rules">;

/** The direction that most characters run in; vertical print counts as running down. */
export function findDirection(glyphs: readonly PlacedGlyph[]): Direction {
  const counts = new Map<Direction, number>();
  for (const { direction, text } of glyphs) {
    if (direction === "slanted" || text.trim() === "") continue;
    counts.set(direction, (counts.get(direction) ?? 0) + 1);
  }
  return [...counts].reduce<[Direction, number]>(
    (best, entry) => (entry[1] > best[1] ? entry : best),
    ["right", 0],
  )[0];
}

/**
 * Turns the page so that its text runs to the right: tables printed sideways on an upright page, and vertical print, whose
 * columns become lines from top to bottom.
 */
export function turnPage(page: Page, direction: Direction): Page {
  if (direction === "right") return page;
  const turn = turnBox(page, direction);
  const sideways = direction !== "left";
  return {
    width: sideways ? page.height : page.width,
    height: sideways ? page.width : page.height,
    runs: page.runs.map((run): PageRun => {
      const [x1, y1, x2, y2] = turn(run.x, run.y, run.x + run.width, run.y + run.height);
      return { ...run, x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
    }),
    rules: page.rules.map((rule): PageRule => {
      const [x1, y1, x2, y2] = turn(rule.x1, rule.y1, rule.x2, rule.y2);
      return { x1, y1, x2, y2 };
    }),
  };
}

type Box = [left: number, top: number, right: number, bottom: number];

function turnBox({ width, height }: Page, direction: Direction): (...box: Box) => Box {
  if (direction === "down") return (left, top, right, bottom) => [top, width - right, bottom, width - left];
  if (direction === "up") return (left, top, right, bottom) => [height - bottom, left, height - top, right];
  return (left, top, right, bottom) => [width - right, height - bottom, width - left, height - top];
}
