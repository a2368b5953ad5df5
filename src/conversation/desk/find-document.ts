import type { Actor } from "../../access/index.ts";
import type { ReviewDesk } from "../../publishing/index.ts";
import { AppError, type DocumentId } from "../../shared/index.ts";

const MAX_NAMED = 5;

/** An id, or words that stand in one title only. Throws `not-found` with what to send instead. */
export async function findDocument(
  review: Pick<ReviewDesk, "listDocuments">,
  reference: string,
  actor: Actor,
): Promise<DocumentId> {
  const all = await review.listDocuments(actor);
  const exact = all.find(({ documentId }) => documentId === reference);
  if (exact) return exact.documentId;
  const named = all.filter(({ title }) => title.includes(reference));
  const [only] = named;
  if (only && named.length === 1) return only.documentId;
  const list = named.slice(0, MAX_NAMED).map(({ documentId, title }) => `《${title}》${documentId}`);
  throw new AppError({
    code: "not-found",
    message: `${named.length} documents match the reference`,
    safeMessage:
      named.length === 0
        ? `没有找到“${reference}”。发送“文件列表”可查看编号和标题。`
        : `有 ${named.length} 份文件的标题含“${reference}”，请改用文件编号：${list.join("；")}`,
  });
}
