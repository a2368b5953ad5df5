import type { PartLayout, Role } from "../layout/layout-types.ts";
import type { PlaceTable } from "../places/place-table.ts";
import { closeGaps, unifyPunctuation } from "../reading/close-gaps.ts";
import type { Paragraph } from "../reading/join-paragraphs.ts";
import type { PageFields } from "../reading/page-particulars.ts";

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

/** The text of the body paragraphs of the text itself and of its notice, the text's first. */
export function bodyParagraphs(source: MetadataSource): string[] {
  return (["main", "appended", "notice"] as const).flatMap((kind) =>
    source.parts
      .filter((part) => part.kind === kind)
      .flatMap((part) => [
        ...part.body,
        ...part.back.flatMap((block) => (block.role === "结语" ? block.paragraphs : [])),
      ])
      .map(({ text }) => unifyPunctuation(closeGaps(text))),
  );
}
