import type { ReadBlock } from "../../types.ts";
import { findChild, textOf } from "../xml/query-xml.ts";
import { readTree } from "../xml/read-relations.ts";
import type { Archive } from "../zip/open-archive.ts";
import type { DraftBlock } from "./draft-block.ts";
import type { ReadingState } from "./reading-state.ts";

/**
 * Pages by the breaks that the word processor noted; without those, by the breaks that are written, unless the file says
 * that it has more pages than these make. A page that is not known is null rather than wrong.
 */
export async function setPages(
  drafts: readonly DraftBlock[],
  state: ReadingState,
  archive: Archive,
): Promise<{ blocks: ReadBlock[]; pages: number | null }> {
  const { rendered, written } = state.place;
  const counted = rendered > 0 ? undefined : await readPageCount(archive);
  const areWrittenTrue = written > 0 && (counted === undefined || counted === written + 1);
  const toPage = (draft: DraftBlock): number | null => {
    if (rendered > 0) return draft.place.rendered + 1;
    return areWrittenTrue ? draft.place.written + 1 : null;
  };
  const blocks = drafts.map((draft) => toReadBlock(draft, toPage(draft)));
  if (rendered > 0) return { blocks, pages: rendered + 1 };
  return { blocks, pages: areWrittenTrue ? written + 1 : null };
}

function toReadBlock({ kind, text, level, table }: DraftBlock, page: number | null): ReadBlock {
  return { kind, text, page, ...(level === undefined ? {} : { level }), ...(table ? { table } : {}) };
}

async function readPageCount(archive: Archive): Promise<number | undefined> {
  const root = await readTree(archive, "docProps/app.xml");
  const count = Number.parseInt(textOf(findChild(root, "ep:Pages")), 10);
  return count > 0 ? count : undefined;
}
