import type { Answer, Citation } from "../../answering/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { isInformative } from "../given-answer.ts";

/** A document whose publication changed since an answer was given. */
export interface ChangedDocument {
  documentId: DocumentId;
  /** Null: withdrawn. */
  versionId: VersionId | null;
  /** Text published now; empty when nothing is. */
  text: string;
}

/**
 * Whether an answer that was given has become wrong or can now be given: a quote of it no longer stands, its figures are
 * others, or what was not stated is now. Another wording of the same clauses is no reason to write to anybody.
 */
export function hasMateriallyChanged(
  before: Answer,
  after: Answer,
  changed: readonly ChangedDocument[],
): boolean {
  const documents = new Map(changed.map((document) => [document.documentId, document]));
  const isOf = ({ documentId }: Citation) => documents.has(documentId);
  if (!isInformative(before)) return isInformative(after) && after.citations.some(isOf);
  const vanished = before.citations.filter(
    (citation) => isOf(citation) && !stands(citation, documents.get(citation.documentId)?.text ?? ""),
  );
  if (vanished.length > 0) return !saysTheSame(vanished, after.citations);
  if (before.kind === "partial" && after.kind === "answered") return after.citations.some(isOf);
  if (!isInformative(after)) return before.citations.some(isOf);
  const isAbout = before.citations.some(isOf) || after.citations.some(isOf);
  return isAbout && figuresOf(before) !== figuresOf(after);
}

function stands({ quote }: Citation, text: string): boolean {
  return toKey(text).includes(toKey(quote));
}

/** Every quote that is gone stands in the new answer but for its number, blanks and marks. */
function saysTheSame(vanished: readonly Citation[], citations: readonly Citation[]): boolean {
  const now = toKey(citations.map(({ quote }) => quote).join("\n"));
  return vanished.every(({ quote }) => now.includes(toKey(quote)));
}

const LABEL =
  /^\s*(?:第[零〇一二三四五六七八九十百千\d]+[条章节款]|[（(][零〇一二三四五六七八九十百\d]+[）)]|[零〇一二三四五六七八九十百\d]+[、.．])/;

function toKey(text: string): string {
  return text.replace(LABEL, "").replace(/[\s\p{P}]/gu, "");
}

const FIGURE = /\d+(?:[.,]\d+)*\s?(?:万亿|[千百]?万|亿|%|％)?|百分之[一二三四五六七八九十百]+/g;

function figuresOf({ citations }: Answer): string {
  const figures = citations.flatMap(({ quote }) => quote.match(FIGURE) ?? []);
  return [...new Set(figures.map((figure) => figure.replace(/\s/g, "")))].sort().join(" ");
}
