import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import type { DocumentRecord, KnowledgeStore, VersionSummary } from "../../storage/index.ts";
import { withMetadataDefaults } from "../metadata/metadata-defaults.ts";
import type { Clause, PublishedDocument } from "../types.ts";
import { ingestPassages } from "./ingest-passages.ts";
import { readSource } from "./read-source.ts";
import { saveDocument } from "./save-document.ts";
import type { KnowledgeService, KnowledgeServiceOptions } from "./service-types.ts";
import { syncDirectory } from "./sync-directory.ts";

export function createKnowledgeService(options: KnowledgeServiceOptions): KnowledgeService {
  const { store } = options;
  return {
    syncDirectory: (directory, collection, { onProgress } = {}) =>
      syncDirectory(directory, collection, onProgress, options),
    async ingestFile(path, { publish = false, collection = "ingest", sourceKey } = {}) {
      const source = await readSource(path);
      return saveDocument(
        source,
        { collection, sourceKey: sourceKey ?? source.fileName.normalize("NFC"), publish },
        options,
      );
    },
    ingestPassages: (path, passageOptions = {}) => ingestPassages(path, passageOptions, options),
    listPublished: (asOf) => listPublished(store, asOf),
    async getClauses(versionId) {
      return (await store.clausesOf(versionId)).map(toClause);
    },
    documentText: (id) => readText(store, id),
  };
}

async function listPublished(store: KnowledgeStore, asOf: Date | undefined): Promise<PublishedDocument[]> {
  const [versions, documents] = await Promise.all([store.publishedVersions(asOf), store.listDocuments()]);
  const records = new Map(documents.map((document) => [document.documentId, document]));
  return versions.map((version) => toPublished(version, records.get(version.documentId)));
}

function toPublished(version: VersionSummary, document: DocumentRecord | undefined): PublishedDocument {
  return {
    documentId: version.documentId,
    versionId: version.versionId,
    collection: document?.collection ?? "",
    metadata: withMetadataDefaults(version.metadata),
    visibility: document ? document.visibility : { kind: "internal" },
    publishedAt: version.publishedAt ?? version.createdAt,
  };
}

async function readText(store: KnowledgeStore, id: VersionId | DocumentId): Promise<string> {
  const version = await store.getVersion(id as VersionId);
  if (version) return version.text;
  const published = (await store.getDocument(id as DocumentId))?.publishedVersionId;
  const text = published && (await store.getVersion(published))?.text;
  if (typeof text === "string") return text;
  throw notFound(id);
}

function toClause({ ordinal, section, level, heading, text, start, end, page }: Clause): Clause {
  return { ordinal, section, level, heading, text, start, end, page };
}

function notFound(id: string): AppError {
  return new AppError({
    code: "not-found",
    message: `no version or published document ${id}`,
    safeMessage: `没有编号为 ${id} 的版本或已发布文件。请用 documents 查看文件及其版本编号。`,
  });
}
