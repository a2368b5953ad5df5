import type { ChatMessage } from "../types.ts";

/** A chat model. The only thing that answering knows of language models. */
export interface LanguageModel {
  /** Vendor kind and model, for logs and labels: `openai-compatible:gpt-4.1-mini`. */
  readonly name: string;
  /**
   * The model's answer as text, never empty. Time is bounded by the adapter, retries included. Throws an AppError
   * `model` when the endpoint is dead, slow, refuses, or answers what is no chat completion. `signal` ends it earlier.
   */
  invoke(messages: readonly ChatMessage[], options?: InvokeOptions): Promise<string>;
}

export interface InvokeOptions {
  signal?: AbortSignal;
  /**
   * Told of the text so far, each time longer, where the endpoint can stream; the answer begins with all of them. After the
   * first call a failure is final: what was told is not told again in other words. Must not throw.
   */
  onText?: (soFar: string) => void;
}

export interface LanguageModelSettings {
  apiKey: string;
  /** Without a trailing slash; absent: the vendor's own. */
  baseUrl?: string;
  model: string;
}
