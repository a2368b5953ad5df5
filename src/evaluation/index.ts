export { evaluateProfiles, type ProfileEvaluation } from "./evaluate-profiles.ts";
export { evaluateQuestions, type QuestionEvaluation } from "./evaluate-questions.ts";
export {
  evaluateRequests,
  type RequestEvaluation,
  type RequestEvaluationParts,
} from "./evaluate-requests.ts";
export {
  evaluateSentences,
  type LabelledSentence,
  loadSentences,
  type SentenceMeasures,
} from "./evaluate-sentences.ts";
export { type LabelledProfile, loadProfileSets, type ProfileSet } from "./load-profiles.ts";
export {
  type LabelledQuestion,
  loadGoldenQuestions,
  loadQuestionSets,
  type QuestionSet,
} from "./load-questions.ts";
export { type LabelledRequest, loadRequestSets, loadRequests, type RequestSet } from "./load-requests.ts";
export { type AnswerMeasures, type Judged, judgeAnswer, measureAnswers } from "./measure-answers.ts";
export {
  asksFor,
  type JudgedMatch,
  judgeMatch,
  type MatchMeasures,
  measureMatches,
} from "./measure-matches.ts";
export { type JudgedRequest, measureRequests, type RequestMeasures } from "./measure-requests.ts";
export {
  listMatchFailures,
  type MatchSetResult,
  writeMatchScorecard,
  writeSentenceScorecard,
} from "./write-match-scorecard.ts";
export {
  listRequestFailures,
  type RequestSetResult,
  toRequestSetResult,
  writeCalibration,
  writeRequestScorecard,
} from "./write-request-scorecard.ts";
export { listFailures, type SetResult, writeScorecard } from "./write-scorecard.ts";
