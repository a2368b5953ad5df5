import type { Answer } from "../answering/index.ts";
import type { DocumentId } from "../shared/index.ts";

/** An answer from storage, of any age; undefined: not one. */
export function readAnswer(stored: unknown): Answer | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const answer = stored as Partial<Answer>;
  if (typeof answer.kind !== "string" || !Array.isArray(answer.citations)) return undefined;
  return { conclusion: "", notStated: [], notices: [], reasons: [], ...answer } as Answer;
}

export function citesDocument(answer: Answer | undefined, documentId: DocumentId): boolean {
  return answer?.citations.some((citation) => citation.documentId === documentId) ?? false;
}

/** Says what the documents say. */
export function isInformative({ kind }: Pick<Answer, "kind">): boolean {
  return kind === "answered" || kind === "partial";
}
