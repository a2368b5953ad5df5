import type { Role } from "../access/index.ts";
import type { Answerer } from "../answering/index.ts";
import type { LabelledQuestion } from "../evaluation/index.ts";
import type {
  DocumentMatch,
  DocumentRelations,
  KnowledgeService,
  ParsedDocument,
  Sidecar,
} from "../knowledge/index.ts";
import type { DocumentReader, ReadDocument } from "../readers/index.ts";
import type { Clock, DocumentId, IdSource, Logger } from "../shared/index.ts";
import type { Storage, VersionFingerprint } from "../storage/index.ts";
import type { ImpactSource, PublishingSettings } from "./types.ts";

/** How a read file becomes a document, and how documents stand to each other: knowledge's functions, wired with places. */
export interface DocumentParser {
  parse(document: ReadDocument, options: { fileName: string; sidecar?: Sidecar }): ParsedDocument;
  fingerprint(document: Pick<ParsedDocument, "text" | "metadata">): VersionFingerprint;
  match(document: Pick<ParsedDocument, "text" | "metadata">): Promise<DocumentMatch>;
}

export interface PublishingOptions {
  storage: Pick<Storage, "knowledge" | "workflow" | "audit" | "faq" | "conversation">;
  knowledge: Pick<KnowledgeService, "listPublished" | "documentText">;
  /** On a day, of what is published. */
  relate(day: string): Promise<ReadonlyMap<DocumentId, DocumentRelations>>;
  parser: DocumentParser;
  reader: Pick<DocumentReader, "read">;
  /** Fetches from an allowed host, protected against internal addresses. Throws AppError. */
  fetchLink(url: string, allowedHosts: readonly string[]): Promise<{ bytes: Uint8Array; fileName: string }>;
  /** The answerer of the chat. */
  answerer: Answerer;
  /** Labelled questions about what is published; their answers are compared before and after. */
  goldenQuestions(): Promise<readonly LabelledQuestion[]>;
  /** The roles of an asker now, so that a correction tells nobody what they may not see. */
  rolesOf(account: string): Promise<ReadonlySet<Role>>;
  settings: PublishingSettings;
  /** After a change of what is published; the index learns of it. Default: nothing. */
  onPublished?: () => Promise<void>;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

/** What the desks share. */
export interface PublishingParts extends PublishingOptions {
  impactSources: ImpactSource[];
}
