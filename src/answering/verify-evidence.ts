import type { PublishedDocument } from "../knowledge/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";
import type { Evidence } from "./evidence/select-evidence.ts";

/**
 * Keeps the evidence whose quote is exactly the published text at its place. The index is built from that text, so that
 * nothing should ever be dropped here; if something is, it must not be said.
 */
export async function verifyEvidence(
  evidence: readonly Evidence[],
  documents: ReadonlyMap<DocumentId, PublishedDocument>,
  documentText: (versionId: VersionId) => Promise<string | undefined>,
): Promise<Evidence[]> {
  const texts = new Map<VersionId, string | undefined>();
  const kept: Evidence[] = [];
  for (const item of evidence) {
    const { clause } = item.hit;
    if (clause.passageId !== null) {
      if (clause.text.slice(item.quote.start, item.quote.end) === item.quote.text) kept.push(item);
      continue;
    }
    if (!documents.has(clause.documentId)) continue;
    if (!texts.has(clause.versionId)) texts.set(clause.versionId, await documentText(clause.versionId));
    const printed = texts
      .get(clause.versionId)
      ?.slice(clause.start + item.quote.start, clause.start + item.quote.end);
    if (printed === item.quote.text) kept.push(item);
  }
  return kept;
}
