import type { Logger } from "../../shared/index.ts";

/** What `config.ts` reads from the environment. */
export type EmbeddingSettings =
  | { kind: "none" }
  | { kind: "openai-compatible"; model: string; baseUrl?: string; apiKey: string }
  | { kind: "local"; directory: string };

export type EmbeddingKind = EmbeddingSettings["kind"];

export interface EmbeddingOptions {
  logger: Logger;
  /** For one request to an endpoint. Default 30 000. */
  timeoutMs?: number;
}
