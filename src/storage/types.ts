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
  /** JSON of access's Visibility; `{"kind":"public"}` unless changed. */
  visibility: unknown;
  createdAt: string;
}

/** Who makes a change, and why: written to the audit log in the transaction of the change. */
export interface ChangeOrigin {
  /** `feishu:ou_…`, `cli:name`, `api:name`, `system:sync`. */
  actor: string;
  reason?: string;
  /** Further facts for the log; plain JSON without personal data. */
  details?: Readonly<Record<string, unknown>>;
}

/** `returned`: a reviewer sent it back. A version with a date of expiry in the past stays `published`; it is shown as expired. */
export type VersionState = "parsed" | "in-review" | "returned" | "published" | "superseded" | "withdrawn";

export interface VersionRecord {
  versionId: VersionId;
  documentId: DocumentId;
  /** 1, 2, 3 … within the document. */
  number: number;
  /** SHA-256 of the source bytes and the sidecar metadata; the same hash is the same version. */
  contentHash: string;
  /** The reader's revision; a newer reader reads an unchanged file again. */
  parserRevision: number;
  state: VersionState;
  /** SHA-256 of the file as received, in `originals`; null: read from a directory, or before originals were kept. */
  originalHash: string | null;
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

/** What tells whether two texts are the same document. */
export interface VersionFingerprint {
  /** SHA-256 of the text without blanks and punctuation. */
  textHash: string;
  /** Normalised title without stage notes and years of edition. */
  titleKey: string;
  /** Normalised document number; null when there is none. */
  numberKey: string | null;
  /** MinHash signature, 64 unsigned 32-bit numbers. */
  sketch: readonly number[];
}

export interface FingerprintRecord extends VersionFingerprint {
  documentId: DocumentId;
  versionId: VersionId;
}

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
  originalHash?: string;
  fingerprint?: VersionFingerprint;
  /** The submission that this version was read from; it becomes `parsed` in the same transaction. */
  submissionId?: string;
  /** Default: `system:sync`. */
  origin?: ChangeOrigin;
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

/** One change of what is published of a document; written in the transaction of the change. */
export interface PublicationEvent {
  eventId: number;
  documentId: DocumentId;
  /** Null: nothing was published before. */
  fromVersionId: VersionId | null;
  /** Null: withdrawn. */
  toVersionId: VersionId | null;
  at: string;
  /** When those who had asked were told; null: still to be looked at. */
  correctedAt: string | null;
}

export interface KnowledgeStore {
  /** Grows by at least 1 with every change of what is published; the index snapshot is checked against it. */
  revision(): Promise<number>;
  /** One transaction: document, version, clauses, publication. A failure leaves the old version published. */
  saveVersion(version: NewVersion): Promise<SavedVersion>;
  publishVersion(versionId: VersionId, at: Date, origin?: ChangeOrigin): Promise<void>;
  /** Takes the published version back. Throws `not-found` when there is none. */
  unpublishDocument(documentId: DocumentId, at: Date, origin?: ChangeOrigin): Promise<VersionId>;
  /**
   * Publishes the version that was published before the present one; returns it. A second rollback goes further back.
   * Throws `not-found` when there is none, and when nothing is published.
   */
  rollbackDocument(documentId: DocumentId, at: Date, origin?: ChangeOrigin): Promise<VersionId>;
  /** The version that a rollback would go back to. */
  rollbackTarget(documentId: DocumentId): Promise<VersionId | undefined>;
  setVisibility(documentId: DocumentId, visibility: unknown, at: Date, origin: ChangeOrigin): Promise<void>;
  /** Fingerprints that share a text hash, a title key or a number key. */
  findFingerprints(
    wanted: Partial<Pick<VersionFingerprint, "textHash" | "titleKey" | "numberKey">>,
  ): Promise<FingerprintRecord[]>;
  /** Of the newest version of every document that is not withdrawn, in batches. */
  eachFingerprint(
    batchSize: number,
    onBatch: (batch: FingerprintRecord[]) => void | Promise<void>,
  ): Promise<void>;
  /** Publications and withdrawals whose corrections have not been looked at, oldest first. */
  pendingPublicationEvents(limit: number): Promise<PublicationEvent[]>;
  /** All changes of a document, oldest first. */
  publicationHistory(documentId: DocumentId): Promise<PublicationEvent[]>;
  markCorrected(eventIds: readonly number[], at: Date): Promise<void>;
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
  /** JSON of conversation's Asker: who asked where, and how to reply there; null for turns before this was kept. */
  asker?: unknown;
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
  /**
   * A message that answers nothing: a correction, a digest. One transaction: a finished inbox row under its key, the
   * outbox row, the turn when there is one. `duplicate`: the key is known, nothing was written.
   */
  enqueueNotice(input: {
    channel: string;
    /** Unique in the channel for ever: `correction:<turnId>:<eventId>`, `digest:2026-11-23:<user>`. */
    messageKey: string;
    sessionKey: string;
    outbox: Omit<OutboxRecord, "state" | "attempts" | "receipt" | "lastError">;
    turn?: TurnRecord;
  }): Promise<"enqueued" | "duplicate">;
  /** Turns at or after an instant, oldest first, in batches. */
  eachTurnSince(
    since: Date,
    batchSize: number,
    onBatch: (batch: TurnRecord[]) => void | Promise<void>,
  ): Promise<void>;
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

export interface AuditEntry {
  /** 1, 2, 3 … without gaps. */
  sequence: number;
  at: string;
  actor: string;
  /** `document.publish`, `version.submit`, `role.grant` … */
  action: string;
  /** `document:…`, `version:…`, `faq:…`, `account:…`. */
  subject: string;
  reason: string | null;
  /** Plain JSON. */
  details: unknown;
  previousHash: string;
  /** SHA-256 over the canonical JSON of everything above. */
  hash: string;
}

export type NewAuditEntry = Pick<AuditEntry, "at" | "actor" | "action" | "subject" | "reason" | "details">;

export type AuditVerdict =
  | { intact: true; entries: number; headHash: string }
  | { intact: false; entries: number; brokenAt: number; why: string };

/** Append-only and chained: nothing here changes or deletes an entry, and the database refuses both by triggers. */
export interface AuditStore {
  append(entry: NewAuditEntry): Promise<AuditEntry>;
  /** Newest first. */
  list(filter?: {
    subject?: string;
    actor?: string;
    action?: string;
    before?: number;
    limit?: number;
  }): Promise<AuditEntry[]>;
  /**
   * Recomputes the chain from the first entry. `expectedHead`: a hash noted elsewhere that must occur in the chain, so that
   * a cut-off end is found too.
   */
  verify(expectedHead?: string): Promise<AuditVerdict>;
}

export interface RoleBinding {
  account: string;
  role: string;
  grantedBy: string;
  grantedAt: string;
}

export interface AccessStore {
  rolesOf(account: string): Promise<string[]>;
  listBindings(role?: string): Promise<RoleBinding[]>;
  /** False: was bound already. Writes the audit entry in the same transaction. */
  grantRole(account: string, role: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** False: was not bound. Throws `conflict` when it would remove the last admin. */
  revokeRole(account: string, role: string, at: Date, origin: ChangeOrigin): Promise<boolean>;
  /** Tokens are kept as SHA-256 only. */
  addToken(tokenHash: string, account: string, at: Date, origin: ChangeOrigin): Promise<void>;
  accountOfToken(tokenHash: string): Promise<string | undefined>;
  /** Returns how many were revoked. */
  revokeTokens(account: string, at: Date, origin: ChangeOrigin): Promise<number>;
}

export interface SubmissionRecord {
  submissionId: string;
  /** Of the file as received; its bytes are in `originals`. */
  originalHash: string;
  fileName: string;
  bytes: number;
  submittedBy: string;
  /** `upload`, `chat`, `api`, or the link that it was fetched from. */
  source: string;
  /** `received`: not read yet, or reading was interrupted. */
  state: "received" | "parsed" | "failed" | "discarded";
  documentId: DocumentId | null;
  versionId: VersionId | null;
  /** For people, in Chinese. */
  failure: string | null;
  createdAt: string;
  updatedAt: string;
}

export type ProposalKind = "publish" | "withdraw" | "rollback" | "faq-publish" | "faq-withdraw";

export interface ProposalRecord {
  proposalId: string;
  kind: ProposalKind;
  documentId: DocumentId | null;
  /** For `publish` the version; for `rollback` the version gone back to; for `withdraw` the one taken back. */
  versionId: VersionId | null;
  /** For `faq-…`: entry and revision. */
  faqId: string | null;
  faqRevision: number | null;
  state: "open" | "approved" | "rejected" | "cancelled";
  proposedBy: string;
  proposedAt: string;
  reason: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
  /** JSON of publishing's Impact as it was shown when the proposal was made. */
  impact: unknown;
}

export interface WorkflowStore {
  /** Keeps the bytes (once per hash) and opens a submission, in one transaction. */
  receive(
    submission: Omit<SubmissionRecord, "state" | "documentId" | "versionId" | "failure" | "updatedAt">,
    bytes: Uint8Array,
    origin: ChangeOrigin,
  ): Promise<void>;
  getSubmission(submissionId: string): Promise<SubmissionRecord | undefined>;
  /** Newest first. */
  listSubmissions(filter?: {
    state?: SubmissionRecord["state"];
    originalHash?: string;
    limit?: number;
  }): Promise<SubmissionRecord[]>;
  /** To `failed` or `discarded`; `parsed` is written by `saveVersion`. */
  closeSubmission(
    submissionId: string,
    outcome: { state: "failed" | "discarded"; failure?: string },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<void>;
  getOriginal(hash: string): Promise<Uint8Array | undefined>;
  /**
   * One transaction: proposal, version to `in-review` (kind `publish`), audit entry. Throws `conflict` when the subject has
   * an open proposal already, or when the version is in no state to be proposed.
   */
  openProposal(
    proposal: Pick<
      ProposalRecord,
      | "proposalId"
      | "kind"
      | "documentId"
      | "versionId"
      | "faqId"
      | "faqRevision"
      | "proposedBy"
      | "reason"
      | "impact"
    >,
    at: Date,
    origin: ChangeOrigin,
  ): Promise<void>;
  /**
   * One transaction: the decision, what it does (publish, withdraw, roll back, FAQ), audit entry. Throws `conflict` when
   * the proposal is not open any more (two admins at once: the first wins), or what is published of the document is no
   * longer what the proposal started from.
   */
  decideProposal(
    proposalId: string,
    decision: { state: "approved" | "rejected" | "cancelled"; by: string; reason?: string },
    at: Date,
    origin: ChangeOrigin,
  ): Promise<ProposalRecord>;
  getProposal(proposalId: string): Promise<ProposalRecord | undefined>;
  listProposals(filter?: {
    state?: ProposalRecord["state"];
    documentId?: DocumentId;
    limit?: number;
  }): Promise<ProposalRecord[]>;
}

export interface FaqRecord {
  faqId: string;
  revision: number;
  state: "draft" | "in-review" | "published" | "superseded" | "withdrawn" | "returned";
  /** JSON of publishing's FaqContent. */
  content: unknown;
  createdBy: string;
  createdAt: string;
  publishedAt: string | null;
  retiredAt: string | null;
}

export interface FaqStore {
  /** Grows with every change of what is published. */
  revision(): Promise<number>;
  /** A new entry, or the next revision of one. */
  saveDraft(faqId: string, content: unknown, at: Date, origin: ChangeOrigin): Promise<FaqRecord>;
  get(faqId: string, revision?: number): Promise<FaqRecord | undefined>;
  /** The newest revision of every entry, or of those in a state. */
  list(filter?: { state?: FaqRecord["state"] }): Promise<FaqRecord[]>;
  /** As published at an instant; default now. */
  published(asOf?: Date): Promise<FaqRecord[]>;
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
  audit: AuditStore;
  access: AccessStore;
  workflow: WorkflowStore;
  faq: FaqStore;
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
