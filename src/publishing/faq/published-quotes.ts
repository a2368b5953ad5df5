import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { ClauseRecord, KnowledgeStore } from "../../storage/index.ts";
import type { FaqSourceQuote } from "../types.ts";

/** Looks quotes up in what is published, or as if `swap` were. Each version is read once. */
export function createQuoteFinder(
  store: KnowledgeStore,
  swap?: { documentId: DocumentId; versionId: VersionId | null },
): (source: FaqSourceQuote) => Promise<ClauseRecord | undefined> {
  const kept = new Map<DocumentId, Promise<ClauseRecord[]>>();

  async function readClauses(documentId: DocumentId): Promise<ClauseRecord[]> {
    const versionId =
      swap?.documentId === documentId
        ? swap.versionId
        : ((await store.getDocument(documentId))?.publishedVersionId ?? null);
    return versionId === null ? [] : store.clausesOf(versionId);
  }

  return async ({ documentId, section, quote }) => {
    const reading = kept.get(documentId) ?? readClauses(documentId);
    kept.set(documentId, reading);
    const holds = ({ text }: ClauseRecord) => quote !== "" && text.includes(quote);
    const clauses = await reading;
    return clauses.find((clause) => clause.section === section && holds(clause)) ?? clauses.find(holds);
  };
}
