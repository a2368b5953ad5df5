export { createOpenAiEmbeddingModel } from "./create-openai-embedding-model.ts";
