import type { PageRun } from "../types.ts";
import type { PlacedGlyph } from "./collect-glyphs.ts";

/** Of the font size: a wider gap ends a run, so that what it means is decided with the line in view. */
const RUN_GAP = 0.15;
/** With a blank in between, as wide a gap as justified text has. */
const BLANK_GAP = 0.9;
/** Punctuation in a row is set closer than its own width. */
const OVERLAP = 0.7;
const ASCENT = 0.88;

/** Along the line and across it, whatever the direction of the line on the page. */
interface Position {
  along: number;
  across: number;
}

interface OpenRun {
  first: PlacedGlyph;
  last: PlacedGlyph;
  text: string;
  end: number;
  blanks: string;
}

/** Characters → runs in the page's coordinates; of text that is not horizontal a run is a tall box. */
export function buildRuns(glyphs: readonly PlacedGlyph[]): PageRun[] {
  const runs: PageRun[] = [];
  let open: OpenRun | undefined;
  const close = () => {
    if (open) runs.push(toRun(open));
    open = undefined;
  };
  for (const glyph of glyphs) {
    if (glyph.direction === "slanted") continue;
    if (glyph.text.trim() === "") {
      if (open) open.blanks += glyph.text;
      continue;
    }
    const joint = open ? joinText(open, glyph) : undefined;
    if (open && joint !== undefined) {
      open.text += joint + glyph.text;
      open.last = glyph;
      open.end = positionOf(glyph).along + glyph.advance;
      open.blanks = "";
    } else {
      close();
      const end = positionOf(glyph).along + glyph.advance;
      open = { first: glyph, last: glyph, text: glyph.text, end, blanks: "" };
    }
  }
  close();
  return dropDoubles(runs);
}

function positionOf({ direction, x, y }: PlacedGlyph): Position {
  if (direction === "down") return { along: y, across: -x };
  if (direction === "up") return { along: -y, across: x };
  return direction === "left" ? { along: -x, across: -y } : { along: x, across: y };
}

/** What stands between the run and the glyph that goes on with it; undefined when it does not. */
function joinText(open: OpenRun, glyph: PlacedGlyph): string | undefined {
  const { last, first } = open;
  if (last.direction !== glyph.direction || last.vertical !== glyph.vertical) return undefined;
  if (Math.abs(last.fontSize - glyph.fontSize) > 0.1 * last.fontSize || first.bold !== glyph.bold)
    return undefined;
  const size = Math.max(last.fontSize, 1);
  const [here, before] = [positionOf(glyph), positionOf(last)];
  if (Math.abs(here.across - before.across) > 0.15 * size) return undefined;
  const gap = (here.along - open.end) / size;
  if (gap < -OVERLAP) return undefined;
  if (open.blanks !== "") return gap <= BLANK_GAP && open.blanks.length <= 2 ? " " : undefined;
  return gap > RUN_GAP ? undefined : "";
}

function toRun({ first, text, end }: OpenRun): PageRun {
  const size = first.fontSize;
  const start = positionOf(first).along;
  const length = Math.max(end - start, 0.1);
  const { x, y } = first;
  const box = (left: number, top: number, width: number, height: number): PageRun => ({
    text,
    x: left,
    y: top,
    width,
    height,
    fontSize: size,
    ...(first.bold && { bold: true }),
  });
  const above = first.vertical ? 0.5 : ASCENT;
  switch (first.direction) {
    case "down":
      return box(x - size * (1 - above), y, size, length);
    case "up":
      return box(x - size * above, y - length, size, length);
    case "left":
      return box(x - length, y - size * (1 - above), length, size);
    default:
      return box(x, y - size * above, length, size);
  }
}

/** Some programs print text twice, a hair's breadth apart, to make it bold. */
function dropDoubles(runs: readonly PageRun[]): PageRun[] {
  const seen = new Map<string, PageRun[]>();
  return runs.filter((run) => {
    const same = seen.get(run.text) ?? [];
    const near = run.fontSize * 0.2;
    const double = same.find((other) => Math.abs(other.x - run.x) < near && Math.abs(other.y - run.y) < near);
    if (double) {
      double.bold = true;
      return false;
    }
    same.push(run);
    seen.set(run.text, same);
    return true;
  });
}
