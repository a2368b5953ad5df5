import type { FastifyInstance } from "fastify";
import { parseVisibility } from "../access/index.ts";
import { AppError, type DocumentId } from "../shared/index.ts";
import { askRequestSchema } from "./api-schema.ts";
import { parseRequest } from "./parse-request.ts";
import type { ServerOptions } from "./types.ts";

/** One question, one answer, without a session: for other services and for scripts. */
export function addAskRoute(server: FastifyInstance, options: ServerOptions): void {
  server.post("/api/v1/ask", async (request) => {
    const input = parseRequest(askRequestSchema, request.body);
    const documentId = input.document as DocumentId | undefined;
    if (documentId) await requirePublished(options, documentId);
    const startedAt = performance.now();
    const {
      reasons: _reasons,
      resolvedQuestion: _resolved,
      ...answer
    } = await options.answerer.answerQuestion({
      question: input.question,
      ...(input.context && { context: input.context }),
      ...(documentId && { documentId }),
      ...(input.asOf && { asOf: input.asOf }),
    });
    const elapsedMs = Math.round((performance.now() - startedAt) * 10) / 10;
    return { ...(input.id !== undefined && { id: input.id }), ...answer, elapsedMs };
  });
}

async function requirePublished(options: ServerOptions, documentId: DocumentId): Promise<void> {
  const document = await options.knowledge.getDocument(documentId);
  if (document?.publishedVersionId && parseVisibility(document.visibility).kind === "public") return;
  throw new AppError({
    code: "not-found",
    message: "no such published document",
    safeMessage: "没有找到该文件，请先用 /api/v1/documents 查看已发布的文件。",
  });
}
