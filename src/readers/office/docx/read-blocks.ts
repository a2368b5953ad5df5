import { childElements, childrenNamed, findChild, findPath, isOn, readValue } from "../xml/query-xml.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { DraftBlock } from "./draft-block.ts";
import { readNotes } from "./read-notes.ts";
import { flushCarried, type ParagraphContent, readParagraph } from "./read-paragraph.ts";
import { chooseAlternative } from "./read-runs.ts";
import { readTable } from "./read-table.ts";
import type { ReadingState } from "./reading-state.ts";

/** Blocks of a text box or a cell: content of its own, so nothing is carried in or out. */
export function readContainer(container: XmlElement, state: ReadingState): DraftBlock[] {
  const outside = state.carried.splice(0);
  const blocks = [...childElements(container)].flatMap((element) => readBlock(element, state));
  blocks.push(...finishBlocks(state));
  state.carried.push(...outside);
  return blocks;
}

export function finishBlocks(state: ReadingState): DraftBlock[] {
  const rest = flushCarried(state);
  return rest ? toBlocks(rest, state) : [];
}

/** One element of the body (paragraph, table, content control) → its blocks. */
export function readBlock(element: XmlElement, state: ReadingState): DraftBlock[] {
  switch (element.name) {
    case "w:p": {
      const content = readParagraph(element, state);
      return content ? toBlocks(content, state) : [];
    }
    case "w:tbl":
      return readTable(element, { state, readContainer });
    case "w:sdt":
      return readControl(element, state);
    case "w:ins":
    case "w:moveTo":
    case "w:customXml":
    case "w:smartTag":
      return [...childElements(element)].flatMap((child) => readBlock(child, state));
    case "mc:AlternateContent":
      return [...childElements(chooseAlternative(element))].flatMap((child) => readBlock(child, state));
    case "w:altChunk":
    case "w:subDoc":
      state.seen.otherFiles += 1;
      return [];
    default:
      return [];
  }
}

function readControl(element: XmlElement, state: ReadingState): DraftBlock[] {
  const properties = findChild(element, "w:sdtPr");
  if (isOn(properties, "w:showingPlcHdr")) return [];
  const gallery = readValue(findPath(properties, "w:docPartObj"), "w:docPartGallery");
  const blocks = childrenNamed(element, "w:sdtContent")
    .flatMap((content) => [...childElements(content)])
    .flatMap((child) => readBlock(child, state));
  if (gallery !== "Table of Contents") return blocks;
  state.contentsSeen += 1;
  return [];
}

function toBlocks(content: ParagraphContent, state: ReadingState): DraftBlock[] {
  const { headingLevel, lines, bold } = content;
  const blocks: DraftBlock[] = lines.map(({ text, place }) => ({
    kind: headingLevel === undefined ? "paragraph" : "heading",
    text,
    place,
    ...(headingLevel === undefined ? {} : { level: headingLevel }),
    ...(bold ? { bold } : {}),
  }));
  const notes = readNotes(content.notes, state);
  const boxes = content.boxes.flatMap((box) => readContainer(box, state));
  return [...blocks, ...notes, ...boxes];
}
