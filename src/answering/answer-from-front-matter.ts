import type { Clause, PublishedDocument } from "../knowledge/index.ts";
import { statusOn } from "../knowledge/index.ts";
import type { Retriever, SearchOptions } from "../retrieval/index.ts";
import type { DocumentId, VersionId } from "../shared/index.ts";
import { answerAboutDocument } from "./answer-about-document.ts";
import { finish } from "./compose/compose-answer.ts";
import { describeSection } from "./compose/describe-section.ts";
import { nameDocument } from "./compose/words.ts";
import { writeNextStep } from "./compose/write-next-step.ts";
import { writeNotices } from "./compose/write-notices.ts";
import type { ResolvedQuestion } from "./question/resolve-follow-up.ts";
import type { UnderstoodQuestion } from "./question/understand-question.ts";
import type { Answer } from "./types.ts";

interface FrontMatterInquiry {
  question: UnderstoodQuestion;
  resolved: ResolvedQuestion;
  asOf: string;
  documents: ReadonlyMap<DocumentId, PublishedDocument>;
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
  const { question, asOf, resolved } = inquiry;
  if (!question.aboutDocument) return undefined;
  const document = await chooseDocument(inquiry, parts.retriever);
  if (!document) return undefined;
  const found = answerAboutDocument(
    question.aboutDocument,
    document,
    await parts.documents.getClauses(document.versionId),
  );
  if (!found) return undefined;
  const { metadata } = document;
  const status = statusOn(metadata, asOf);
  const source = nameDocument(metadata.title, status, question.language);
  return finish({
    kind: "answered",
    language: question.language,
    conclusion: question.language === "zh" ? `${source}：${found.zh}。` : `${source}: ${found.en}.`,
    citations: [
      {
        documentId: document.documentId,
        title: metadata.title,
        status,
        section: found.clause.section,
        heading: [...found.clause.heading],
        quote: found.quote,
        start: found.start,
        end: found.end,
      },
    ],
    notStated: [],
    nextStep: writeNextStep({
      kind: "answered",
      body: undefined,
      title: metadata.title,
      isDraft: status === "征求意见稿" || status === "送审稿",
      language: question.language,
    }),
    notices: writeNotices([], [{ metadata, status }], asOf, question.language),
    asOf,
    engine: "rules",
    resolvedQuestion: resolved.text,
    reasons: [`about the document: ${question.aboutDocument}, from ${describeSection(found.clause.section)}`],
  });
}

/** The document named by the request or found by the question; with one document only, that one. */
async function chooseDocument(
  { question, resolved, documents, search }: FrontMatterInquiry,
  retriever: Retriever,
) {
  if (search.documentId) return documents.get(search.documentId);
  if (documents.size === 1) return [...documents.values()][0];
  const { hits } = await retriever.search(question.text, { ...search, top: 1 }, resolved.context);
  return hits[0] && documents.get(hits[0].clause.documentId);
}
