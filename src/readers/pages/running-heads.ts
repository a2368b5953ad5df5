import type { PageParts, Segment } from "./page-types.ts";

/** Of the page's height, from its upper and lower edge: where running heads and page numbers stand. */
const ZONE = 0.135;
const MAX_ROWS = 3;
const DASH = "[—–‒―－_~～·•.\\-一\\s]*";
const PAGE_NUMBERS = [
  new RegExp(`^${DASH}\\d{1,4}${DASH}$`),
  /^第?\s*\d{1,4}\s*页?\s*[/／,，共]?\s*共?\s*\d{0,4}\s*页$/,
  /^第\s*[〇零一二三四五六七八九十百]{1,5}\s*页(?:\s*共\s*[〇零一二三四五六七八九十百]{1,5}\s*页)?$/,
  /^\d{1,4}\s*[/／]\s*\d{1,4}$/,
  /^(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|\/)\s*\d{1,4})?$/i,
  /^[ivxlc]{1,6}$/,
];

/** A page number as recognition gets it wrong: dashes and figures are taken for strokes. */
const MISREAD_NUMBER = /^[^\p{L}\p{N}]*[\dIlOo丨一∞]{1,4}[^\p{L}\p{N}]*$/u;
const MAX_MISREAD = 8;

interface EdgeRow {
  segments: Segment[];
  text: string;
  /** With figures masked: what is the same on every page. */
  key: string;
  /** Distance from the nearer edge. */
  offset: number;
  edge: "top" | "bottom";
  fontSize: number;
  /** To the next row of the page, in font sizes. */
  gap: number;
}

/**
 * Takes page numbers and the lines that stand at the same place on several pages away. `isFixed` names segments that are
 * something else whatever they say: cells of a table.
 */
export function dropRunningHeads(
  pages: readonly PageParts[],
  isFixed: (page: PageParts, segment: Segment) => boolean,
  bodySize: number,
): PageParts[] {
  const edges = pages.map((page) => readEdges(page, isFixed));
  const seen = countKeys(edges);
  const needed = pages.length <= 4 ? 2 : 3;
  return pages.map((page, index) => {
    const dropped = new Set<Segment>();
    for (const rows of Object.values(edges[index] ?? {})) {
      for (const row of rows) {
        const title = page.page === 1 && row.edge === "top" && row.fontSize >= 1.3 * bodySize;
        const repeated = countNear(seen.get(row.key) ?? [], row, page) >= needed && !title;
        if (!repeated && !isPageNumber(row) && !(page.origin === "ocr" && isMisreadNumber(row))) break;
        for (const segment of row.segments) dropped.add(segment);
      }
    }
    return { ...page, segments: page.segments.filter((segment) => !dropped.has(segment)) };
  });
}

/** A bare figure needs white space around it: it may be the last line of a table without lines. */
function isPageNumber({ text, gap, segments }: EdgeRow): boolean {
  const compact = text.trim();
  if (!PAGE_NUMBERS.some((pattern) => pattern.test(compact))) return false;
  return segments.length === 1 && (gap >= 0.8 || /[^\d\s]/.test(compact));
}

function isMisreadNumber({ text, gap, edge, segments }: EdgeRow): boolean {
  const compact = text.replace(/\s/g, "");
  return (
    edge === "bottom" &&
    segments.length <= 3 &&
    gap >= 1.5 &&
    compact.length <= MAX_MISREAD &&
    MISREAD_NUMBER.test(compact)
  );
}

type Edges = { top: EdgeRow[]; bottom: EdgeRow[] };

function readEdges(page: PageParts, isFixed: (page: PageParts, segment: Segment) => boolean): Edges {
  const rows = groupByRow(page.segments).sort((a, b) => topOf(a) - topOf(b));
  const take = (ordered: Segment[][], edge: EdgeRow["edge"]): EdgeRow[] => {
    const taken: EdgeRow[] = [];
    for (const [index, segments] of ordered.slice(0, MAX_ROWS).entries()) {
      const offset = edge === "top" ? bottomOf(segments) : page.height - topOf(segments);
      if (offset > ZONE * page.height || segments.some((segment) => isFixed(page, segment))) break;
      taken.push(toEdgeRow(segments, ordered[index + 1], edge, offset));
    }
    return taken;
  };
  return { top: take(rows, "top"), bottom: take([...rows].reverse(), "bottom") };
}

export function groupByRow(segments: readonly Segment[]): Segment[][] {
  const rows = new Map<number, Segment[]>();
  for (const segment of segments) rows.set(segment.row, [...(rows.get(segment.row) ?? []), segment]);
  return [...rows.values()];
}

function toEdgeRow(
  segments: Segment[],
  next: Segment[] | undefined,
  edge: EdgeRow["edge"],
  offset: number,
): EdgeRow {
  const text = segments.map((segment) => segment.text).join(" ");
  const fontSize = Math.max(...segments.map((segment) => segment.fontSize));
  const distance = !next
    ? Number.POSITIVE_INFINITY
    : edge === "top"
      ? topOf(next) - bottomOf(segments)
      : topOf(segments) - bottomOf(next);
  return {
    segments,
    text,
    key: text.replace(/\d+/g, "#").replace(/\s/g, ""),
    offset,
    edge,
    fontSize,
    gap: distance / fontSize,
  };
}

const topOf = (segments: readonly Segment[]) => Math.min(...segments.map(({ y }) => y));
const bottomOf = (segments: readonly Segment[]) => Math.max(...segments.map(({ bottom }) => bottom));

type Sighting = Pick<EdgeRow, "offset" | "edge">;

function countKeys(edges: readonly Edges[]): Map<string, Sighting[]> {
  const seen = new Map<string, Sighting[]>();
  for (const { top, bottom } of edges) {
    for (const { key, offset, edge } of [...top, ...bottom]) {
      seen.set(key, [...(seen.get(key) ?? []), { offset, edge }]);
    }
  }
  return seen;
}

function countNear(sightings: readonly Sighting[], row: EdgeRow, page: PageParts): number {
  const tolerance = page.origin === "ocr" ? 16 : 8;
  return sightings.filter(
    ({ offset, edge }) => edge === row.edge && Math.abs(offset - row.offset) <= tolerance,
  ).length;
}
