export { type DecodedDocument, decodeDocument, MAX_DOCUMENT_BYTES } from "../readers/index.ts";
export { makeFingerprint } from "./likeness/make-fingerprint.ts";
export { matchDocument } from "./likeness/match-document.ts";
export type { DefaultValidity } from "./metadata/default-validity.ts";
export { findDocumentNumber } from "./metadata/document-number.ts";
export { plainMetadata, withMetadataDefaults } from "./metadata/metadata-defaults.ts";
export { readResponsible } from "./metadata/read-responsible.ts";
export { applySidecar, parseSidecar, type Sidecar } from "./metadata/sidecar.ts";
export { PARSER_REVISION, type ParseOptions, parseDocument } from "./parse-document.ts";
export { findPlaces } from "./places/find-places.ts";
export { loadPlaces } from "./places/load-places.ts";
export type { Place, PlaceMention, PlaceTable } from "./places/place-table.ts";
export { normalizeDocumentText } from "./reading/normalize-document-text.ts";
export type { ReadingFacts } from "./reading/reading-facts.ts";
export { relateDocuments } from "./relations/relate-documents.ts";
export { createKnowledgeService } from "./service/create-knowledge-service.ts";
export { makeDocumentId } from "./service/document-id.ts";
export {
  type FileReading,
  type FileToRead,
  isDocumentName,
  type ReadingProgress,
  readDocumentFile,
} from "./service/read-document-file.ts";
export { openSidecar, openSource, readSource, type SourceFile } from "./service/read-source.ts";
export type { SaveDestination } from "./service/save-destination.ts";
export type {
  BadLine,
  FileFailure,
  IngestedDocument,
  IngestedPassages,
  IngestOptions,
  KnowledgeService,
  KnowledgeServiceOptions,
  PassageOptions,
  Progress,
  SyncReport,
} from "./service/service-types.ts";
export { periodNote, statusOn } from "./status-on.ts";
export type {
  Amendment,
  Clause,
  DeclaredStatus,
  DocumentKind,
  DocumentMatch,
  DocumentMetadata,
  DocumentReferences,
  DocumentRelations,
  ExpiryBasis,
  OutlineNode,
  ParsedDocument,
  PublishedDocument,
  StatusOnDay,
} from "./types.ts";
