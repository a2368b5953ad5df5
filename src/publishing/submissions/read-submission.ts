import { createHash } from "node:crypto";
import {
  type Clause,
  type DocumentMatch,
  makeDocumentId,
  PARSER_REVISION,
  type ParsedDocument,
  type Sidecar,
} from "../../knowledge/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { ChangeOrigin, NewClause, SavedVersion, SubmissionRecord } from "../../storage/index.ts";
import { findDocument } from "../find-records.ts";
import { type KeptMetadata, type ReadingRecord, recordReading } from "../kept-metadata.ts";
import type { PublishingParts } from "../publishing-parts.ts";

/** Documents that came in by chat, upload or link. */
export const SUBMITTED = "submissions";

/** What reading a submission led to. */
export type ReadingOutcome =
  | { kind: "saved"; versionId: VersionId }
  /** Word for word a version that is there: nothing was saved. */
  | { kind: "same"; documentId: DocumentId; versionId: VersionId };

/** Reads, parses and matches the original, and saves it as a version that waits for review. Throws AppError. */
export async function readSubmission(
  parts: PublishingParts,
  submission: SubmissionRecord,
  bytes: Uint8Array,
): Promise<ReadingOutcome> {
  const { fileName, submittedBy } = submission;
  // What a page links to is named by its own address.
  const url = /^https?:\/\//.test(submission.source) ? { url: submission.source } : {};
  const read = await parts.reader.read({ bytes, fileName, ...url });
  const parsed = parts.parser.parse(read, { fileName });
  const match = await parts.parser.match(parsed);
  if (match.kind === "same") return match;
  const reading = recordReading(read, { fileName, match, submittedBy }, parts.settings.lowConfidence);
  const warnings = [...new Set([...read.warnings, ...parsed.warnings])];
  const saved = await saveReading(parts, {
    parsed: { ...parsed, warnings },
    reading,
    originalHash: submission.originalHash,
    place: await placeOf(parts, match, submission.submissionId),
    submissionId: submission.submissionId,
    origin: { actor: submittedBy, details: { fileName, match: match.kind } },
  });
  return { kind: "saved", versionId: saved.versionId };
}

export interface DocumentPlace {
  collection: string;
  sourceKey: string;
  documentId: DocumentId;
}

async function placeOf(
  { storage }: PublishingParts,
  match: DocumentMatch,
  submissionId: string,
): Promise<DocumentPlace> {
  if (match.kind !== "new-version") return newPlace(submissionId);
  return findDocument(storage.knowledge, match.documentId);
}

export function newPlace(sourceKey: string): DocumentPlace {
  return { collection: SUBMITTED, sourceKey, documentId: makeDocumentId(SUBMITTED, sourceKey) };
}

export interface NewReading {
  parsed: ParsedDocument;
  reading: ReadingRecord | undefined;
  overrides?: Sidecar;
  takenFrom?: string;
  originalHash: string | null;
  place: DocumentPlace;
  submissionId?: string;
  origin: ChangeOrigin;
}

export async function saveReading(parts: PublishingParts, input: NewReading): Promise<SavedVersion> {
  const { parsed, reading, overrides, takenFrom, originalHash, place, submissionId, origin } = input;
  const metadata: KeptMetadata = {
    ...parsed.metadata,
    ...(overrides && { overrides }),
    ...(reading && { reading }),
    ...(takenFrom !== undefined && { takenFrom }),
  };
  return parts.storage.knowledge.saveVersion({
    collection: place.collection,
    sourceKey: place.sourceKey,
    documentId: place.documentId,
    versionId: parts.ids() as VersionId,
    title: parsed.metadata.title,
    contentHash: hashContent(originalHash, parsed.text, overrides),
    parserRevision: PARSER_REVISION,
    text: parsed.text,
    metadata,
    outline: parsed.nodes,
    warnings: parsed.warnings,
    clauses: parsed.clauses.map(toNewClause),
    at: parts.clock(),
    publish: false,
    fingerprint: parts.parser.fingerprint(parsed),
    origin,
    ...(originalHash !== null && { originalHash }),
    ...(submissionId !== undefined && { submissionId }),
  });
}

function toNewClause({ ordinal, section, level, heading, text, start, end, page }: Clause): NewClause {
  return { ordinal, section, level, heading, text, start, end, page, passageId: null };
}

/** The same file with other stated metadata is another version. */
function hashContent(originalHash: string | null, text: string, overrides: Sidecar | undefined): string {
  const hash = createHash("sha256").update(originalHash ?? text);
  return hash
    .update("\n")
    .update(JSON.stringify(overrides ?? {}))
    .digest("hex");
}
