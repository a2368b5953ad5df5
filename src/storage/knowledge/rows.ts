import type { Knex } from "knex";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { fromJson } from "../row-values.ts";
import type { ClauseRecord, DocumentRecord, VersionRecord, VersionSummary } from "../types.ts";

export interface DocumentRow {
  document_id: DocumentId;
  collection: string;
  source_key: string;
  title: string;
  created_at: string;
  vanished_at: string | null;
  /** JSON. */
  visibility: string;
  published_version_id: VersionId | null;
}

export interface VersionRow {
  version_id: VersionId;
  document_id: DocumentId;
  number: number;
  state: VersionRecord["state"];
  title: string;
  content_hash: string;
  parser_revision: number;
  created_at: string;
  published_at: string | null;
  retired_at: string | null;
  clause_count: number;
  warnings: string;
  metadata: string;
  outline: string;
  text: string;
  /** Of the table `version_originals`. */
  original_hash: string | null;
}

export interface ClauseRow {
  version_id: VersionId;
  ordinal: number;
  section: string;
  level: number;
  heading: string;
  text: string;
  start_offset: number;
  end_offset: number;
  page: number | null;
  passage_id: string | null;
}

/** Documents with the version that is published, if any. */
export function selectDocuments(database: Knex): Knex.QueryBuilder<DocumentRow, DocumentRow[]> {
  return database("documents as d")
    .leftJoin("versions as v", (join) => {
      join.on("v.document_id", "d.document_id").andOn(database.raw("v.state = 'published'"));
    })
    .select("d.*", "v.version_id as published_version_id");
}

/** `v` for the version, and where there is one `o` for its original. */
export function joinOriginals<Query extends Knex.QueryBuilder>(query: Query): Query {
  query.leftJoin("version_originals as o", "o.version_id", "v.version_id");
  return query;
}

/** A version without its text and outline, which can be large, and without its latest interval. */
const HEAD_OF_VERSION = [
  "version_id",
  "document_id",
  "number",
  "state",
  "content_hash",
  "parser_revision",
  "created_at",
  "warnings",
  "metadata",
].map((column) => `v.${column}`);

export const HEAD_COLUMNS = [...HEAD_OF_VERSION, "o.original_hash"];

export const SUMMARY_COLUMNS = [...HEAD_COLUMNS, "v.published_at", "v.retired_at"];

export function toDocumentRecord(row: DocumentRow): DocumentRecord {
  return {
    documentId: row.document_id,
    collection: row.collection,
    sourceKey: row.source_key,
    title: row.title,
    publishedVersionId: row.published_version_id,
    visibility: fromJson(row.visibility),
    createdAt: row.created_at,
  };
}

export function toVersionSummary(row: Omit<VersionRow, "text" | "outline">): VersionSummary {
  return {
    versionId: row.version_id,
    documentId: row.document_id,
    number: row.number,
    contentHash: row.content_hash,
    parserRevision: row.parser_revision,
    state: row.state,
    originalHash: row.original_hash,
    metadata: fromJson(row.metadata),
    warnings: fromJson<string[]>(row.warnings),
    createdAt: row.created_at,
    publishedAt: row.published_at,
    retiredAt: row.retired_at,
  };
}

export function toVersionRecord(row: VersionRow): VersionRecord {
  return { ...toVersionSummary(row), text: row.text, outline: fromJson(row.outline) };
}

export function toClauseRecord(row: ClauseRow): ClauseRecord {
  return {
    versionId: row.version_id,
    ordinal: row.ordinal,
    section: row.section,
    level: row.level,
    heading: fromJson<string[]>(row.heading),
    text: row.text,
    start: row.start_offset,
    end: row.end_offset,
    page: row.page,
    passageId: row.passage_id,
  };
}
