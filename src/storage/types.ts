import type { AccessStore } from "./types/access.ts";
import type { AuditStore } from "./types/audit.ts";
import type { ConversationStore } from "./types/conversation.ts";
import type { EnterpriseStore } from "./types/enterprises.ts";
import type { FaqStore } from "./types/faq.ts";
import type { FeedbackStore } from "./types/feedback.ts";
import type { KnowledgeStore } from "./types/knowledge.ts";
import type { OutreachStore } from "./types/outreach.ts";
import type { ProgramStore } from "./types/programs.ts";
import type { SignalStore } from "./types/signals.ts";
import type { TicketStore } from "./types/tickets.ts";
import type { WebSessionStore } from "./types/web-sessions.ts";
import type { WebUploadStore } from "./types/web-uploads.ts";
import type { WorkflowStore } from "./types/workflow.ts";

export type * from "./types/access.ts";
export type * from "./types/audit.ts";
export type * from "./types/conversation.ts";
export type * from "./types/enterprises.ts";
export type * from "./types/faq.ts";
export type * from "./types/feedback.ts";
export type * from "./types/knowledge.ts";
export type * from "./types/outreach.ts";
export type * from "./types/programs.ts";
export type * from "./types/signals.ts";
export type * from "./types/tickets.ts";
export type * from "./types/web-sessions.ts";
export type * from "./types/web-uploads.ts";
export type * from "./types/workflow.ts";

/** Cached embedding vectors, keyed by model and by the SHA-256 of the embedded text. */
export interface EmbeddingStore {
  get(model: string, textHashes: readonly string[]): Promise<Map<string, Float32Array>>;
  put(model: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

export interface EvaluationStore {
  saveRun(run: { runId: string; at: string; scorecard: unknown }): Promise<void>;
  latestRuns(limit: number): Promise<{ runId: string; at: string; scorecard: unknown }[]>;
}

/**
 * What the storage room promises. Rows are plain data; domain rooms map them.
 * Instants are ISO 8601 strings in UTC; days are `YYYY-MM-DD` in Asia/Shanghai; metadata is JSON.
 */
export interface Storage {
  readonly dialect: "sqlite" | "postgres";
  knowledge: KnowledgeStore;
  embeddings: EmbeddingStore;
  conversation: ConversationStore;
  evaluation: EvaluationStore;
  audit: AuditStore;
  access: AccessStore;
  workflow: WorkflowStore;
  faq: FaqStore;
  enterprises: EnterpriseStore;
  programs: ProgramStore;
  outreach: OutreachStore;
  tickets: TicketStore;
  feedback: FeedbackStore;
  webSessions: WebSessionStore;
  webUploads: WebUploadStore;
  signals: SignalStore;
  /** `select 1`, for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenStorageOptions {
  /** Holds the SQLite file, the index snapshot and the lock; made when missing. */
  dataDirectory: string;
  /** `postgres://…`; absent: SQLite in the data directory. */
  databaseUrl?: string;
  /**
   * `write` takes the single-writer lock of the data directory and migrates; `read` does neither. `receive` (PostgreSQL only)
   * takes in messages and signals beside the one writer: it may change rows, holds no lock and does not migrate.
   * Default `write`.
   */
  mode?: "write" | "read" | "receive";
  /** SQLite only: the file does not grow beyond this; what would is refused like on a full disk. Default: no limit. */
  maxDatabaseBytes?: number;
}
