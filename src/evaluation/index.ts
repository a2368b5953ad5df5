export { evaluateProfiles, type ProfileEvaluation } from "./evaluate-profiles.ts";
export { evaluateQuestions, type QuestionEvaluation } from "./evaluate-questions.ts";
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
export { type AnswerMeasures, type Judged, judgeAnswer, measureAnswers } from "./measure-answers.ts";
export {
  asksFor,
  type JudgedMatch,
  judgeMatch,
  type MatchMeasures,
  measureMatches,
} from "./measure-matches.ts";
export {
  listMatchFailures,
  type MatchSetResult,
  writeMatchScorecard,
  writeSentenceScorecard,
} from "./write-match-scorecard.ts";
export { listFailures, type SetResult, writeScorecard } from "./write-scorecard.ts";
