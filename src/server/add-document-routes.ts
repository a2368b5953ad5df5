import type { FastifyInstance } from "fastify";
import { parseVisibility } from "../access/index.ts";
import { plainMetadata, statusOn } from "../knowledge/index.ts";
import { AppError, type DocumentId, toShanghaiDay, type VersionId } from "../shared/index.ts";
import type { DocumentRecord, VersionRecord, VersionSummary } from "../storage/index.ts";
import { documentRequestSchema, listRequestSchema } from "./api-schema.ts";
import { parseRequest } from "./parse-request.ts";
import type { ServerOptions } from "./types.ts";

/** The published documents that are for everybody, with their metadata, texts and outlines. */
export function addDocumentRoutes(server: FastifyInstance, options: ServerOptions): void {
  const today = () => toShanghaiDay(options.clock());

  server.get("/api/v1/documents", async (request) => {
    const { limit, offset } = parseRequest(listRequestSchema, request.query);
    const documents = await options.knowledge.listDocuments();
    const open = new Set(documents.filter(isOpen).map(({ documentId }) => documentId));
    const published = await options.knowledge.publishedVersions();
    const versions = published.filter(({ documentId }) => open.has(documentId));
    const page = versions.slice(offset, offset + limit);
    return { total: versions.length, documents: page.map((version) => toSummary(version, today())) };
  });

  server.get<{ Params: { id: string } }>("/api/v1/documents/:id", async (request, reply) => {
    const { version: wanted } = parseRequest(documentRequestSchema, request.query);
    const version = await readVersion(options, request.params.id as DocumentId, wanted as VersionId);
    const etag = `"${version.versionId}-${version.state}-${today()}"`;
    reply.header("etag", etag).header("cache-control", "no-cache");
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return { ...toSummary(version, today()), text: version.text, nodes: version.outline };
  });
}

function isOpen(document: DocumentRecord): boolean {
  return parseVisibility(document.visibility).kind === "public";
}

/** The published version, or one that was published once and is cited by an earlier answer. */
async function readVersion(
  options: ServerOptions,
  documentId: DocumentId,
  wanted: VersionId | undefined,
): Promise<VersionRecord> {
  const document = await options.knowledge.getDocument(documentId);
  const versionId = wanted ?? document?.publishedVersionId;
  const version =
    document && isOpen(document) && versionId ? await options.knowledge.getVersion(versionId) : undefined;
  if (version && version.documentId === documentId && version.publishedAt !== null) return version;
  throw new AppError({
    code: "not-found",
    message: "no such published document",
    safeMessage: "没有找到该文件：可能已撤下，或网址有误。",
  });
}

function toSummary(version: VersionSummary, day: string) {
  // Who sent the file in, and what it resembles, is the administrators' alone.
  const metadata = plainMetadata(version.metadata);
  return {
    documentId: version.documentId,
    versionId: version.versionId,
    versionState: version.state,
    title: metadata.title,
    status: statusOn(metadata, day),
    metadata,
    publishedAt: version.publishedAt,
  };
}
