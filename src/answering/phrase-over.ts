import type { PublishedDocument } from "../knowledge/index.ts";
import type { DocumentId } from "../shared/index.ts";
import { finish } from "./compose/compose-answer.ts";
import type { AnswerPhraser, PhrasedSentence, PhrasingInput } from "./phrasing/index.ts";
import type { Answer, AnswerRequest } from "./types.ts";

/**
 * Lets a language model phrase an extractive answer from its own citations. What the model says is checked by program
 * against them; when nothing of it holds, or the model fails, the extractive answer stays.
 */
export async function phraseOver(
  answer: Answer,
  question: { text: string; context: readonly string[] },
  documents: ReadonlyMap<DocumentId, PublishedDocument>,
  phraser: AnswerPhraser,
  onPartial?: AnswerRequest["onPartial"],
): Promise<Answer> {
  if ((answer.kind !== "answered" && answer.kind !== "partial") || answer.citations.length === 0)
    return answer;
  onPartial?.(answer);
  const input: PhrasingInput = {
    question: question.text,
    context: question.context,
    language: answer.language,
    clauses: answer.citations.map((citation, index) => ({
      number: index + 1,
      title: citation.title,
      status: citation.status,
      section: citation.section,
      heading: citation.heading,
      text: citation.quote,
      metadataText: describeDocument(documents.get(citation.documentId)),
    })),
    notStated: answer.notStated,
  };
  const phrased = await phraser.phrase(
    input,
    onPartial && ((sentences) => onPartial(withSentences(answer, sentences))),
  );
  if (!phrased) return { ...answer, reasons: [...answer.reasons, "the model gave nothing that holds"] };
  const dropped = phrased.dropped.map(
    ({ text, problems }) => `dropped “${text}”: ${problems.map(({ kind }) => kind).join(", ")}`,
  );
  return withSentences({ ...answer, reasons: [...answer.reasons, ...dropped] }, phrased.sentences);
}

function withSentences(answer: Answer, sentences: readonly PhrasedSentence[]): Answer {
  const conclusion = sentences
    .map(({ text, clauseNumbers }) => text + clauseNumbers.map((number) => `[${number}]`).join(""))
    .join(answer.language === "zh" ? "" : " ");
  return finish({ ...answer, conclusion, engine: "model" });
}

/** Facts of a document that stand in no quoted clause. */
function describeDocument(document: PublishedDocument | undefined): string {
  if (!document) return "";
  const { issuers, documentNumber, signedOn, publishedOn, effectiveFrom, expiresOn, period } =
    document.metadata;
  return [
    ...issuers,
    documentNumber,
    signedOn,
    publishedOn,
    effectiveFrom,
    expiresOn,
    period && `${period.from}-${period.to}年`,
  ]
    .filter(Boolean)
    .join(" ");
}
