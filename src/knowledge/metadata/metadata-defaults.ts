import type { DocumentMetadata, DocumentReferences } from "../types.ts";

/** A document that names no other. */
export function noReferences(): DocumentReferences {
  return {
    draftedBy: null,
    basedOn: [],
    amendments: [],
    attachments: [],
    tailClause: null,
    isNormative: null,
  };
}

/** Nothing is known but the title. */
export function emptyMetadata(title: string): DocumentMetadata {
  return {
    ...noReferences(),
    title,
    titleOuter: null,
    issuers: [],
    documentNumber: null,
    addressees: null,
    kind: "其他",
    status: "未载明",
    signedOn: null,
    publishedOn: null,
    effectiveFrom: null,
    expiresOn: null,
    expiryBasis: "none",
    period: null,
    places: [],
    interpreter: null,
    repeals: [],
  };
}

/**
 * Stored metadata of any age: fields that older code did not know are filled as unknown. What is kept beside them (how the
 * file was read, what an admin stated) stays.
 */
export function withMetadataDefaults(stored: unknown): DocumentMetadata {
  const known = typeof stored === "object" && stored !== null ? stored : {};
  return { ...emptyMetadata(""), ...known };
}

/** The metadata alone: answers and lists have no use for what is kept beside them. */
export function plainMetadata(stored: unknown): DocumentMetadata {
  const all = withMetadataDefaults(stored);
  const fields = Object.keys(emptyMetadata("")) as (keyof DocumentMetadata)[];
  return Object.fromEntries(fields.map((field) => [field, all[field]])) as unknown as DocumentMetadata;
}
