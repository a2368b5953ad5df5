import type { FastifyInstance } from "fastify";
import { type DocumentMetadata, statusOn } from "../knowledge/index.ts";
import { AppError, type DocumentId, toShanghaiDay } from "../shared/index.ts";
import type { VersionRecord, VersionSummary } from "../storage/index.ts";
import { listRequestSchema } from "./api-schema.ts";
import { parseRequest } from "./parse-request.ts";
import type { ServerOptions } from "./types.ts";

/** The published documents with their metadata, texts and outlines. */
export function addDocumentRoutes(server: FastifyInstance, options: ServerOptions): void {
  const today = () => toShanghaiDay(options.clock());

  server.get("/api/v1/documents", async (request) => {
    const { limit, offset } = parseRequest(listRequestSchema, request.query);
    const versions = await options.knowledge.publishedVersions();
    const page = versions.slice(offset, offset + limit);
    return { total: versions.length, documents: page.map((version) => toSummary(version, today())) };
  });

  server.get<{ Params: { id: string } }>("/api/v1/documents/:id", async (request, reply) => {
    const version = await readPublished(options, request.params.id as DocumentId);
    const etag = `"${version.versionId}-${today()}"`;
    reply.header("etag", etag).header("cache-control", "no-cache");
    if (request.headers["if-none-match"] === etag) return reply.code(304).send();
    return { ...toSummary(version, today()), text: version.text, nodes: version.outline };
  });
}

async function readPublished(options: ServerOptions, documentId: DocumentId): Promise<VersionRecord> {
  const document = await options.knowledge.getDocument(documentId);
  const versionId = document?.publishedVersionId;
  const version = versionId ? await options.knowledge.getVersion(versionId) : undefined;
  if (version) return version;
  throw new AppError({
    code: "not-found",
    message: "no such published document",
    safeMessage: "没有找到该文件：可能已撤下，或网址有误。",
  });
}

function toSummary(version: VersionSummary, day: string) {
  const metadata = version.metadata as DocumentMetadata;
  return {
    documentId: version.documentId,
    versionId: version.versionId,
    title: metadata.title,
    status: statusOn(metadata, day),
    metadata,
    publishedAt: version.publishedAt,
  };
}
