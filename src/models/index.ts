export { createEmbeddingModel, embeddingModelKinds } from "./embedding/create-embedding-model.ts";
export type { EmbeddingKind, EmbeddingOptions, EmbeddingSettings } from "./embedding/embedding-settings.ts";
export {
  createLanguageModel,
  type LanguageModelKind,
  type LanguageModelOptions,
  languageModelKinds,
} from "./language/create-language-model.ts";
export type { LanguageModel, LanguageModelSettings } from "./language/language-model.ts";
export type { ChatMessage, EmbeddingModel } from "./types.ts";
