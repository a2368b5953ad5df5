import type { Box } from "./box.ts";
import type { Rule } from "./find-rules.ts";
import type { Plane } from "./raster.ts";

/** Inches: print of 5 to 40 points. Less is dirt, more a picture or a seal. */
const LEAST_HEIGHT = 0.06;
const MOST_HEIGHT = 0.5;
/** Where more is left over, the page is dirty and the leftovers are no text. */
const MOST_MISSED = 40;
/** Of a box, the share of ink: strokes have more than dust and less than a block. */
const LEAST_INK = 0.08;

interface Part {
  left: number;
  right: number;
  top: number;
  bottom: number;
  count: number;
}

/** The boxes that were found, grown over ink that belongs to their line; and boxes for ink that lies in none. */
export interface CompletedBoxes {
  found: Box[];
  missed: Box[];
}

/**
 * The detector passes over single digits in a table's cells, boxes them too tightly, and ends a line before its last colon.
 * Ink in no box and on no rule tells.
 */
export function completeBoxes(
  ink: Plane,
  boxes: readonly Box[],
  rules: readonly Rule[],
  dpi: number,
): CompletedBoxes {
  const usual = medianHeight(boxes) ?? MOST_HEIGHT * dpi * 0.5;
  const isTight = (box: Box) => box.height < usual * 0.7 && box.width < usual * 1.5;
  const parts = findParts(
    {
      ...ink,
      data: keepFree(
        ink,
        boxes.filter((box) => !isTight(box)),
        rules,
        dpi,
      ),
    },
    dpi,
  );
  const { found, rest } = extendBoxes(
    boxes.filter((box) => !isTight(box)),
    parts,
  );
  const joined = joinParts(rest, dpi)
    .filter((part) => part.bottom - part.top >= Math.max(LEAST_HEIGHT * dpi, usual * 0.3))
    .map((part) => toBox(part, dpi));
  const missed = joined.length > MOST_MISSED ? [] : joined;
  const kept = boxes.filter((box) => isTight(box) && !missed.some((other) => overlaps(box, other)));
  return { found: [...found, ...kept], missed };
}

function medianHeight(boxes: readonly Box[]): number | undefined {
  return boxes.map(({ height }) => height).toSorted((left, right) => left - right)[boxes.length >> 1];
}

function overlaps(left: Box, right: Box): boolean {
  return (
    Math.abs(left.x - right.x) < (left.width + right.width) / 2 &&
    Math.abs(left.y - right.y) < (left.height + right.height) / 2
  );
}

function keepFree(ink: Plane, boxes: readonly Box[], rules: readonly Rule[], dpi: number): Uint8Array {
  const free = new Uint8Array(ink.data);
  for (const { x, y, width, height, angle } of boxes) {
    const tall = height + Math.abs(Math.sin(angle)) * width;
    clear(free, ink, x - width / 2, x + width / 2, y - tall / 2, y + tall / 2);
  }
  const margin = Math.max(2, dpi * 0.015);
  for (const { x1, y1, x2, y2 } of rules)
    clear(free, ink, x1 - margin, x2 + margin, y1 - margin, y2 + margin);
  const edge = dpi * 0.1;
  clear(free, ink, 0, edge, 0, ink.height);
  clear(free, ink, ink.width - edge, ink.width, 0, ink.height);
  clear(free, ink, 0, ink.width, 0, edge);
  clear(free, ink, 0, ink.width, ink.height - edge, ink.height);
  return free;
}

/** A mark or dash just before or after a line is the line's own, and then the next one outwards: of “一、”, first the mark. */
function extendBoxes(boxes: readonly Box[], parts: readonly Part[]): { found: Box[]; rest: Part[] } {
  const found = boxes.map((box) => ({ ...box }));
  let rest = [...parts];
  for (let before = -1; before !== rest.length; ) {
    before = rest.length;
    rest = rest.filter((part) => {
      const owner = found.find((box) => belongsTo(part, box));
      if (owner) growOver(owner, part);
      return owner === undefined;
    });
  }
  return { found, rest };
}

function belongsTo(part: Part, { x, y, width, height }: Box): boolean {
  const gap = Math.max(part.left - (x + width / 2), x - width / 2 - part.right);
  return (
    width > height * 1.5 &&
    Math.abs((part.top + part.bottom) / 2 - y) < height * 0.4 &&
    part.bottom - part.top < height &&
    gap < height * 0.45
  );
}

function growOver(box: Box, part: Part): void {
  const margin = box.height * 0.12;
  const left = Math.min(box.x - box.width / 2, part.left - margin);
  const right = Math.max(box.x + box.width / 2, part.right + margin);
  box.x = (left + right) / 2;
  box.width = right - left;
}

function clear(
  free: Uint8Array,
  plane: Plane,
  left: number,
  right: number,
  top: number,
  bottom: number,
): void {
  const from = Math.max(0, Math.floor(left));
  const to = Math.min(plane.width, Math.ceil(right));
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(plane.height, Math.ceil(bottom)); y += 1) {
    if (to > from) free.fill(0, y * plane.width + from, y * plane.width + to);
  }
}

function findParts({ width, height, data }: Plane, dpi: number): Part[] {
  const parts: Part[] = [];
  const open: number[] = [];
  for (let start = 0; start < data.length; start += 1) {
    if (!data[start]) continue;
    const part: Part = { left: width, right: 0, top: height, bottom: 0, count: 0 };
    data[start] = 0;
    open.push(start);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = Math.max(part.bottom, y + 1);
      part.count += 1;
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
          const next = row * width + column;
          if (!data[next]) continue;
          data[next] = 0;
          open.push(next);
        }
      }
    }
    const [wide, tall] = [part.right - part.left, part.bottom - part.top];
    const fits = Math.max(wide, tall) < MOST_HEIGHT * dpi && part.count > wide * tall * LEAST_INK;
    if (fits && part.count > 4) parts.push(part);
  }
  return parts;
}

/** Strokes and characters that stand side by side become one box. */
function joinParts(parts: readonly Part[], dpi: number): Part[] {
  const joined: Part[] = [];
  for (const part of parts.toSorted((left, right) => left.left - right.left)) {
    const near = joined.find((one) => {
      const tall = Math.max(one.bottom - one.top, part.bottom - part.top);
      const together = Math.min(one.bottom, part.bottom) - Math.max(one.top, part.top);
      return part.left - one.right < Math.max(tall * 0.8, dpi * 0.04) && together > tall * 0.3;
    });
    if (!near) {
      joined.push({ ...part });
      continue;
    }
    near.right = Math.max(near.right, part.right);
    near.top = Math.min(near.top, part.top);
    near.bottom = Math.max(near.bottom, part.bottom);
  }
  return joined;
}

function toBox({ left, right, top, bottom }: Part, dpi: number): Box {
  const margin = Math.max(dpi * 0.02, (bottom - top) * 0.25);
  return {
    x: (left + right) / 2,
    y: (top + bottom) / 2,
    width: right - left + 2 * margin,
    height: bottom - top + 2 * margin,
    angle: 0,
  };
}
