import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Actor } from "../../access/index.ts";
import { cleanFileName } from "../../readers/index.ts";
import { AppError } from "../../shared/index.ts";
import { HttpRefusal } from "../error-replies.ts";
import { limitRequests } from "../limit-requests.ts";
import { parseRequest } from "../parse-request.ts";
import type { ServedFile, ServerOptions } from "../types.ts";
import type { AdminParts } from "./admin-routes.ts";
import { queries } from "./admin-schema.ts";
import { ADMIN_ROUTES } from "./all-admin-routes.ts";

export const ADMIN_PREFIX = "/api/v1/admin";

/** Files beyond this are refused before they are read; the readers have their own limit. */
const MAX_UPLOAD_BYTES = 50 * 1024 * 1024;
/** Of one address. Scripts of an administrator work faster than people ask. */
const LIMIT = { burst: 120, perMinute: 600 };

/**
 * The administrators' interface. Every request carries a token, or comes from a page of ours in a browser that is signed in;
 * the account's roles decide, operation by operation.
 */
export async function addAdminRoutes(
  server: FastifyInstance,
  parts: AdminParts,
  options: ServerOptions,
): Promise<void> {
  await server.register(async (scope) => {
    await scope.register(multipart, {
      limits: { files: 1, fields: 5, fileSize: MAX_UPLOAD_BYTES, fieldSize: 2_000 },
    });
    limitRequests(scope, { ...options, rateLimit: LIMIT });
    // Before the body is read: an upload of a stranger is not taken in.
    const actors = new WeakMap<FastifyRequest, Actor>();
    scope.addHook("onRequest", async (request, reply) => {
      reply.header("cache-control", "no-store");
      actors.set(request, await authenticate(request, parts, options));
    });
    const actorOf = (request: FastifyRequest): Actor => {
      const actor = actors.get(request);
      if (actor) return actor;
      throw unauthenticated();
    };
    addUpload(scope, parts, actorOf);
    for (const { method, path, body, query, isFile, handle } of ADMIN_ROUTES) {
      scope.route({
        method: method.toUpperCase() as "GET" | "POST" | "PUT" | "DELETE",
        url: ADMIN_PREFIX + path,
        handler: async (request, reply) => {
          const result = await handle(parts, {
            by: actorOf(request),
            params: request.params as Record<string, string>,
            body: body ? parseRequest(body, request.body) : {},
            query: parseRequest(query ?? queries.none, request.query),
          });
          return isFile ? sendFile(reply, result as ServedFile) : result;
        },
      });
    }
  });
}

function sendFile(reply: FastifyReply, { name, mediaType, bytes }: ServedFile): FastifyReply {
  return reply
    .type(mediaType)
    .header("content-disposition", `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .send(Buffer.from(bytes));
}

function addUpload(
  scope: FastifyInstance,
  { publishing }: AdminParts,
  actorOf: (request: FastifyRequest) => Actor,
): void {
  scope.post(`${ADMIN_PREFIX}/submissions`, async (request, reply) => {
    const by = actorOf(request);
    if (!request.isMultipart())
      throw new HttpRefusal(415, "请以 multipart/form-data 上传文件，字段名 file。");
    const part = await request.file();
    if (!part) throw new HttpRefusal(400, "请求中没有文件，请用字段 file 上传。");
    const bytes = await part.toBuffer().catch((cause: unknown) => {
      if (part.file.truncated) return undefined;
      throw cause;
    });
    // A file that is cut off between two chunks comes without an error.
    if (!bytes || part.file.truncated) throw new HttpRefusal(413, "文件超过 50 MB 上限，请拆分后重试。");
    const outcome = await publishing.review.receiveFile(
      { bytes, fileName: cleanFileName(part.filename), source: "api" },
      by,
    );
    return reply.code(outcome.review ? 200 : 422).send(outcome);
  });
}

/**
 * Fails closed: no token, a malformed one, an unknown or revoked one, all alike. Who sends a token is judged by it alone;
 * a cookie counts only in requests that the browser says come from our own pages.
 */
async function authenticate(
  request: FastifyRequest,
  { access }: AdminParts,
  { accountOf }: Pick<ServerOptions, "accountOf">,
): Promise<Actor> {
  if (request.headers.authorization === undefined) {
    const { headers, host } = request;
    const change = request.method !== "GET" && request.method !== "HEAD";
    const account = await accountOf?.({ headers, host, change });
    if (account !== undefined) return access.actorOf(account);
  }
  const token = /^Bearer ([A-Za-z0-9_-]{20,200})$/.exec(request.headers.authorization ?? "")?.[1];
  const actor = token === undefined ? undefined : await access.verifyToken(token);
  if (actor) return actor;
  throw unauthenticated();
}

function unauthenticated(): AppError {
  return new AppError({
    code: "untrusted",
    message: "no valid token",
    safeMessage: "请用飞书账号登录，或在 Authorization 头中提供有效的访问令牌（管理员用 token 命令签发）。",
  });
}
