/** Text → vectors of unit length. */
export interface EmbeddingModel {
  /** Names the model and its revision; a cached vector of another name is not used. */
  readonly name: string;
  readonly dimensions: number;
  /** Queries and documents may need different prefixes. Throws an AppError `model` on failure. */
  embed(texts: readonly string[], purpose: "query" | "document"): Promise<Float32Array[]>;
}

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}
