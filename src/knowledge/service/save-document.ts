import { DEFAULT_READ_LIMITS, MAX_DOCUMENT_BYTES } from "../../readers/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { VersionSummary } from "../../storage/index.ts";
import { makeFingerprint } from "../likeness/make-fingerprint.ts";
import { PARSER_REVISION } from "../parse-document.ts";
import type { ParsedDocument } from "../types.ts";
import { makeDocumentId } from "./document-id.ts";
import { readDocumentFile } from "./read-document-file.ts";
import { openSidecar, readSource, type SourceFile } from "./read-source.ts";
import type { SaveDestination } from "./save-destination.ts";
import type { IngestedDocument, KnowledgeServiceOptions } from "./service-types.ts";

/** What is kept with a version's metadata beside knowledge's own fields; absent in older versions. */
interface KeptBeside {
  reading?: { submittedBy?: string };
  overrides?: unknown;
  takenFrom?: string;
}

/** Saves a parsed document as a version with its fingerprint, in one transaction. Throws AppError; then nothing has changed. */
export async function saveParsed(
  parsed: ParsedDocument,
  destination: SaveDestination,
  options: Pick<KnowledgeServiceOptions, "store" | "ids" | "clock">,
): Promise<IngestedDocument> {
  const {
    collection,
    sourceKey,
    documentId,
    publish,
    contentHash,
    originalHash,
    submissionId,
    origin,
    takenFrom,
  } = destination;
  const { metadata, reading, warnings, clauses } = parsed;
  const saved = await options.store.saveVersion({
    collection,
    sourceKey,
    documentId: documentId ?? makeDocumentId(collection, sourceKey),
    versionId: options.ids() as VersionId,
    title: metadata.title,
    contentHash,
    parserRevision: PARSER_REVISION,
    text: parsed.text,
    metadata: { ...metadata, ...(reading && { reading }), ...(takenFrom !== undefined && { takenFrom }) },
    outline: parsed.nodes,
    warnings,
    clauses: withoutPassage(parsed),
    at: options.clock(),
    publish,
    fingerprint: destination.fingerprint ?? makeFingerprint(parsed),
    ...(originalHash !== undefined && { originalHash }),
    ...(submissionId !== undefined && { submissionId }),
    ...(origin && { origin }),
  });
  return { ...saved, metadata, warnings, clauses: clauses.length };
}

function* withoutPassage({ clauses }: ParsedDocument) {
  for (const { tableHeader: _, ...clause } of clauses) yield { ...clause, passageId: null };
}

/** A file from disk, whole, with what is stated beside it. Throws AppError `unusable-input`. */
export function openFile(path: string, { reader }: KnowledgeServiceOptions): Promise<SourceFile> {
  return readSource(path, reader ? DEFAULT_READ_LIMITS.maxBytes : MAX_DOCUMENT_BYTES);
}

export async function parseSource(
  source: SourceFile,
  options: KnowledgeServiceOptions,
): Promise<ParsedDocument> {
  const sidecar = openSidecar(source);
  return readDocumentFile(
    { bytes: source.bytes, fileName: source.fileName, ...(sidecar && { sidecar }) },
    options,
  );
}

/**
 * The version that a file of a directory was last read as, when it was read from this content by this reader. Versions that
 * came another way (a submission, corrected metadata, a file of another name) stand beside it: the file undoes them only
 * when it changes itself.
 */
export async function findUnchanged(
  documentId: DocumentId,
  contentHash: string,
  { store }: Pick<KnowledgeServiceOptions, "store">,
): Promise<VersionSummary | undefined> {
  const published = (await store.listVersions(documentId)).filter(({ publishedAt }) => publishedAt !== null);
  const latest = published.findLast(({ metadata }) => !cameAnotherWay(metadata));
  if (latest?.contentHash !== contentHash) return undefined;
  const isReplaced = published.at(-1) !== latest;
  return latest.parserRevision === PARSER_REVISION || isReplaced ? latest : undefined;
}

function cameAnotherWay(metadata: unknown): boolean {
  const { reading, overrides, takenFrom } = (metadata ?? {}) as KeptBeside;
  return reading?.submittedBy !== undefined || overrides !== undefined || takenFrom !== undefined;
}
