import type { ReadBlock } from "../../types.ts";
import { findDocumentNumber } from "../find-document-number.ts";
import { findAll } from "../xml/query-xml.ts";
import { type Relation, readTree } from "../xml/read-relations.ts";
import type { Archive } from "../zip/open-archive.ts";
import { readParagraph } from "./read-paragraph.ts";
import type { ReadingState } from "./reading-state.ts";

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
    const found = findDocumentNumber(lines.map(({ text }) => text).join("\n"), blocks);
    if (found !== undefined) return found;
  }
  return undefined;
}
