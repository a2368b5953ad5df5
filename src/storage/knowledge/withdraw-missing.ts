import type { DocumentId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import { lockKnowledge, withdrawWithin } from "./publication.ts";
import { selectDocuments } from "./rows.ts";

export function withdrawMissing(
  { write }: Database,
  collection: string,
  presentSourceKeys: ReadonlySet<string>,
  at: Date,
): Promise<DocumentId[]> {
  const present = new Set([...presentSourceKeys].map(toText));
  return write.transaction(async (transaction) => {
    await lockKnowledge(transaction);
    const published = await selectDocuments(transaction)
      .where("d.collection", toText(collection))
      .whereNotNull("v.version_id")
      .orderBy("d.document_id");
    const missing = published.filter((document) => !present.has(document.source_key));
    for (const { document_id } of missing) {
      await withdrawWithin(transaction, document_id, at);
      await transaction("documents")
        .where({ document_id })
        .update({ vanished_at: toInstant(at) });
    }
    return missing.map((document) => document.document_id);
  });
}
