import type { DocumentId, VersionId } from "../shared/index.ts";

/**
 * What the storage room promises. Rows are plain data; domain rooms map them.
 * Instants are ISO 8601 strings in UTC; days are `YYYY-MM-DD` in Asia/Shanghai; metadata is JSON.
 */
export interface DocumentRecord {
  documentId: DocumentId;
  /** Where it comes from: `plans` for the shipped directory, `ingest` for the command, a passage collection's name. */
  collection: string;
  /** The path of the file inside its collection, or another stable key; unique in a collection. */
  sourceKey: string;
  title: string;
  publishedVersionId: VersionId | null;
  createdAt: string;
}

export interface VersionRecord {
  versionId: VersionId;
  documentId: DocumentId;
  /** 1, 2, 3 … within the document. */
  number: number;
  /** SHA-256 of the source bytes and the sidecar metadata; the same hash is the same version. */
  contentHash: string;
  /** The reader's revision; a newer reader reads an unchanged file again. */
  parserRevision: number;
  state: "parsed" | "published" | "superseded" | "withdrawn";
  /** Normalised document text; clause offsets are UTF-16 positions in it. */
  text: string;
  /** JSON of knowledge's DocumentMetadata. */
  metadata: unknown;
  /** JSON of knowledge's OutlineNode[]. */
  outline: unknown;
  warnings: string[];
  createdAt: string;
  publishedAt: string | null;
  /** When it stopped being the published one. */
  retiredAt: string | null;
}

export type VersionSummary = Omit<VersionRecord, "text" | "outline">;

export interface ClauseRecord {
  versionId: VersionId;
  /** 0, 1, 2 … in reading order; (versionId, ordinal) is the key. */
  ordinal: number;
  section: string;
  level: number;
  /** Headings from the outermost to the clause's own. */
  heading: string[];
  text: string;
  start: number;
  end: number;
  /** 1-based, when the source format has pages. */
  page: number | null;
  /** Id of a passage of `ingest --passages`; null for clauses of documents. */
  passageId: string | null;
}

export type NewClause = Omit<ClauseRecord, "versionId">;

export interface NewVersion {
  collection: string;
  sourceKey: string;
  /** Used when the document does not exist yet. */
  documentId: DocumentId;
  versionId: VersionId;
  title: string;
  contentHash: string;
  parserRevision: number;
  text: string;
  metadata: unknown;
  outline: unknown;
  warnings: string[];
  clauses: Iterable<NewClause>;
  at: Date;
  /** Publishes in the same transaction; the version published before becomes `superseded`. */
  publish: boolean;
}

export interface SavedVersion {
  documentId: DocumentId;
  versionId: VersionId;
  /**
   * `unchanged`: the newest version that was ever published (or a newer draft) has this hash and parser revision, and
   * nothing was written, also when an operator has rolled back or withdrawn it since; `publishVersion` undoes that.
   * A document that had vanished and a draft that is now to be published are published and count as `changed`.
   */
  outcome: "added" | "changed" | "unchanged";
}

/** A clause with what an index needs to know of its document. */
export interface PublishedClause extends ClauseRecord {
  documentId: DocumentId;
  title: string;
}

export interface KnowledgeStore {
  /** Grows by at least 1 with every change of what is published; the index snapshot is checked against it. */
  revision(): Promise<number>;
  /** One transaction: document, version, clauses, publication. A failure leaves the old version published. */
  saveVersion(version: NewVersion): Promise<SavedVersion>;
  publishVersion(versionId: VersionId, at: Date): Promise<void>;
  /** Takes the published version back. Throws `not-found` when there is none. */
  unpublishDocument(documentId: DocumentId, at: Date): Promise<VersionId>;
  /**
   * Publishes the version that was published before the present one; returns it. A second rollback goes further back.
   * Throws `not-found` when there is none, and when nothing is published.
   */
  rollbackDocument(documentId: DocumentId, at: Date): Promise<VersionId>;
  /** Removes a document whose source has vanished: withdrawn, kept for old answers, no longer listed as published. */
  withdrawMissing(
    collection: string,
    presentSourceKeys: ReadonlySet<string>,
    at: Date,
  ): Promise<DocumentId[]>;
  listDocuments(options?: { collection?: string }): Promise<DocumentRecord[]>;
  getDocument(documentId: DocumentId): Promise<DocumentRecord | undefined>;
  findDocument(collection: string, sourceKey: string): Promise<DocumentRecord | undefined>;
  getVersion(versionId: VersionId): Promise<VersionRecord | undefined>;
  listVersions(documentId: DocumentId): Promise<VersionSummary[]>;
  /**
   * The versions published now, or at an instant: published at or before it and not retired at it. `publishedAt` and
   * `retiredAt` are those of the interval that holds the instant; `state` is that of today.
   */
  publishedVersions(asOf?: Date): Promise<VersionSummary[]>;
  clausesOf(versionId: VersionId): Promise<ClauseRecord[]>;
  /**
   * All published clauses in batches of at most `batchSize`, ordered by document and ordinal, without holding them all in
   * memory. One consistent state of the database; ask for `revision()` before, so that an index never claims to be newer
   * than it is. `onBatch` may use the storage.
   */
  eachPublishedClause(
    batchSize: number,
    onBatch: (batch: PublishedClause[]) => void | Promise<void>,
  ): Promise<void>;
}

