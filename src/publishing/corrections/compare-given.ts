import type { Answer, Citation } from "../../answering/index.ts";
import type { DocumentId } from "../../shared/index.ts";
import { isInformative } from "../given-answer.ts";

/** A document whose publication changed since an answer was given, with the text published now; empty: withdrawn. */
export interface ChangedText {
  documentId: DocumentId;
  text: string;
}

/**
 * Whether an answer that was given has become wrong or can now be given: a quote of it no longer stands, its figures are
 * others, or what was not stated is now. Another wording of the same clauses is no reason to write to anybody.
 */
export function hasMateriallyChanged(
  before: Answer,
  after: Answer,
  changed: readonly ChangedText[],
): boolean {
  const documents = new Set(changed.map(({ documentId }) => documentId));
  const isOf = ({ documentId }: Citation) => documents.has(documentId);
  if (!isInformative(before)) return isInformative(after) && after.citations.some(isOf);
  const vanished = listVanished(before, changed);
  if (vanished.length > 0) return !saysTheSame(vanished, after.citations);
  if (before.kind === "partial" && after.kind === "answered") return after.citations.some(isOf);
  if (!isInformative(after)) return before.citations.some(isOf);
  const [first] = after.citations;
  return first !== undefined && isOf(first) && tellsOtherFigures(first, before);
}

/** Citations of these documents whose quote does not stand in their text. */
export function listVanished(answer: Answer, changed: readonly ChangedText[]): Citation[] {
  const documents = new Map(changed.map((document) => [document.documentId, document]));
  return answer.citations.filter((citation) => {
    const document = documents.get(citation.documentId);
    return document !== undefined && !stands(citation, document.text);
  });
}

/** What leads the answer now was not quoted before, and holds figures that were not told. */
function tellsOtherFigures(first: Citation, before: Answer): boolean {
  if (before.citations.some(({ quote }) => toKey(quote).includes(toKey(first.quote)))) return false;
  const told = new Set(before.citations.flatMap(({ quote }) => figuresOf(quote)));
  return figuresOf(first.quote).some((figure) => !told.has(figure));
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

function figuresOf(quote: string): string[] {
  return (quote.match(FIGURE) ?? []).map((figure) => figure.replace(/\s/g, ""));
}
