import type { VersionId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { fromJson, toInstant, toText } from "../row-values.ts";
import type { KnowledgeStore, PublishedHead, VersionSummary } from "../types.ts";
import { changePublication } from "./change-publication.ts";
import { createFingerprints } from "./fingerprints.ts";
import { findPublished } from "./publication.ts";
import { createPublicationEvents } from "./publication-events.ts";
import { eachPublishedClause } from "./published-clauses.ts";
import {
  type ClauseRow,
  type DocumentRow,
  HEAD_COLUMNS,
  joinOriginals,
  SUMMARY_COLUMNS,
  selectDocuments,
  toClauseRecord,
  toDocumentRecord,
  toVersionRecord,
  toVersionSummary,
  type VersionRow,
} from "./rows.ts";
import { saveVersion } from "./save-version.ts";
import { setVisibility } from "./visibility.ts";
import { withdrawMissing } from "./withdraw-missing.ts";

export function createKnowledgeStore(database: Database): KnowledgeStore {
  return {
    ...createReadingPart(database),
    ...createFingerprints(database),
    ...createPublicationEvents(database),
    ...changePublication(database),
    saveVersion: (version) => saveVersion(database, version),
    setVisibility: (documentId, visibility, at, origin) =>
      setVisibility(database, documentId, visibility, at, origin),
    withdrawMissing: (collection, presentSourceKeys, at) =>
      withdrawMissing(database, collection, presentSourceKeys, at),
  };
}

type ReadingMethod =
  | "revision"
  | "rollbackTarget"
  | "listDocuments"
  | "getDocument"
  | "findDocument"
  | "getVersion"
  | "listVersions"
  | "publishedVersions"
  | "publishedHeads"
  | "clausesOf"
  | "eachPublishedClause";

function createReadingPart(database: Database): Pick<KnowledgeStore, ReadingMethod> {
  const { read } = database;
  return {
    revision: () => database.counter("publication"),
    async rollbackTarget(documentId) {
      const { previous } = await findPublished(read, documentId);
      return previous ?? undefined;
    },
    async listDocuments(options = {}) {
      const query = selectDocuments(read).orderBy(["d.collection", "d.source_key"]);
      if (options.collection !== undefined) query.where("d.collection", toText(options.collection));
      return (await query).map(toDocumentRecord);
    },
    async getDocument(documentId) {
      const [row] = await selectDocuments(read).where("d.document_id", toText(documentId));
      return row && toDocumentRecord(row);
    },
    async findDocument(collection, sourceKey) {
      const key = { "d.collection": toText(collection), "d.source_key": toText(sourceKey) };
      const [row] = await selectDocuments(read).where(key);
      return row && toDocumentRecord(row);
    },
    async getVersion(versionId) {
      const row: VersionRow | undefined = await joinOriginals(read("versions as v"))
        .where("v.version_id", toText(versionId))
        .first("v.*", "o.original_hash");
      return row && toVersionRecord(row);
    },
    async listVersions(documentId) {
      const rows = await joinOriginals(read("versions as v"))
        .where("v.document_id", toText(documentId))
        .orderBy("v.number")
        .select(SUMMARY_COLUMNS);
      return rows.map(toVersionSummary);
    },
    publishedVersions: (asOf) => publishedVersions(database, asOf),
    publishedHeads: () => publishedHeads(database),
    async clausesOf(versionId) {
      const rows: ClauseRow[] = await read("clauses")
        .where("version_id", toText(versionId))
        .orderBy("ordinal");
      return rows.map(toClauseRecord);
    },
    eachPublishedClause: (batchSize, onBatch) => eachPublishedClause(database, batchSize, onBatch),
  };
}

async function publishedHeads({ read }: Database): Promise<PublishedHead[]> {
  const rows: (Pick<DocumentRow, "document_id" | "collection" | "title" | "visibility"> & {
    version_id: VersionId;
    published_from: string;
  })[] = await read("publications as p")
    .join("documents as d", "d.document_id", "p.document_id")
    .whereRaw("p.published_to is null")
    .orderBy("p.document_id")
    .select("p.version_id", "p.document_id", "p.published_from", "d.collection", "d.title", "d.visibility");
  return rows.map((row) => ({
    versionId: row.version_id,
    documentId: row.document_id,
    collection: row.collection,
    title: row.title,
    visibility: fromJson(row.visibility),
    publishedAt: row.published_from,
  }));
}

/** `publishedAt` and `retiredAt` are those of the interval that holds the instant; `state` is that of today. */
async function publishedVersions({ read }: Database, asOf: Date | undefined): Promise<VersionSummary[]> {
  const query = joinOriginals(
    read("publications as p").join("versions as v", "v.version_id", "p.version_id"),
  );
  if (asOf === undefined) query.whereRaw("p.published_to is null");
  else {
    const instant = toInstant(asOf);
    query
      .where("p.published_from", "<=", instant)
      .where((still) => still.whereNull("p.published_to").orWhere("p.published_to", ">", instant));
  }
  const rows = await query
    .orderBy("v.document_id")
    .select([...HEAD_COLUMNS, "p.published_from as published_at", "p.published_to as retired_at"]);
  return rows.map(toVersionSummary);
}
