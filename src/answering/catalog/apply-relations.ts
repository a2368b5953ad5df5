import { parseVisibility } from "../../access/index.ts";
import type { DocumentRelations, PublishedDocument } from "../../knowledge/index.ts";

/** A published document as it stands among the others on a day. */
export interface AnswerableDocument extends PublishedDocument {
  relations?: DocumentRelations;
}

export function isPublic({ visibility }: PublishedDocument): boolean {
  return parseVisibility(visibility).kind === "public";
}

/** Another document's extension or repeal changes what a document is; its text stays as it was published. */
export function applyRelations(
  document: PublishedDocument,
  relations: DocumentRelations | undefined,
  day: string,
): AnswerableDocument {
  if (!relations) return document;
  const { extendedUntil, endedBy } = relations;
  const ended = endedBy !== null && (endedBy.from === null || endedBy.from <= day);
  const metadata = {
    ...document.metadata,
    ...(extendedUntil && { expiresOn: extendedUntil.day, expiryBasis: "explicit" as const }),
    ...(ended && { status: endedBy.status }),
  };
  return { ...document, metadata, relations };
}
