import type { Clause, PublishedDocument } from "../knowledge/index.ts";
import { statusOn } from "../knowledge/index.ts";
import type { QueryAnalysis, Retriever, SearchOptions } from "../retrieval/index.ts";
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

export interface FrontMatterInquiry {
  question: UnderstoodQuestion;
  analysis: QueryAnalysis;
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
  if (!document || !isMeant(document, inquiry, parts.retriever)) return undefined;
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
