import type { DocumentId } from "../../shared/index.ts";
import type { Amendment, DocumentRelations, PublishedDocument } from "../types.ts";
import {
  createDocumentFinder,
  type DocumentFinder,
  type IndexedDocument,
  isDraft,
  knownSince,
} from "./find-documents.ts";
import { linkChain } from "./link-chain.ts";

/**
 * What the published documents make of one another on a day (`YYYY-MM-DD`): extensions, repeals, final texts of drafts, and
 * the chain plan → rules → call for applications. Every document has an entry. What was announced after the day does not
 * count; an end that is announced and still to come is there, with its day in `from`. Pure; linear in the documents.
 */
export function relateDocuments(
  documents: readonly PublishedDocument[],
  day: string,
): ReadonlyMap<DocumentId, DocumentRelations> {
  const finder = createDocumentFinder(documents);
  const relations = new Map<DocumentId, DocumentRelations>(
    documents.map(({ documentId }) => [documentId, noRelations()]),
  );
  for (const indexed of finder.all) {
    if (isDraft(indexed.document.metadata) || !isKnown(indexed, day)) continue;
    for (const amendment of indexed.document.metadata.amendments) {
      for (const target of finder.find(amendment, indexed)) apply(amendment, indexed, target, relations);
    }
  }
  for (const indexed of finder.all) supersedeDraft(indexed, finder, day, relations);
  linkChain(finder, relations);
  return relations;
}

function noRelations(): DocumentRelations {
  return { extendedUntil: null, endedBy: null, basedOn: [], rules: [], calls: [], missing: [] };
}

function isKnown({ document }: IndexedDocument, day: string): boolean {
  const since = knownSince(document.metadata);
  return since === null || since <= day;
}

function apply(
  amendment: Amendment,
  by: IndexedDocument,
  target: IndexedDocument,
  relations: Map<DocumentId, DocumentRelations>,
): void {
  const known = relations.get(target.document.documentId);
  if (!known || !isEarlier(target, by)) return;
  const { effect, until, quote } = amendment;
  if (effect === "extends" && until !== null) {
    const present = known.extendedUntil?.day ?? target.document.metadata.expiresOn;
    if (present === null || present < until)
      known.extendedUntil = { day: until, by: by.document.documentId, quote };
    return;
  }
  if (effect !== "repeals" && effect !== "supersedes") return;
  const from = amendment.from ?? startOf(by);
  if (known.endedBy && (known.endedBy.from ?? "") <= (from ?? "")) return;
  const status = effect === "repeals" ? "已废止" : "已被替代";
  known.endedBy = { status, from, by: by.document.documentId, quote };
}

/** A text cannot end one that came after it: there the title means an earlier edition. */
function isEarlier(target: IndexedDocument, by: IndexedDocument): boolean {
  const since = knownSince(target.document.metadata);
  const until = knownSince(by.document.metadata);
  return since === null || until === null || since <= until;
}

function startOf({ document }: IndexedDocument): string | null {
  const { effectiveFrom, signedOn, publishedOn } = document.metadata;
  return effectiveFrom ?? signedOn ?? publishedOn;
}

/** The issued text of the same title takes the place of its draft. */
function supersedeDraft(
  draft: IndexedDocument,
  finder: DocumentFinder,
  day: string,
  relations: Map<DocumentId, DocumentRelations>,
): void {
  const known = relations.get(draft.document.documentId);
  if (!known || known.endedBy || !isDraft(draft.document.metadata)) return;
  const { title } = draft.document.metadata;
  const final = finder
    .find({ title, documentNumber: null }, draft)
    .find(
      (candidate) =>
        candidate.document.metadata.status === "正式" &&
        isKnown(candidate, day) &&
        isEarlier(draft, candidate),
    );
  if (!final) return;
  const { documentId, metadata } = final.document;
  const from = metadata.signedOn ?? metadata.publishedOn ?? metadata.effectiveFrom;
  known.endedBy = { status: "已被替代", from, by: documentId, quote: metadata.titleOuter ?? metadata.title };
}
