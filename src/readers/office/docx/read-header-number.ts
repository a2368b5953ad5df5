import type { ReadBlock } from "../../types.ts";
import { findAll } from "../xml/query-xml.ts";
import { type Relation, readTree } from "../xml/read-relations.ts";
import type { Archive } from "../zip/open-archive.ts";
import { readParagraph } from "./read-paragraph.ts";
import type { ReadingState } from "./reading-state.ts";

/** 沪府办规〔2023〕23号, with the brackets and blanks that people type. */
const NUMBER = /\p{Script=Han}{2,12}\s*[〔［[（(【]\s*(?:19|20)\d\d\s*[〕］\])）】]\s*第?\s*\d{1,5}\s*号/u;

/** Running heads and feet are left out, but a document number may stand there alone. */
export async function readHeaderNumber(
  archive: Archive,
  relations: readonly Relation[],
  state: ReadingState,
  blocks: readonly ReadBlock[],
): Promise<string | undefined> {
  for (const { type, target, external } of relations) {
    if (external || (type !== "header" && type !== "footer")) continue;
    const root = await readTree(archive, target);
    if (!root) continue;
    const lines = findAll(root, "w:p").flatMap((element) => readParagraph(element, state)?.lines ?? []);
    const found = NUMBER.exec(lines.map(({ text }) => text).join("\n"))?.[0];
    if (found !== undefined && !blocks.some(({ text }) => text.includes(found))) return found;
  }
  return undefined;
}
