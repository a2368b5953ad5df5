import type { PublishedDocument } from "../../knowledge/index.ts";

export interface DocumentFinder {
  /** By id, or by title without 《》, blanks and stage note. Of several the one that is no draft, then the newest. */
  find(named: string): PublishedDocument | undefined;
}

const DRAFTS: readonly string[] = ["征求意见稿", "送审稿"];

export function createDocumentFinder(documents: readonly PublishedDocument[]): DocumentFinder {
  const byId = new Map<string, PublishedDocument>();
  const byTitle = new Map<string, PublishedDocument>();
  for (const document of documents) {
    byId.set(document.documentId, document);
    for (const title of [document.metadata.title, document.metadata.titleOuter]) {
      if (title === null || title === "") continue;
      const key = makeKey(title);
      const known = byTitle.get(key);
      if (!known || precedes(document, known)) byTitle.set(key, document);
    }
  }
  return { find: (named) => byId.get(named) ?? byTitle.get(makeKey(named)) };
}

function precedes(one: PublishedDocument, other: PublishedDocument): boolean {
  const draft = DRAFTS.includes(one.metadata.status);
  if (draft !== DRAFTS.includes(other.metadata.status)) return !draft;
  return one.publishedAt > other.publishedAt;
}

/** NFKC makes full-width brackets and digits plain; people write the dash of a period in many ways. */
function makeKey(title: string): string {
  return title
    .normalize("NFKC")
    .replace(/[《》〈〉\s]/g, "")
    .replace(/[‐-―−－~～]+/g, "-")
    .replace(/\((?:公开)?(?:征求意见|送审|审议)(?:稿)?\)/g, "")
    .toLowerCase();
}