/** Cached embedding vectors, keyed by model and by the SHA-256 of the embedded text. */
export interface EmbeddingStore {
  get(model: string, textHashes: readonly string[]): Promise<Map<string, Float32Array>>;
  put(model: string, vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
}

export interface InboxRecord {
  /** Primary key: `channel` + the platform's own message id, with the tenant where the platform has one. */
  channel: string;
  messageKey: string;
  state: "accepted" | "answering" | "done";
  /** JSON of conversation's InboundMessage. */
  message: unknown;
  sessionKey: string;
  attempts: number;
  acceptedAt: string;
}

export interface OutboxRecord {
  outboxId: string;
  channel: string;
  /** The message that this replies to; unique with the channel, so one message has one reply. */
  messageKey: string;
  /** JSON of conversation's OutgoingReply. */
  reply: unknown;
  state: "pending" | "delivered" | "dead";
  attempts: number;
  /** Not to be tried before. */
  dueAt: string;
  /** The platform's id of the delivered reply. */
  receipt: string | null;
  lastError: string | null;
  createdAt: string;
}

export interface TurnRecord {
  turnId: string;
  sessionKey: string;
  channel: string;
  messageKey: string;
  question: string;
  /** The question as understood, with what earlier turns added. */
  resolvedQuestion: string;
  /** JSON of answering's Answer. */
  answer: unknown;
  at: string;
}

export interface ConversationStore {
  /** Writes the message unless its key is known. `duplicate` means that it was accepted before, however long ago. */
  acceptMessage(record: Omit<InboxRecord, "state" | "attempts">): Promise<"accepted" | "duplicate">;
  /** Takes the oldest accepted message whose session has none in work; marks it `answering`, counts the attempt. */
  claimNextMessage(at: Date): Promise<InboxRecord | undefined>;
  /** After a restart: messages in `answering` become `accepted` again. Returns how many. */
  releaseClaims(): Promise<number>;
  /**
   * One transaction: the reply into the outbox, the turn (when there is one) into history, the message `done`.
   * Throws `conflict`, and changes nothing, when the message has a reply already or was never accepted.
   */
  completeMessage(input: {
    channel: string;
    messageKey: string;
    outbox: Omit<OutboxRecord, "state" | "attempts" | "receipt" | "lastError">;
    turn?: TurnRecord;
  }): Promise<void>;
  /** Pending replies that are due, oldest first. */
  dueReplies(at: Date, limit: number): Promise<OutboxRecord[]>;
  markDelivered(outboxId: string, receipt: string, at: Date): Promise<void>;
  markFailed(outboxId: string, error: string, retryAt: Date | null): Promise<void>;
  /** The latest turns of a session, oldest first. */
  recentTurns(sessionKey: string, limit: number): Promise<TurnRecord[]>;
  getTurn(turnId: string): Promise<TurnRecord | undefined>;
  /** Counts by state, for doctor, readiness and metrics. */
  counts(): Promise<{ inbox: Record<string, number>; outbox: Record<string, number> }>;
  /** Deletes finished rows older than an instant. Never younger than the longest re-delivery of a platform. */
  pruneFinished(before: Date): Promise<number>;
}

export interface EvaluationStore {
  saveRun(run: { runId: string; at: string; scorecard: unknown }): Promise<void>;
  latestRuns(limit: number): Promise<{ runId: string; at: string; scorecard: unknown }[]>;
}

export interface Storage {
  readonly dialect: "sqlite" | "postgres";
  knowledge: KnowledgeStore;
  embeddings: EmbeddingStore;
  conversation: ConversationStore;
  evaluation: EvaluationStore;
  /** `select 1`, for readiness. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenStorageOptions {
  /** Holds the SQLite file, the index snapshot and the lock; made when missing. */
  dataDirectory: string;
  /** `postgres://…`; absent: SQLite in the data directory. */
  databaseUrl?: string;
  /** `write` takes the single-writer lock of the data directory and migrates; `read` does neither. Default `write`. */
  mode?: "write" | "read";
  /** SQLite only: the file does not grow beyond this; what would is refused like on a full disk. Default: no limit. */
  maxDatabaseBytes?: number;
}
