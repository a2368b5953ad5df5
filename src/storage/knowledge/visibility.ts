import { AppError, type DocumentId } from "../../shared/index.ts";
import { appendAudit, describeChange } from "../audit/append-audit.ts";
import { toCanonicalJson } from "../audit/canonical-json.ts";
import { changeWithin } from "../change-lock.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toJson, toText } from "../row-values.ts";
import type { ChangeOrigin } from "../types.ts";
import { bumpRevision } from "./publication.ts";

/** What everybody may see grows the revision like a publication: whoever caches by it looks again. */
export async function setVisibility(
  { write }: Database,
  documentId: DocumentId,
  visibility: unknown,
  at: Date,
  origin: ChangeOrigin,
): Promise<void> {
  await changeWithin(write, async (transaction) => {
    const key = { document_id: toText(documentId) };
    const row: { visibility: string } | undefined = await transaction("documents")
      .where(key)
      .first("visibility");
    if (!row) throw unknownDocument(documentId);
    const before = fromJson<unknown>(row.visibility);
    if (toCanonicalJson(before) === toCanonicalJson(visibility)) return;
    await transaction("documents")
      .where(key)
      .update({ visibility: toJson(visibility) });
    await bumpRevision(transaction);
    const facts = { before, after: visibility };
    const entry = describeChange("document.visibility-set", `document:${documentId}`, facts, at, origin);
    await appendAudit(transaction, entry);
  });
}

function unknownDocument(documentId: DocumentId): AppError {
  return new AppError({
    code: "not-found",
    message: `document ${documentId} does not exist`,
    safeMessage: `没有编号为 ${documentId} 的文件。请用 documents 查看文件编号。`,
  });
}
