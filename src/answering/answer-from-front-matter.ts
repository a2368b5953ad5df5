import type { Clause, PublishedDocument } from "../knowledge/index.ts";
import { statusOn } from "../knowledge/index.ts";
import type { QueryAnalysis, Retriever, SearchOptions } from "../retrieval/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";
import {
  ABOUT_LABELS,
  answerAboutDocument,
  type FrontMatterAnswer,
  isUnstated,
} from "./answer-about-document.ts";
import { answerFromRelations } from "./answer-from-relations.ts";
import { type AnswerableDocument, isPublic } from "./catalog/apply-relations.ts";
import { finish } from "./compose/compose-answer.ts";
import { describeSection } from "./compose/describe-section.ts";
import { nameDocument } from "./compose/words.ts";
import { writeNextStep } from "./compose/write-next-step.ts";
import { describeCited, writeNotices } from "./compose/write-notices.ts";
import type { ResolvedQuestion } from "./question/resolve-follow-up.ts";
import type { UnderstoodQuestion } from "./question/understand-question.ts";
import type { Answer } from "./types.ts";

export interface FrontMatterInquiry {
  question: UnderstoodQuestion;
  analysis: QueryAnalysis;
  resolved: ResolvedQuestion;
  asOf: string;
  documents: ReadonlyMap<DocumentId, AnswerableDocument>;
  search: Omit<SearchOptions, "top">;
}

interface FrontMatterParts {
  retriever: Retriever;
  documents: { getClauses(versionId: VersionId): Promise<Clause[]> };
}

/** Answers questions about a document itself from its front matter; undefined when that is not asked or not stated. */
export async function answerFromFrontMatter(
  inquiry: FrontMatterInquiry,
  parts: FrontMatterParts,
): Promise<Answer | undefined> {
  const { question, asOf } = inquiry;
  if (!question.aboutDocument) return undefined;
  const document = await chooseDocument(inquiry, parts.retriever);
  if (!document || !isMeant(document, inquiry, parts.retriever)) return undefined;
  const { getClauses } = parts.documents;
  const clauses = await getClauses(document.versionId);
  const related = await answerFromRelations(question.aboutDocument, document, inquiry.documents, getClauses);
  const found = related?.found ?? answerAboutDocument(question.aboutDocument, document, clauses);
  if (found) {
    const name = nameDocument(document.metadata.title, statusOn(document.metadata, asOf), question.language);
    const conclusion = question.language === "zh" ? `${name}：${found.zh}。` : `${name}: ${found.en}.`;
    const said = { kind: "answered" as const, conclusion, notStated: [] };
    return compose(inquiry, related?.source ?? document, found, said);
  }
  const [title] = clauses;
  if (!title || !isUnstated(question.aboutDocument, document.metadata)) return undefined;
  const label = ABOUT_LABELS[question.aboutDocument][question.language];
  const whole = { clause: title, start: title.start, end: title.end, quote: title.text };
  const conclusion =
    question.language === "zh"
      ? `${nameDocument(document.metadata.title, statusOn(document.metadata, asOf), "zh")}未载明${label}。`
      : `${nameDocument(document.metadata.title, statusOn(document.metadata, asOf), "en")} does not state its ${label}.`;
  return compose(inquiry, document, whole, { kind: "not-in-documents", conclusion, notStated: [label] });
}

type Place = Pick<FrontMatterAnswer, "clause" | "start" | "end" | "quote">;

function compose(
  { question, resolved, asOf, documents }: FrontMatterInquiry,
  document: AnswerableDocument,
  { clause, start, end, quote }: Place,
  said: Pick<Answer, "kind" | "conclusion" | "notStated">,
): Answer {
  const { documentId, versionId, metadata } = document;
  const status = statusOn(metadata, asOf);
  return finish({
    ...said,
    language: question.language,
    citations: [
      {
        documentId,
        versionId,
        title: metadata.title,
        status,
        section: clause.section,
        heading: [...clause.heading],
        quote,
        start,
        end,
        ...(clause.page !== null && { page: clause.page }),
        ...(!isPublic(document) && { restricted: true as const }),
      },
    ],
    nextStep: writeNextStep({
      kind: said.kind,
      body: undefined,
      title: metadata.title,
      isDraft: status === "征求意见稿" || status === "送审稿",
      language: question.language,
    }),
    notices: writeNotices([], describeCited([documentId], documents, asOf), asOf, question.language),
    asOf,
    engine: "rules",
    resolvedQuestion: resolved.text,
    reasons: [`about the document: ${question.aboutDocument}, from ${describeSection(clause.section)}`],
  });
}

/** The document named by the request or found by the question; with one document only, that one. */
export async function chooseDocument(
  { question, resolved, documents, search }: FrontMatterInquiry,
  retriever: Retriever,
) {
  if (search.documentId) return documents.get(search.documentId);
  if (documents.size === 1) return [...documents.values()][0];
  const { hits } = await retriever.search(question.text, { ...search, top: 1 }, resolved.context);
  return hits[0] && documents.get(hits[0].clause.documentId);
}

const ABOUT_WORD =
  /(方案|文件|办法|意见|通知|规划|措施|细则|政策|规定|公告|指南|草案|稿|正式|发布|印发|出台|生效|效力|有效|期|日期|时间|年|机关|单位|部门|政府|解释|废止|失效|作废|法律|文号|字号|标题|名称|全称)/;

/** What the question names besides the document and its dates must be in the title: 众创空间那个意见 is another document. */
function isMeant(
  document: PublishedDocument,
  { question, analysis }: FrontMatterInquiry,
  retriever: Retriever,
): boolean {
  const own = document.metadata.documentNumber?.match(/\d+/g)?.join(" ");
  const named = /(\d{4})\D{1,3}(\d{1,4})\s*号/.exec(question.normalized);
  if (named) return own === `${named[1]} ${named[2]}`;
  const words = analysis.words.filter(
    ({ text, partOfSpeech }) =>
      text.length > 1 && !ABOUT_WORD.test(text) && /^(n|j|l|eng)/.test(partOfSpeech ?? "n"),
  );
  if (words.length === 0) return true;
  const surroundings = [
    document.metadata.title,
    ...document.metadata.issuers,
    ...document.metadata.places,
  ].join("\n");
  return retriever.scoreText({ ...analysis, words }, surroundings.toLowerCase()).coverage >= 0.5;
}
