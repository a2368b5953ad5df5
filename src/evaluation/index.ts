export { evaluateQuestions, type QuestionEvaluation } from "./evaluate-questions.ts";
export {
  type LabelledQuestion,
  loadGoldenQuestions,
  loadQuestionSets,
  type QuestionSet,
} from "./load-questions.ts";
export { type AnswerMeasures, type Judged, judgeAnswer, measureAnswers } from "./measure-answers.ts";
export { listFailures, type SetResult, writeScorecard } from "./write-scorecard.ts";
