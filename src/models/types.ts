/** Text → vectors of unit length. */
export interface EmbeddingModel {
  /** Names the model and its revision; a cached vector of another name is not used. */
  readonly name: string;
  readonly dimensions: number;
  /**
   * One vector a text, in order. Queries and documents may need different prefixes. Throws an AppError `model` on failure;
   * `signal` ends a call that nobody waits for any more.
   */
  embed(
    texts: readonly string[],
    purpose: "query" | "document",
    options?: { signal?: AbortSignal },
  ): Promise<Float32Array[]>;
}

export interface ChatMessage {
  role: "system" | "user" | "assistant";
  content: string;
}
