import type { AppError, Clock, DocumentId, IdSource, Logger, VersionId } from "../../shared/index.ts";
import type { KnowledgeStore } from "../../storage/index.ts";
import type {
  Clause,
  DocumentMatch,
  DocumentMetadata,
  OutlineNode,
  ParsedDocument,
  PublishedDocument,
} from "../types.ts";
import type { FileReading, FileToRead, ReadingProgress } from "./read-document-file.ts";
import type { SaveDestination } from "./save-destination.ts";

/** `reader`: without it only plain text and Markdown. `places`: without it only names that are spelled out are found. */
export interface KnowledgeServiceOptions extends FileReading {
  store: KnowledgeStore;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

export interface Progress {
  done: number;
  total: number;
  /** What is being read now. */
  file: string;
}

export interface FileFailure {
  file: string;
  error: AppError;
}

export interface SyncReport {
  added: DocumentId[];
  changed: DocumentId[];
  unchanged: DocumentId[];
  /** Their file has vanished; withdrawn, kept for old answers. */
  removed: DocumentId[];
  /** Files that could not be read; what was published of them before stays published. */
  failed: FileFailure[];
}

export interface IngestOptions {
  /** Default false: the version waits as a draft. */
  publish?: boolean;
  /** Default `ingest`. */
  collection?: string;
  /** Tells documents of a collection apart; default: the file's name. */
  sourceKey?: string;
}

export interface IngestedDocument {
  documentId: DocumentId;
  versionId: VersionId;
  outcome: "added" | "changed" | "unchanged";
  /** As read now; equal to what is stored when nothing changed. */
  metadata: DocumentMetadata;
  clauses: number;
  warnings: string[];
  /** How a file of a new name stands to what was there; absent: the file was known by its name, or nothing is like it. */
  match?: DocumentMatch;
}

export interface BadLine {
  /** 1-based. */
  line: number;
  reason: string;
}

export interface IngestedPassages {
  documents: { documentId: DocumentId; versionId: VersionId; outcome: "added" | "changed" | "unchanged" }[];
  passages: number;
  /** Lines without a usable passage; the first of them are named. */
  skipped: number;
  badLines: BadLine[];
}

export interface PassageOptions {
  /** Default `passages`. */
  collection?: string;
  sourceKey?: string;
  /** Bytes read so far of the file's bytes. */
  onProgress?: (progress: { bytes: number; totalBytes: number; passages: number }) => void;
}

/** Files → documents, versions and clauses in storage, and what is published of them. */
export interface KnowledgeService {
  /**
   * Brings a collection to the state of a directory (files of every format that the reader reads, with sidecars), and
   * publishes it. Incremental.
   */
  syncDirectory(
    directory: string,
    collection: string,
    options?: { onProgress?: (progress: Progress) => void },
  ): Promise<SyncReport>;
  /** Any format → parsed, nothing stored. Throws AppError `unusable-input` for a file that cannot be read. */
  readFile(source: FileToRead, onProgress?: ReadingProgress): Promise<ParsedDocument>;
  /** Saves a parsed document as a version, in one transaction. */
  saveParsed(parsed: ParsedDocument, destination: SaveDestination): Promise<IngestedDocument>;
  /**
   * A file of a new name is compared with what is there (`match`): a changed copy becomes a version of that document, the
   * same text is not saved again. Throws AppError `unusable-input` for a file that cannot be read; nothing is changed then.
   */
  ingestFile(path: string, options?: IngestOptions): Promise<IngestedDocument>;
  /** JSON Lines `{id, title?, text}` → published passages. Streams; very large files become several documents. */
  ingestPassages(path: string, options?: PassageOptions): Promise<IngestedPassages>;
  /** What is published now, or was at an instant. */
  listPublished(asOf?: Date): Promise<PublishedDocument[]>;
  getClauses(versionId: VersionId): Promise<Clause[]>;
  /** Empty when the version is not known. */
  getOutline(versionId: VersionId): Promise<readonly OutlineNode[]>;
  /** The normalised text that offsets refer to, of a version or of a document's published version. Throws `not-found`. */
  documentText(id: VersionId | DocumentId): Promise<string>;
}
