import { findDocumentNumber } from "../metadata/document-number.ts";
import { makeTitleKey } from "../metadata/title-key.ts";
import type { DocumentMetadata, PublishedDocument } from "../types.ts";

/** A document with what it is found by. */
export interface IndexedDocument {
  document: PublishedDocument;
  titleKey: string;
  numberKey: string | null;
}

export interface DocumentFinder {
  all: readonly IndexedDocument[];
  /** Those that a text means by a title and a number; never `by` itself. */
  find(
    named: { title: string | null; documentNumber: string | null },
    by: IndexedDocument,
  ): IndexedDocument[];
  withTitleKey(titleKey: string): readonly IndexedDocument[];
}

const MIN_TITLE_KEY = 5;

type Keys = Pick<IndexedDocument, "titleKey" | "numberKey">;

/** The same objects come again after every publication; their keys are most of the work. */
const keptKeys = new WeakMap<DocumentMetadata, Keys>();

function keysOf(metadata: DocumentMetadata): Keys {
  const known = keptKeys.get(metadata);
  if (known) return known;
  const { title, documentNumber } = metadata;
  const keys = {
    titleKey: makeTitleKey(title),
    numberKey: documentNumber && findDocumentNumber(documentNumber),
  };
  keptKeys.set(metadata, keys);
  return keys;
}

export function createDocumentFinder(documents: readonly PublishedDocument[]): DocumentFinder {
  const all = documents.map((document) => ({ document, ...keysOf(document.metadata) }));
  const byTitle = Map.groupBy(all, ({ titleKey }) => titleKey);
  const byNumber = Map.groupBy(all, ({ numberKey }) => numberKey ?? "");
  const withTitleKey = (key: string) => (key.length < MIN_TITLE_KEY ? [] : (byTitle.get(key) ?? []));
  return {
    all,
    withTitleKey,
    find({ title, documentNumber }, by) {
      const numberKey = documentNumber && findDocumentNumber(documentNumber);
      const numbered = numberKey ? (byNumber.get(numberKey) ?? []) : [];
      const found =
        numbered.length > 0
          ? numbered
          : withTitleKey(makeTitleKey(title ?? "")).filter(
              (candidate) => !contradicts(candidate.numberKey, numberKey) && shareScope(candidate, by),
            );
      return found.filter((candidate) => candidate !== by);
    },
  };
}

function contradicts(number: string | null, named: string | null): boolean {
  return number !== null && named !== null && number !== named;
}

/** Titles repeat from place to place: a text of another district is another text. */
export function shareScope(one: IndexedDocument, other: IndexedDocument): boolean {
  const [here, there] = [one.document.metadata, other.document.metadata];
  if (here.places.length === 0 || there.places.length === 0) return true;
  if (here.issuers.some((issuer) => there.issuers.includes(issuer))) return true;
  const narrowest = here.places.at(-1) ?? "";
  return there.places.includes(narrowest) || here.places.includes(there.places.at(-1) ?? "");
}

/** The day by which a document was known. */
export function knownSince({ signedOn, publishedOn, effectiveFrom }: DocumentMetadata): string | null {
  return signedOn ?? publishedOn ?? effectiveFrom;
}

export function isDraft({ status }: DocumentMetadata): boolean {
  return status === "征求意见稿" || status === "送审稿";
}
