export { describeSection } from "./compose/describe-section.ts";
export { nameStatus } from "./compose/words.ts";
export { type AnswererOptions, createAnswerer } from "./create-answerer.ts";
export type { FaqEntry, FaqSource } from "./faq/faq-types.ts";
export {
  checkStatement,
  type GroundedClause,
  type GroundingProblem,
  type GroundingVerdict,
} from "./grounding/index.ts";
export { type AnswerPhraser, createAnswerPhraser, loadPrompt, type Prompt } from "./phrasing/index.ts";
export { type AnsweringLexicon, loadAnsweringLexicon } from "./question/load-lexicon.ts";
export { detectLanguage } from "./question/understand-question.ts";
export type { Answer, Answerer, AnswerKind, AnswerRequest, Citation } from "./types.ts";
