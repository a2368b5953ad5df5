import type { PartLayout, Role } from "../layout/layout-types.ts";
import type { PlaceTable } from "../places/place-table.ts";
import { isRow } from "../reading/block-note.ts";
import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { PageFields } from "../reading/page-particulars.ts";
import { withoutQuoted } from "./quoted-spans.ts";

/** What metadata is read from. */
export interface MetadataSource {
  fileName: string;
  parts: readonly PartLayout[];
  fields: PageFields;
  places: PlaceTable | undefined;
}

/** Paragraphs of a role, the notice's first, then the text's. */
export function paragraphsOf(
  source: MetadataSource,
  role: Role,
  kinds: readonly PartLayout["kind"][],
): Paragraph[] {
  return kinds.flatMap((kind) =>
    source.parts
      .filter((part) => part.kind === kind)
      .flatMap((part) => [...part.front, ...part.back])
      .filter((block) => block.role === role)
      .flatMap((block) => block.paragraphs),
  );
}

/** Titles of texts about a document: comparisons of its wordings, explanations, questions and answers. */
const ABOUT_ANOTHER =
  /对照表|对比表|比对表|(?:修订|修改|起草|编制|制定|情况)说明|(?:修订|修改|起草|编制|制定)[^，。]{0,40}的?说明$|解读|问答|答记者问|一图读懂|图解|汇编|意见.{0,6}(?:采纳|反馈|情况)/;

/** What such a text says of validity or repeal, it says of the document that it is about. */
export function isAboutAnother(...titles: readonly (string | null)[]): boolean {
  return titles.some((title) => title !== null && ABOUT_ANOTHER.test(title));
}

/** What the document says in words of its own: no rows of tables, no long quotations. */
export function ownStatements(source: MetadataSource): string[] {
  return withoutQuoted(bodyParagraphs(source, (paragraph) => !isRow(paragraph)));
}

/** The text of the body paragraphs of the text itself and of its notice, the text's first. */
export function bodyParagraphs(
  source: MetadataSource,
  isWanted: (paragraph: Paragraph) => boolean = () => true,
): string[] {
  return (["main", "appended", "notice"] as const).flatMap((kind) =>
    source.parts
      .filter((part) => part.kind === kind)
      .flatMap((part) => [
        ...part.body,
        ...part.back.flatMap((block) => (block.role === "结语" ? block.paragraphs : [])),
      ])
      .filter(isWanted)
      .map(({ text }) => unifyPunctuation(closeGaps(text))),
  );
}
