import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../shared/index.ts";
import { choose, type Language, readLanguage } from "./words.ts";

export type RefusalStatus = 400 | 401 | 413 | 415 | 429 | 503;

/** A refusal in the shape of all failures. */
export function refuse(reply: FastifyReply, status: RefusalStatus, safeMessage: string): FastifyReply {
  const { id } = new AppError({ code: "usage", message: "refused", safeMessage });
  if (status === 429 || status === 503) reply.header("retry-after", "60");
  return reply.code(status).send({ error: { code: "usage", message: safeMessage, id } });
}

/** The language of a request's body, its query or its browser. */
export function languageOf({ body, query, headers }: FastifyRequest): Language {
  return readLanguage(readField(body) ?? readField(query), headers);
}

function readField(from: unknown): unknown {
  return typeof from === "object" && from !== null && "language" in from ? from.language : undefined;
}

/** What the framework refuses before our code sees it is said in English to those who read English. */
export function addErrorWords(scope: FastifyInstance): void {
  scope.setErrorHandler(async (thrown: Error & { statusCode?: number }, request, reply) => {
    const isOwn = thrown instanceof AppError;
    const language = readLanguage(undefined, request.headers);
    if (isOwn || language === "zh") throw thrown;
    if (thrown.statusCode === 413) return refuse(reply, 413, choose("body-too-large", language));
    if (thrown.statusCode === 400) return refuse(reply, 400, choose("malformed", language));
    throw thrown;
  });
}
