import type { Clause } from "../knowledge/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";
import type { FrontMatterAnswer } from "./answer-about-document.ts";
import type { AnswerableDocument } from "./catalog/apply-relations.ts";
import type { AboutDocument } from "./question/understand-question.ts";

export interface RelationAnswer {
  /** The document that says so. */
  source: AnswerableDocument;
  found: FrontMatterAnswer;
}

/** Force and validity as another document has changed them, quoted from that document; undefined when none has. */
export async function answerFromRelations(
  about: AboutDocument,
  document: AnswerableDocument,
  documents: ReadonlyMap<DocumentId, AnswerableDocument>,
  getClauses: (versionId: VersionId) => Promise<Clause[]>,
): Promise<RelationAnswer | undefined> {
  const change = findChange(about, document);
  const source = change && documents.get(change.by);
  if (!change || !source) return undefined;
  const clause = (await getClauses(source.versionId)).find(({ text }) => text.includes(change.quote));
  if (!clause) return undefined;
  const start = clause.start + clause.text.indexOf(change.quote);
  const found = { clause, start, end: start + change.quote.length, quote: change.quote };
  return { source, found: { ...found, zh: change.zh, en: change.en } };
}

interface Change {
  by: DocumentId;
  quote: string;
  zh: string;
  en: string;
}

function findChange(about: AboutDocument, { relations, metadata }: AnswerableDocument): Change | undefined {
  if (!relations || (about !== "validity" && about !== "status")) return undefined;
  const { endedBy, extendedUntil } = relations;
  // Applied already, so that a repeal still to come is not told as one that has happened.
  if (endedBy && metadata.status === endedBy.status) {
    const en = endedBy.status === "已废止" ? "it has been repealed" : "it has been superseded";
    return { by: endedBy.by, quote: endedBy.quote, zh: `该文件${endedBy.status}`, en };
  }
  if (!extendedUntil) return undefined;
  const { by, quote, day } = extendedUntil;
  return { by, quote, zh: `有效期已延长至${day}`, en: `its validity was extended to ${day}` };
}
