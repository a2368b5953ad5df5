export { createOpenAiCompatibleModel } from "./create-openai-compatible-model.ts";
