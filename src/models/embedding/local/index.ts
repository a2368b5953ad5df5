export { createLocalEmbeddingModel } from "./create-local-embedding-model.ts";
