import { type Clause, statusOn } from "../../knowledge/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { type AnswerableDocument, isPublic } from "../catalog/apply-relations.ts";
import { finish } from "../compose/compose-answer.ts";
import { writeNextStep } from "../compose/write-next-step.ts";
import { describeCited, writeNotices } from "../compose/write-notices.ts";
import type { Answer, Citation } from "../types.ts";
import type { FaqEntry } from "./faq-types.ts";

export interface FaqAnswerInput {
  documents: ReadonlyMap<DocumentId, AnswerableDocument>;
  getClauses(versionId: VersionId): Promise<Clause[]>;
  asOf: string;
  resolvedQuestion: string;
}

/** The entry as an answer with citations; undefined when one of its sources no longer stands in the published text. */
export async function answerFromFaq(entry: FaqEntry, input: FaqAnswerInput): Promise<Answer | undefined> {
  const citations: Citation[] = [];
  for (const source of entry.sources) {
    const citation = await findSource(source, input);
    if (!citation) return undefined;
    citations.push(citation);
  }
  if (citations.length === 0) return undefined;
  const cited = describeCited(
    citations.map(({ documentId }) => documentId),
    input.documents,
    input.asOf,
  );
  const [first] = cited;
  return finish({
    kind: "answered",
    language: "zh",
    conclusion: entry.answer,
    citations,
    notStated: [],
    nextStep: writeNextStep({
      kind: "answered",
      body: undefined,
      title: first?.metadata.title,
      isDraft: first?.status === "征求意见稿" || first?.status === "送审稿",
      language: "zh",
    }),
    notices: writeNotices([], cited, input.asOf, "zh"),
    asOf: input.asOf,
    engine: "rules",
    faqId: entry.faqId,
    resolvedQuestion: input.resolvedQuestion,
    reasons: [`faq: ${entry.faqId}`],
  });
}

async function findSource(
  source: FaqEntry["sources"][number],
  { documents, getClauses, asOf }: FaqAnswerInput,
): Promise<Citation | undefined> {
  const document = documents.get(source.documentId);
  if (!document || source.quote === "") return undefined;
  const clauses = await getClauses(document.versionId);
  const holds = ({ text }: Clause) => text.includes(source.quote);
  const clause =
    clauses.find((each) => each.section === source.section && holds(each)) ?? clauses.find(holds);
  if (!clause) return undefined;
  const start = clause.start + clause.text.indexOf(source.quote);
  return {
    documentId: source.documentId,
    versionId: document.versionId,
    ...(clause.page !== null && { page: clause.page }),
    ...(!isPublic(document) && { restricted: true as const }),
    title: document.metadata.title,
    status: statusOn(document.metadata, asOf),
    section: clause.section,
    heading: [...clause.heading],
    quote: source.quote,
    start,
    end: start + source.quote.length,
  };
}
