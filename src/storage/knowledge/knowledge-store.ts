import { AppError, type DocumentId, type VersionId } from "../../shared/index.ts";
import type { Database } from "../dialect.ts";
import { toInstant, toText } from "../row-values.ts";
import type { KnowledgeStore, VersionSummary } from "../types.ts";
import { lockKnowledge, publishWithin, rollbackWithin, withdrawWithin } from "./publication.ts";
import { eachPublishedClause } from "./published-clauses.ts";
import {
  type ClauseRow,
  HEAD_COLUMNS,
  SUMMARY_COLUMNS,
  selectDocuments,
  toClauseRecord,
  toDocumentRecord,
  toVersionRecord,
  toVersionSummary,
  type VersionRow,
} from "./rows.ts";
import { saveVersion } from "./save-version.ts";
import { withdrawMissing } from "./withdraw-missing.ts";

export function createKnowledgeStore(database: Database): KnowledgeStore {
  return {
    ...createReadingPart(database),
    saveVersion: (version) => saveVersion(database, version),
    publishVersion: (versionId, at) => publishVersion(database, versionId, at),
    unpublishDocument: (documentId, at) =>
      database.write.transaction(async (transaction) => {
        await lockKnowledge(transaction);
        return withdrawWithin(transaction, documentId, at);
      }),
    rollbackDocument: (documentId, at) =>
      database.write.transaction(async (transaction) => {
        await lockKnowledge(transaction);
        return rollbackWithin(transaction, documentId, at);
      }),
    withdrawMissing: (collection, presentSourceKeys, at) =>
      withdrawMissing(database, collection, presentSourceKeys, at),
  };
}

type WritingMethod =
  | "saveVersion"
  | "publishVersion"
  | "unpublishDocument"
  | "rollbackDocument"
  | "withdrawMissing";

function createReadingPart(database: Database): Omit<KnowledgeStore, WritingMethod> {
  const { read } = database;
  return {
    async revision() {
      const row = await read("counters").where({ name: "publication" }).first();
      return Number(row?.value);
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
      const row = await read<VersionRow>("versions").where("version_id", toText(versionId)).first();
      return row && toVersionRecord(row as VersionRow);
    },
    async listVersions(documentId) {
      const rows = await read("versions as v")
        .where("v.document_id", toText(documentId))
        .orderBy("v.number")
        .select(SUMMARY_COLUMNS);
      return rows.map(toVersionSummary);
    },
    publishedVersions: (asOf) => publishedVersions(database, asOf),
    async clausesOf(versionId) {
      const rows: ClauseRow[] = await read("clauses")
        .where("version_id", toText(versionId))
        .orderBy("ordinal");
      return rows.map(toClauseRecord);
    },
    eachPublishedClause: (batchSize, onBatch) => eachPublishedClause(database, batchSize, onBatch),
  };
}

/** `publishedAt` and `retiredAt` are those of the interval that holds the instant; `state` is that of today. */
async function publishedVersions({ read }: Database, asOf: Date | undefined): Promise<VersionSummary[]> {
  const query = read("publications as p").join("versions as v", "v.version_id", "p.version_id");
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

async function publishVersion({ write }: Database, versionId: VersionId, at: Date): Promise<void> {
  await write.transaction(async (transaction) => {
    await lockKnowledge(transaction);
    const version: { version_id: VersionId; document_id: DocumentId } | undefined = await transaction(
      "versions",
    )
      .where("version_id", toText(versionId))
      .first("version_id", "document_id");
    if (!version) {
      throw new AppError({
        code: "not-found",
        message: `version ${versionId} does not exist`,
        safeMessage: `没有编号为 ${versionId} 的版本。请用 documents 查看文件及其版本编号。`,
      });
    }
    await publishWithin(transaction, version, at);
  });
}
