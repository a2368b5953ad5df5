import type { ReadDocument } from "../../readers/index.ts";
import { dropContents } from "../layout/drop-contents.ts";
import { dropPageNumbers } from "./drop-page-numbers.ts";
import { joinParagraphs, type Paragraph, toParagraph } from "./join-paragraphs.ts";
import { layOutBlocks } from "./lay-out-blocks.ts";
import { markTableLines } from "./mark-table-lines.ts";
import { normalizeDocumentText } from "./normalize-document-text.ts";
import type { PageFields } from "./page-particulars.ts";
import { toPageFields } from "./reader-fields.ts";
import { screenWebPage } from "./screen-web-page.ts";
import { type Line, splitLines } from "./split-lines.ts";

/** The paragraphs of a document itself, without the page around it. */
export interface ScreenedSource {
  text: string;
  paragraphs: Paragraph[];
  /** Apart from the paragraphs, whose order they would disturb. */
  footnotes: Paragraph[];
  fields: PageFields;
  dropped: { page: number; contents: number };
}

export function screenSource(input: string | ReadDocument): ScreenedSource {
  if (typeof input === "string") return screenText(input, {});
  if (input.text !== undefined) return screenText(input.text, toPageFields(input));
  const laidOut = layOutBlocks(input);
  const isNote = ({ note }: Line) => note?.kind === "footnote";
  const known = toPageFields(input);
  const page = screenWebPage(
    laidOut.lines.filter((line) => !isNote(line)),
    known.name,
  );
  const contents = dropContents(page.lines.map(toParagraph));
  return {
    text: laidOut.text,
    paragraphs: contents.paragraphs,
    footnotes: laidOut.lines.filter(isNote).map(toParagraph),
    fields: { ...known, ...page.fields },
    dropped: { page: page.dropped, contents: contents.dropped },
  };
}

function screenText(input: string, known: PageFields): ScreenedSource {
  const text = dropPageNumbers(normalizeDocumentText(input));
  const page = screenWebPage(markTableLines(splitLines(text)));
  const contents = dropContents(joinParagraphs(text, page.lines));
  return {
    text,
    paragraphs: contents.paragraphs,
    footnotes: [],
    fields: { ...known, ...page.fields },
    dropped: { page: page.dropped, contents: contents.dropped },
  };
}
