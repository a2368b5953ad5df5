export { loadPrompt, type Prompt } from "./load-prompt.ts";
export {
  type AnswerPhraser,
  type AnswerPhraserOptions,
  createAnswerPhraser,
  type PhrasedAnswer,
  type PhrasedSentence,
  type PhrasingClause,
  type PhrasingInput,
} from "./phrase-answer.ts";
