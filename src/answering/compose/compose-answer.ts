import { statusOn } from "../../knowledge/index.ts";
import type { DocumentId } from "../../shared/index.ts";
import { type AnswerableDocument, isPublic } from "../catalog/apply-relations.ts";
import type { Decision } from "../decide/decision.ts";
import type { Conduct } from "../decide/detect-conduct.ts";
import type { Evidence } from "../evidence/select-evidence.ts";
import type { UnderstoodQuestion } from "../question/understand-question.ts";
import type { Answer, Citation } from "../types.ts";
import { writeAnswerText } from "./write-answer-text.ts";
import { writeConclusion } from "./write-conclusion.ts";
import { writeConduct } from "./write-conduct.ts";
import { type ResponsibleBody, writeNextStep } from "./write-next-step.ts";
import { describeCited, writeChainNotice, writeNotices } from "./write-notices.ts";
import { writeRefusal } from "./write-refusal.ts";

export interface CompositionInput {
  question: UnderstoodQuestion;
  resolvedQuestion: string;
  decision: Decision;
  documents: ReadonlyMap<DocumentId, AnswerableDocument>;
  body: ResponsibleBody | undefined;
  asOf: string;
  /** How much of the question a piece of text holds. */
  score(text: string): number;
  /** What is usually needed and not stated by the cited clauses; named beside a program. */
  usualGaps: readonly string[];
}

/** Puts a decision into words, extractively: every statement about a document is a verbatim quote or a fixed phrase. */
export function composeAnswer(input: CompositionInput): Answer {
  const { question, decision, documents, asOf } = input;
  const { language } = question;
  const citations = decision.evidence.map((evidence) => toCitation(evidence, documents, asOf));
  const cited = describeCited(
    decision.evidence.map(({ hit }) => hit.clause.documentId),
    documents,
    asOf,
  );
  const [first] = cited;
  const answers = decision.kind === "answered" || decision.kind === "partial";
  const conclusion = answers
    ? writeConclusion(decision, question, citations[0]?.status ?? "", input.score)
    : writeRefusal(decision, language);
  const notStated = [...new Set([...decision.notStated, ...(answers ? input.usualGaps : [])])];
  const chain = notStated.length > 0 ? writeChainNotice(cited, language) : undefined;
  return finish({
    kind: decision.kind,
    language,
    conclusion,
    citations,
    notStated,
    nextStep: writeNextStep({
      kind: decision.kind,
      body: input.body,
      title: first?.metadata.title,
      isDraft: first?.status === "征求意见稿" || first?.status === "送审稿",
      language,
    }),
    notices: [...writeNotices(decision.evidence, cited, asOf, language), ...(chain ? [chain] : [])],
    asOf,
    engine: "rules",
    resolvedQuestion: input.resolvedQuestion,
    reasons: [...decision.reasons],
  });
}

export function composeConduct(
  conduct: Conduct,
  question: Pick<UnderstoodQuestion, "language">,
  asOf: string,
  resolvedQuestion: string,
  citations: readonly Citation[] = [],
): Answer {
  const { conclusion, nextStep } = writeConduct(conduct.reply, question.language);
  return finish({
    kind: conduct.kind,
    language: question.language,
    conclusion,
    citations: [...citations],
    notStated: [],
    nextStep,
    notices: [],
    asOf,
    engine: "rules",
    resolvedQuestion,
    reasons: [`conduct: ${conduct.reply}`],
  });
}

/** Adds the plain text to an answer whose parts are complete. */
export function finish(answer: Omit<Answer, "answer">): Answer {
  return { ...answer, answer: writeAnswerText(answer) };
}

export function toCitation(
  { hit: { clause }, quote }: Pick<Evidence, "hit" | "quote">,
  documents: ReadonlyMap<DocumentId, AnswerableDocument>,
  asOf: string,
): Citation {
  const document = documents.get(clause.documentId);
  return {
    documentId: clause.documentId,
    ...(document && { versionId: document.versionId }),
    ...(document && !isPublic(document) && { restricted: true as const }),
    title: document?.metadata.title ?? clause.title,
    status: document ? statusOn(document.metadata, asOf) : "未载明",
    section: clause.section,
    heading: [...clause.heading],
    quote: quote.text,
    start: clause.start + quote.start,
    end: clause.start + quote.end,
  };
}
