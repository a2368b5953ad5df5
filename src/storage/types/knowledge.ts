import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { ChangeOrigin } from "./audit.ts";

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
  /**
   * The submission that this version was read from; it becomes `parsed` in the same transaction, also when the outcome is
   * `unchanged`. Throws `conflict` when it was discarded meanwhile, `not-found` when it never was.
   */
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

/** What is published, without what is in it. */
export interface PublishedHead {
  versionId: VersionId;
  documentId: DocumentId;
  collection: string;
  /** The document's. */
  title: string;
  /** JSON of access's Visibility. */
  visibility: unknown;
  publishedAt: string;
}

export interface KnowledgeStore {
  /** Grows by at least 1 with every change of what is published; the index snapshot is checked against it. */
  revision(): Promise<number>;
  /** One transaction: document, version, clauses, publication. A failure leaves the old version published. */
  saveVersion(version: NewVersion): Promise<SavedVersion>;
  publishVersion(versionId: VersionId, at: Date, origin?: ChangeOrigin): Promise<void>;
  /**
   * Lays a draft (`parsed` or `returned`) aside for good: it becomes `withdrawn` and is no longer matched with what comes
   * in. Throws `conflict` when it is in review or was published once, `not-found`.
   */
  discardDraft(versionId: VersionId, at: Date, origin: ChangeOrigin): Promise<void>;
  /** Takes the published version back. Throws `not-found` when there is none. */
  unpublishDocument(documentId: DocumentId, at: Date, origin?: ChangeOrigin): Promise<VersionId>;
  /**
   * Publishes the version that was published before the present one; returns it. A second rollback goes further back.
   * Throws `not-found` when there is none, and when nothing is published.
   */
  rollbackDocument(documentId: DocumentId, at: Date, origin?: ChangeOrigin): Promise<VersionId>;
  /** The version that a rollback would go back to. */
  rollbackTarget(documentId: DocumentId): Promise<VersionId | undefined>;
  /** Grows the revision as well, unless nothing changes. Throws `not-found`. */
  setVisibility(documentId: DocumentId, visibility: unknown, at: Date, origin: ChangeOrigin): Promise<void>;
  /** Of all versions that share a text hash, a title key or a number key; by document, older versions first. */
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
  /** The versions published now, by document. Of ten thousand it takes some ten milliseconds: no metadata are read. */
  publishedHeads(): Promise<PublishedHead[]>;
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
