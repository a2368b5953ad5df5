import type { PublishedDocument } from "../../knowledge/index.ts";
import type { VersionId } from "../../shared/index.ts";
import type { CheckedQuote, ClauseQuote } from "../types.ts";
import type { CatalogueDocuments } from "./catalogue-documents.ts";
import { createDocumentFinder } from "./find-document.ts";
import { indexQuotes, type QuoteIndex, withoutText } from "./index-quotes.ts";

/** The published documents of one moment, with their texts as they are needed. */
export interface PublishedSources {
  find(named: string): PublishedDocument | undefined;
  check(document: PublishedDocument | undefined, quotes: readonly ClauseQuote[]): Promise<CheckedQuote[]>;
}

export async function readPublishedSources(documents: CatalogueDocuments): Promise<PublishedSources> {
  const finder = createDocumentFinder(await documents.listPublished());
  const texts = new Map<VersionId, Promise<QuoteIndex>>();
  const openText = (versionId: VersionId) => {
    const known = texts.get(versionId) ?? readText(documents, versionId);
    texts.set(versionId, known);
    return known;
  };
  return {
    find: finder.find,
    async check(document, quotes) {
      if (!document) return quotes.map(withoutText);
      const text = await openText(document.versionId);
      return quotes.map(text.check);
    },
  };
}

async function readText(documents: CatalogueDocuments, versionId: VersionId): Promise<QuoteIndex> {
  const [text, clauses] = await Promise.all([
    documents.documentText(versionId),
    documents.getClauses(versionId),
  ]);
  return indexQuotes(text, clauses);
}
