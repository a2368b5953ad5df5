import type { Answerer } from "../answering/index.ts";
import type { DocumentId } from "../shared/index.ts";
import type { LabelledQuestion } from "./load-questions.ts";
import { type AnswerMeasures, type Judged, judgeAnswer, measureAnswers } from "./measure-answers.ts";

export interface QuestionEvaluation {
  judged: Judged[];
  measures: AnswerMeasures;
}

export interface EvaluationParts {
  answerer: Answerer;
  /** Normalised text of the published version. */
  documentText(documentId: DocumentId): Promise<string | undefined>;
  /** A clock in milliseconds, for the times of answers. */
  milliseconds(): number;
  asOf: string;
}

/** Asks every question of a set, one after another, and measures the answers. */
export async function evaluateQuestions(
  questions: readonly LabelledQuestion[],
  { answerer, documentText, milliseconds, asOf }: EvaluationParts,
): Promise<QuestionEvaluation> {
  const texts = new Map<string, string | undefined>();
  const judged: Judged[] = [];
  for (const question of questions) {
    const startedAt = milliseconds();
    const answer = await answerer.answerQuestion({
      question: question.question,
      context: question.context,
      asOf,
    });
    const elapsedMs = milliseconds() - startedAt;
    for (const { documentId } of answer.citations) {
      if (!texts.has(documentId)) texts.set(documentId, await documentText(documentId));
    }
    judged.push(judgeAnswer(question, answer, elapsedMs, (documentId) => texts.get(documentId)));
  }
  return { judged, measures: measureAnswers(judged) };
}
