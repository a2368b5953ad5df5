import { childElements } from "../xml/query-xml.ts";
import { type Relation, readTree } from "../xml/read-relations.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { Archive } from "../zip/open-archive.ts";
import { createNumberCounter } from "./count-numbers.ts";
import { readNumbering } from "./numbering.ts";
import type { ReadingState } from "./reading-state.ts";
import { readStyles } from "./styles.ts";

/** Styles, lists and notes of a document, before its body is read. */
export async function createState(archive: Archive, relations: readonly Relation[]): Promise<ReadingState> {
  const readPart = async (type: string): Promise<XmlElement | undefined> => {
    const relation = relations.find((candidate) => candidate.type === type && !candidate.external);
    return await readTree(archive, relation?.target ?? `word/${type}.xml`);
  };
  const styles = readStyles(await readPart("styles"));
  const numbering = readNumbering(await readPart("numbering"), styles);
  return {
    styles,
    numbering,
    counter: createNumberCounter(numbering),
    notes: {
      footnote: indexNotes(await readPart("footnotes"), "w:footnote"),
      endnote: indexNotes(await readPart("endnotes"), "w:endnote"),
    },
    noteCounts: { footnote: 0, endnote: 0 },
    place: { rendered: 0, written: 0 },
    fields: [],
    carried: [],
    contentsSeen: 0,
    tables: 0,
    seen: { revisions: false, comments: false, hidden: false, pictures: 0, otherFiles: 0 },
    linkTexts: new Map(),
  };
}

/** Without the lines that separate notes from the text. */
function indexNotes(root: XmlElement | undefined, name: string): Map<string, XmlElement> {
  const notes = new Map<string, XmlElement>();
  if (!root) return notes;
  for (const element of childElements(root)) {
    const type = element.attributes.get("w:type") ?? "normal";
    const id = element.attributes.get("w:id");
    if (element.name === name && type === "normal" && id !== undefined) notes.set(id, element);
  }
  return notes;
}
