import { createHash } from "node:crypto";
import type { DocumentId } from "../../shared/index.ts";

/** The same source in the same collection has the same id, in every database: `plans-1f3a9c20b7`. */
export function makeDocumentId(collection: string, sourceKey: string): DocumentId {
  const hash = createHash("sha256").update(`${collection}\n${sourceKey}`).digest("hex").slice(0, 10);
  const readable = /^[A-Za-z0-9_-]{1,40}$/.test(collection) ? collection : "doc";
  return `${readable}-${hash}` as DocumentId;
}
