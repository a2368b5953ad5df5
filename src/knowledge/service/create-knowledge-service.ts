import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import type { DocumentRecord, KnowledgeStore, VersionSummary } from "../../storage/index.ts";
import { createFingerprintList } from "../likeness/fingerprint-list.ts";
import { plainMetadata } from "../metadata/metadata-defaults.ts";
import { TABLE_HEADING } from "../outline/build-outline.ts";
import type { Clause, OutlineNode, PublishedDocument } from "../types.ts";
import { ingestFile } from "./ingest-file.ts";
import { ingestPassages } from "./ingest-passages.ts";
import { keepRecent } from "./keep-recent.ts";
import { createPresentLister } from "./list-present.ts";
import { readDocumentFile } from "./read-document-file.ts";
import { saveParsed } from "./save-document.ts";
import type { KnowledgeService, KnowledgeServiceOptions } from "./service-types.ts";
import { syncDirectory } from "./sync-directory.ts";

export function createKnowledgeService(options: KnowledgeServiceOptions): KnowledgeService {
  const { store } = options;
  const fingerprints = createFingerprintList(store);
  const readVersion = keepVersions(store);
  const clauses = keepClauses(store);
  const listPresent = createPresentLister(store, () => listPublished(store, undefined));
  return {
    syncDirectory: (directory, collection, { onProgress } = {}) =>
      syncDirectory(directory, collection, onProgress, options),
    readFile: (source, onProgress) => readDocumentFile(source, options, onProgress),
    saveParsed: (parsed, destination) => saveParsed(parsed, destination, options),
    ingestFile: (path, ingestOptions = {}) => ingestFile(path, ingestOptions, options, fingerprints),
    ingestPassages: (path, passageOptions = {}) => ingestPassages(path, passageOptions, options),
    listPublished: (asOf) => (asOf === undefined ? listPresent() : listPublished(store, asOf)),
    getClauses: async (versionId) => [...(await clauses(versionId))],
    documentText: (id) => readText(store, readVersion, id),
    getOutline: async (versionId) => (await readVersion(versionId))?.outline ?? [],
  };
}

/** Characters of the versions that are at hand; a version never changes once it is written. */
const MAX_KEPT_CHARACTERS = 8_000_000;

interface WrittenVersion {
  text: string;
  outline: OutlineNode[];
}

function keepVersions(store: KnowledgeStore): (versionId: string) => Promise<WrittenVersion | undefined> {
  return keepRecent(
    async (versionId) => {
      const version = await store.getVersion(versionId as VersionId);
      return version && { text: version.text, outline: version.outline as OutlineNode[] };
    },
    (version) => version?.text.length ?? 0,
    MAX_KEPT_CHARACTERS,
  );
}

function keepClauses(store: KnowledgeStore): (versionId: string) => Promise<readonly Clause[]> {
  return keepRecent(
    async (versionId) => (await store.clausesOf(versionId as VersionId)).map(toClause),
    (list) => list.reduce((sum, { text }) => sum + text.length, 0),
    MAX_KEPT_CHARACTERS,
  );
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
    metadata: plainMetadata(version.metadata),
    visibility: document ? document.visibility : { kind: "internal" },
    publishedAt: version.publishedAt ?? version.createdAt,
  };
}

async function readText(
  store: KnowledgeStore,
  readVersion: (versionId: string) => Promise<WrittenVersion | undefined>,
  id: VersionId | DocumentId,
): Promise<string> {
  const version = await readVersion(id);
  if (version) return version.text;
  const published = (await store.getDocument(id as DocumentId))?.publishedVersionId;
  const text = published && (await readVersion(published))?.text;
  if (typeof text === "string") return text;
  throw notFound(id);
}

/** A row's header is stored as its last heading. */
function toClause({ ordinal, section, level, heading, text, start, end, page }: Clause): Clause {
  const clause: Clause = { ordinal, section, level, heading, text, start, end, page };
  const last = heading.at(-1);
  if (last?.startsWith(TABLE_HEADING) && /表\d+第\d+行(?:〔\d+〕)?$/.test(section))
    clause.tableHeader = last.slice(TABLE_HEADING.length);
  return clause;
}

function notFound(id: string): AppError {
  return new AppError({
    code: "not-found",
    message: `no version or published document ${id}`,
    safeMessage: `没有编号为 ${id} 的版本或已发布文件。请用 documents 查看文件及其版本编号。`,
  });
}
