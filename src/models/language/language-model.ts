import type { ChatMessage } from "../types.ts";

/** A chat model. The only thing that answering knows of language models. */
export interface LanguageModel {
  /** Vendor kind and model, for logs and labels: `openai-compatible:gpt-4.1-mini`. */
  readonly name: string;
  /**
   * The model's answer as text, never empty. Time is bounded by the adapter, retries included. Throws an AppError
   * `model` when the endpoint is dead, slow, refuses, or answers what is no chat completion. `signal` ends it earlier.
   */
  invoke(messages: readonly ChatMessage[], options?: { signal?: AbortSignal }): Promise<string>;
}

export interface LanguageModelSettings {
  apiKey: string;
  /** Without a trailing slash; absent: the vendor's own. */
  baseUrl?: string;
  model: string;
}
