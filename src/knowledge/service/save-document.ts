import type { DocumentId, VersionId } from "../../shared/index.ts";
import type { VersionSummary } from "../../storage/index.ts";
import { PARSER_REVISION, parseDocument } from "../parse-document.ts";
import type { ParsedDocument } from "../types.ts";
import { makeDocumentId } from "./document-id.ts";
import { openSource, type SourceFile } from "./read-source.ts";
import type { IngestedDocument, KnowledgeServiceOptions } from "./service-types.ts";

export interface Destination {
  collection: string;
  sourceKey: string;
  publish: boolean;
}

/** Parses a source and saves it as a version, in one transaction. Throws AppError; then nothing has changed. */
export async function saveDocument(
  source: SourceFile,
  destination: Destination,
  options: KnowledgeServiceOptions,
): Promise<IngestedDocument> {
  const parsed = parseSource(source, options);
  const { collection, sourceKey, publish } = destination;
  const saved = await options.store.saveVersion({
    collection,
    sourceKey,
    documentId: makeDocumentId(collection, sourceKey),
    versionId: options.ids() as VersionId,
    title: parsed.metadata.title,
    contentHash: source.contentHash,
    parserRevision: PARSER_REVISION,
    text: parsed.text,
    metadata: parsed.metadata,
    outline: parsed.nodes,
    warnings: parsed.warnings,
    clauses: withoutPassage(parsed),
    at: options.clock(),
    publish,
  });
  const { metadata, warnings, clauses } = parsed;
  return { ...saved, metadata, warnings, clauses: clauses.length };
}

function parseSource(source: SourceFile, { places }: KnowledgeServiceOptions): ParsedDocument {
  const { text, sidecar } = openSource(source);
  return parseDocument(text, {
    fileName: source.fileName,
    ...(sidecar && { sidecar }),
    ...(places && { places }),
  });
}

function* withoutPassage(parsed: ParsedDocument) {
  for (const clause of parsed.clauses) yield { ...clause, passageId: null };
}

/** The version that a document was last read as, when it was read from this content by this reader. */
export async function findUnchanged(
  documentId: DocumentId,
  contentHash: string,
  { store }: Pick<KnowledgeServiceOptions, "store">,
): Promise<VersionSummary | undefined> {
  const versions = await store.listVersions(documentId);
  const latest = versions.findLast(({ publishedAt }) => publishedAt !== null);
  return latest?.contentHash === contentHash && latest.parserRevision === PARSER_REVISION
    ? latest
    : undefined;
}
