import type { DocumentId } from "../../shared/index.ts";
import { appendAudit } from "../audit/append-audit.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { inChunks, toInstant, toText } from "../row-values.ts";
import type { NewAuditEntry } from "../types.ts";
import { describePublication } from "./describe-publication.ts";
import { withdrawWithin } from "./publication.ts";
import { selectDocuments } from "./rows.ts";

const ENTRIES_PER_APPEND = 500;

export function withdrawMissing(
  { write }: Database,
  collection: string,
  presentSourceKeys: ReadonlySet<string>,
  at: Date,
): Promise<DocumentId[]> {
  const present = new Set([...presentSourceKeys].map(toText));
  return changeWithin(write, async (transaction) => {
    const published = await selectDocuments(transaction)
      .where("d.collection", toText(collection))
      .whereNotNull("v.version_id")
      .orderBy("d.document_id");
    const missing = published.filter((document) => !present.has(document.source_key));
    const entries: NewAuditEntry[] = [];
    for (const { document_id } of missing) {
      const change = await withdrawWithin(transaction, document_id, at);
      entries.push(describePublication("document.vanished", change, at, undefined));
      await transaction("documents")
        .where({ document_id })
        .update({ vanished_at: toInstant(at) });
    }
    for (const chunk of inChunks(entries, ENTRIES_PER_APPEND)) await appendAudit(transaction, ...chunk);
    return missing.map((document) => document.document_id);
  });
}
