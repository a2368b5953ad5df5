import type { PageContent, ReadBlock } from "../types.ts";
import { buildSegments } from "./build-segments.ts";
import { findGrids, type Grid } from "./find-grids.ts";
import { takeFootnotes } from "./footnotes.ts";
import { bodySizeOf, measureMargins } from "./measure-margins.ts";
import type { LaidPage, PageParts } from "./page-types.ts";
import { isInside, readRegions } from "./read-regions.ts";
import { dropRunningHeads } from "./running-heads.ts";
import { writeBlocks } from "./write-blocks.ts";

/**
 * Pages of placed text, from a PDF or from recognition, → paragraphs, headings, tables and footnotes in reading order. Pages
 * are taken one by one and only their words and lines are kept. Running heads, page numbers and contents pages are left out.
 */
export async function layoutPages(
  pages: Iterable<PageContent> | AsyncIterable<PageContent>,
): Promise<{ blocks: ReadBlock[]; warnings: string[] }> {
  const parts: PageParts[] = [];
  const grids = new Map<number, Grid[]>();
  for await (const page of pages) {
    parts.push(buildSegments(page));
    grids.set(page.page, findGrids(page.rules));
  }
  const bodySize = bodySizeOf(parts.flatMap(({ segments }) => segments));
  const gridsOf = (page: PageParts) => grids.get(page.page) ?? [];
  const kept = dropRunningHeads(
    parts,
    (page, segment) => gridsOf(page).some((grid) => isInside(grid, segment)),
    bodySize,
  );
  const laid = kept.map((page): LaidPage => {
    const { rest, footnotes } = takeFootnotes(page, bodySize);
    return { page: page.page, regions: readRegions(page, rest, gridsOf(page)), footnotes };
  });
  return writeBlocks(laid, measureMargins(laid.flatMap(({ regions }) => regions)), bodySize);
}
